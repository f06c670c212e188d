package authoring

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/http"
	"path"
	"slices"
	"strings"

	"alongside/courses"
	"alongside/hooks/people"
	"alongside/hooks/reflections"
	"alongside/hooks/web"
	"alongside/templates"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// RemarksPage is `/write/{course}/{module}/remarks`, "authoring/remarks": what learners
// said of a text, by the block of which they said it, for those who wrote it. Below
// `/course-settings` it is for those who care for a course whose writers are gone.
type RemarksPage struct {
	web.Base
	Head
	Root   string // address of this page
	Back   string
	Cares  bool // the viewer cares for the course
	Groups []RemarkGroup
	Most   bool // there are older ones that it does not show
}

// A RemarkGroup is a block of the live text with what was said of it.
type RemarkGroup struct {
	Lang    string // of the text
	Step    string // title of its page; "" where that is gone
	Text    string // of the block; "" where it is of the whole page
	Gone    bool   // the block is not in the text any more
	Remarks []RemarkView
	order   int
}

// Dir is the direction of the text.
func (g RemarkGroup) Dir() string { return templates.Direction(g.Lang) }

// A RemarkView is a remark for those who read it.
type RemarkView struct {
	Remark
	Who     string // what the learner is called, where they may be named; "" else
	Text    string
	Lock    reflections.Lock
	Back    string // what was written back
	Was     string // the block as they read it, where it reads otherwise now
	Lang    string // of that
	Address string // where it is answered
}

// Dir is the direction of what they read.
func (r RemarkView) Dir() string { return templates.Direction(r.Lang) }

// A hearing is a text with who asks what was said of it.
type hearing struct {
	Place
	cares bool   // they care for the course, and nobody who wrote it is there
	root  string // address below which they read
}

// remarksSeen is the condition that a remark is for them.
func (h hearing) remarksSeen() string {
	if h.cares {
		return " AND k.readers = '" + ForCarers + "'"
	}
	return ""
}

// writersHearing is for somebody who wrote what learners read of a text,
// web.ErrNotFound for anybody else.
func (a *Authoring) writersHearing(e *core.RequestEvent) (h hearing, err error) {
	h, wrote, err := a.hearingFor(e, people.Writing)
	if err == nil && !slices.Contains(wrote, web.Current(e).ID) {
		return h, web.ErrNotFound
	}
	h.root = h.Address() + "/remarks"
	return h, err
}

// carersHearing is for somebody who cares for a course, of a text that nobody who wrote
// it is there to hear of; web.ErrNotFound for any other.
func (a *Authoring) carersHearing(e *core.RequestEvent) (h hearing, err error) {
	h, wrote, err := a.hearingFor(e, people.Caring)
	if err == nil && len(wrote) > 0 {
		return h, web.ErrNotFound
	}
	h.cares, h.root = true, "/course-settings/"+h.Course.Slug+"/"+h.Name+"/remarks"
	return h, err
}

func (a *Authoring) hearingFor(e *core.RequestEvent, matter people.Matter) (h hearing, wrote []string, err error) {
	if h.Place, err = a.placeFor(e, matter); err != nil {
		return h, nil, err
	}
	if h.Live.Module == "" {
		return h, nil, web.ErrNotFound
	}
	wrote, err = a.whoWrote(e.Request.Context(), a.app.ConcurrentDB(), h.Live.Module, h.Course.Programme)
	return h, wrote, err
}

// hears is a door: it finds for whom a page is.
type hears func(e *core.RequestEvent) (hearing, error)

// remarksShown is how many remarks a page shows.
const remarksShown = 300

func (a *Authoring) showRemarks(door hears) func(e *core.RequestEvent) error {
	return func(e *core.RequestEvent) error {
		h, err := door(e)
		if err != nil {
			return err
		}
		var rows []Remark
		err = a.app.ConcurrentDB().NewQuery("SELECT " + remarkColumns + " FROM remarks k WHERE k.module = {:module}" + h.remarksSeen() + " ORDER BY k.created DESC, k.rowid DESC LIMIT {:most}").
			Bind(dbx.Params{"module": h.Live.Module, "most": remarksShown + 1}).WithContext(e.Request.Context()).All(&rows)
		if err != nil {
			return fmt.Errorf("remarks on module %s: %w", h.Live.Module, err)
		}
		page := &RemarksPage{Head: headOf(h.Place), Root: h.root, Cares: h.cares, Back: h.backTo(), Most: len(rows) > remarksShown}
		if page.Groups, err = a.grouped(e.Request.Context(), h, rows[:min(len(rows), remarksShown)]); err != nil {
			return err
		}
		return web.Show(e, http.StatusOK, "authoring/remarks", page)
	}
}

