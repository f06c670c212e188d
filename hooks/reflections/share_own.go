package reflections

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"alongside/courses"
	"alongside/hooks/content"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
)

// An own reflection is a learner's, opened for them to choose what of it somebody
// else may see.
type own struct {
	Reflection
	ID     string
	Stamp  string // of what is stored
	Title  string // of its module
	Lang   string
	Asked  string
	pieces []piece // nothing while it is locked
	spoken *Heard  // what they said; nil for nothing
}

// A piece is what a learner shows or keeps as one: what they wrote to one prompt, a
// paragraph, how it felt, or what they said.
type piece struct {
	Key string // the same for the same piece, and says nothing of its words
	Part
	Felt  Felt
	Heard *Heard
}

const ownSQL = `SELECT id, module, activity, revision, state, sealed, how FROM reflections
	WHERE id = {:id} AND user = {:user} AND state IN ('draft', 'kept', 'shared')`

// ownOf opens a reflection of the viewer's own. It returns web.ErrNotFound for
// everybody else's.
func (r *Room) ownOf(ctx context.Context, viewer *web.Viewer, id string) (*own, error) {
	var row struct {
		Stored
		ID string `db:"id"`
	}
	err := r.app.ConcurrentDB().NewQuery(ownSQL).Bind(dbx.Params{"id": id, "user": viewer.ID}).WithContext(ctx).One(&row)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, web.ErrNotFound
	}
	if err != nil {
		return nil, fmt.Errorf("read reflection %s: %w", id, err)
	}
	return r.opened(ctx, viewer, id, row.Stored)
}

// opened opens a row of the viewer's own.
func (r *Room) opened(ctx context.Context, viewer *web.Viewer, id string, row Stored) (*own, error) {
	o := &own{ID: id, Stamp: Stamp(row.Sealed)}
	o.Reflection = Reflection{User: viewer.ID, Module: row.Module, Activity: row.Activity, Revision: row.Revision, State: row.State, How: row.How}
	outline, asked, err := r.content.Asked(ctx, row.Revision, row.Activity)
	if err != nil {
		return nil, err
	}
	o.about(outline, asked)
	if row.Sealed != "" {
		if o.Reflection, err = o.Read(r.app, r.vault, viewer, row.Sealed); err != nil {
			return nil, fmt.Errorf("open reflection %s: %w", id, err)
		}
	}
	if o.spoken, err = r.SpokenTo(ctx, viewer, id); err != nil {
		return nil, err
	}
	if o.spoken != nil && o.Lock == Unlocked {
		o.Lock = o.spoken.Lock
	}
	if o.Lock == Unlocked {
		o.pieces = r.piecesOf(o, asked)
	}
	return o, nil
}

// seen tells one state of what was written and said from every other.
func (o *own) seen() string { return o.Stamp + "." + o.sound() }

// sound is the id of what was said; "" for nothing.
func (o *own) sound() string {
	if o.spoken == nil {
		return ""
	}
	return o.spoken.ID
}

func (o *own) about(outline *content.Outline, asked *courses.Activity) {
	o.Title, o.Lang, o.Asked = outline.Title, outline.Lang, asked.Text
}

// piecesOf takes apart what somebody wrote. What they said to a prompt is one
// piece however it changes; a paragraph is another one once it reads differently.
func (r *Room) piecesOf(o *own, asked *courses.Activity) (all []piece) {
	key := func(what ...string) string {
		key := r.vault.Sign("piece", append([]string{o.User, o.ID}, what...)...)
		return key[:min(len(key), lengthOfKey)]
	}
	add := func(part Part, what ...string) { all = append(all, piece{Key: key(what...), Part: part}) }
	for _, position := range slices.Sorted(maps.Keys(o.Words.Typed)) {
		said := strings.TrimSpace(o.Words.Typed[position])
		prompt, ok := asked.Item(position)
		switch {
		case said == "":
		case ok:
			add(Part{Asked: prompt.Text, Said: said}, "prompt", fmt.Sprint(position))
		default:
			for _, text := range paragraphs(said) {
				add(Part{Said: text}, "paragraph", text)
			}
		}
	}
	for _, text := range o.Words.Kept {
		add(Part{Said: text}, "paragraph", text)
	}
	if felt := o.Words.Felt(); felt.Says() {
		all = append(all, piece{Key: key("felt"), Felt: felt})
	}
	if o.spoken != nil {
		all = append(all, piece{Key: key("spoken"), Heard: o.spoken})
	}
	return all
}

// lengthOfKey is in letters of base64: 132 bits.
const lengthOfKey = 22

// paragraphs are what stands between empty lines.
func paragraphs(text string) (all []string) {
	var lines []string
	end := func() {
		if len(lines) > 0 {
			all = append(all, strings.Join(lines, "\n"))
		}
		lines = nil
	}
	for line := range strings.Lines(strings.ReplaceAll(text, "\r\n", "\n")) {
		if line = strings.TrimRight(line, " \t\n"); line == "" {
			end()
			continue
		}
		lines = append(lines, line)
	}
	end()
	return all
}

// shown is what a reader would see of it, without the pieces that the learner
// keeps.
func (o *own) shown(viewer *web.Viewer, keeps []string) Shown {
	s := Shown{Module: o.Title, Lang: o.Lang, Asked: o.Asked, Paper: o.How == OnPaper, Under: viewer.Under()}
	for _, p := range o.pieces {
		if slices.Contains(keeps, p.Key) {
			s.Held = append(s.Held, p.Key)
			continue
		}
		switch {
		case p.Heard != nil:
			s.Spoken = p.Heard.ID
		case p.Felt.Says():
			s.Feelings, s.RatherNot = p.Felt.Feelings, p.Felt.RatherNot
		default:
			s.Parts = append(s.Parts, p.Part)
		}
	}
	return s
}

// isNothing reports whether somebody who sees it would see nothing.
func (s Shown) isNothing() bool {
	return len(s.Parts) == 0 && len(s.Feelings) == 0 && !s.RatherNot && !s.Paper && s.Spoken == ""
}

// isSame reports whether a reader would see the same.
func (s Shown) isSame(other Shown) bool {
	a, errA := json.Marshal(s)
	b, errB := json.Marshal(other)
	return errA == nil && errB == nil && string(a) == string(b)
}