// backTo is the page above.
func (h hearing) backTo() string { return path.Dir(h.root) }

// grouped puts remarks under the blocks of the live text, in its order; what is gone
// comes last.
func (a *Authoring) grouped(ctx context.Context, h hearing, rows []Remark) ([]RemarkGroup, error) {
	byPlace := map[string]*RemarkGroup{}
	for _, row := range rows {
		view, group, at, err := a.heard(ctx, h, row)
		if err != nil {
			return nil, err
		}
		if byPlace[at] == nil {
			byPlace[at] = &group
		}
		byPlace[at].Remarks = append(byPlace[at].Remarks, view)
	}
	var all []RemarkGroup
	for _, group := range byPlace {
		all = append(all, *group)
	}
	slices.SortFunc(all, func(a, b RemarkGroup) int { return a.order - b.order })
	return all, nil
}

// heard is one remark, open, with the group in which it stands and what keeps that
// apart from others.
func (a *Authoring) heard(ctx context.Context, h hearing, row Remark) (view RemarkView, group RemarkGroup, key string, err error) {
	view = RemarkView{Remark: row, Address: h.root + "/" + row.ID}
	if view.Text, view.Lock, err = a.heardWords(row.Learner, row.place(), row.Sealed); err != nil {
		return view, group, "", err
	}
	if view.Back, _, err = a.heardWords(row.Learner, row.placeOfThanks(), row.Thanks); err != nil {
		return view, group, "", err
	}
	if row.Credited {
		if view.Who, err = a.called(ctx, row.Learner); err != nil {
			return view, group, "", err
		}
	}
	of, err := a.spokenOf(ctx, row, h.Course.Build, h.Live.Revision)
	if err != nil {
		return view, group, "", err
	}
	was := blockAt(of.was.Module, row.Place)
	view.Lang, group.Lang = of.was.Module.Lang, h.Course.Language
	if of.at != "" {
		group.Text = wordsOf(blockAt(of.now.Module, of.at))
	}
	if said := wordsOf(was); said != group.Text {
		view.Was = said
	}
	group.Gone = of.in == nil || was != nil && of.at == ""
	group.order, key = orderOf(of.now.Module, of.in, of.at), "gone"
	if of.in != nil {
		group.Step, key = stepTitle(of.now.Module, of.in), of.in.ID+" "+of.at
	}
	if group.Gone {
		key += " gone"
	}
	return view, group, key, nil
}

func stepTitle(m *courses.Module, step *courses.Step) string {
	if step == m.Steps[0] {
		return m.Title
	}
	return step.Title
}

// orderOf is where a block stands in its text, from 0; the whole of a page stands after
// its blocks, and what is on no page last.
func orderOf(m *courses.Module, in *courses.Step, at string) int {
	n := 0
	for _, step := range m.Steps {
		for i := range step.Parts {
			if at != "" && (step.Parts[i].At == at || strings.HasPrefix(at, step.Parts[i].At+"/")) {
				return n
			}
			n++
		}
		if step == in {
			return n
		}
		n++
	}
	return n
}

// remarkAt is one remark of a text, for whoever hears it.
func (a *Authoring) remarkAt(e *core.RequestEvent, h hearing) (r Remark, err error) {
	err = a.app.ConcurrentDB().NewQuery("SELECT " + remarkColumns + " FROM remarks k WHERE k.id = {:id} AND k.module = {:module}" + h.remarksSeen()).
		Bind(dbx.Params{"id": e.Request.PathValue("remark"), "module": h.Live.Module}).WithContext(e.Request.Context()).One(&r)
	if errors.Is(err, sql.ErrNoRows) {
		return r, web.ErrNotFound
	}
	if err != nil {
		return r, fmt.Errorf("remark on module %s: %w", h.Live.Module, err)
	}
	return r, nil
}
