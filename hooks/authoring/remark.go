package authoring

import (
	"context"
	"crypto/sha256"
	"encoding/base32"
	"encoding/json"
	"fmt"
	"strings"
	"unicode/utf8"

	"alongside/courses"
	"alongside/hooks/content"
	"alongside/hooks/reflections"
	"alongside/hooks/vault"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// Kinds of a remark.
const (
	NotTrue  = "untrue" // it was not so for them
	OwnWords = "mine"   // they would say it otherwise
)

// What became of a remark.
const (
	RemarkOpen    = "open"
	RemarkThanked = "thanked"
	RemarkTaken   = "taken" // the text changed because of it
)

// Who reads a remark. The learner was told so when they made it, and it is
// authenticated with their words.
const (
	ForWriters = "writers"
	ForCarers  = "carers" // nobody who wrote the text was there any more: those who care for its course too
)

// A Remark is what a learner said of a block of a text.
type Remark struct {
	ID       string `db:"id"`
	Module   string `db:"module"`
	Revision string `db:"revision"` // that they read
	Place    string `db:"place"`    // address of the block in it; the id of the step where it is of the whole page
	Learner  string `db:"learner"`
	Kind     string `db:"kind"`
	Readers  string `db:"readers"`
	Sealed   string `db:"sealed"`
	Credited bool   `db:"credited"` // they may be named
	State    string `db:"state"`
	Thanks   string `db:"thanks"` // sealed: what was written back; "" for nothing
	Answered string `db:"answered"`
	Changed  string `db:"changed"` // the live revision that changed because of it
	Told     string `db:"told"`    // when they saw what became of it
	Created  string `db:"created"`
}

const remarkColumns = "k.id, k.module, k.revision, k.place, k.learner, k.kind, k.readers, k.sealed, k.credited, k.state, k.thanks, k.answered, k.changed, k.told, k.created"

func (r Remark) place() vault.Place {
	return vault.Place{Collection: "remarks", Row: r.ID, Visibility: r.Readers}
}

func (r Remark) placeOfThanks() vault.Place {
	return vault.Place{Collection: "remarks", Row: r.ID, Visibility: "thanks"}
}

// remarkID makes the id of a row from what its form calls itself, so that a form that
// is sent twice meets the row that it made.
func remarkID(learner, key string) string {
	sum := sha256.Sum256([]byte("remark\x00" + learner + "\x00" + key))
	return strings.ToLower(base32.StdEncoding.EncodeToString(sum[:]))[:15]
}

// sealRemark closes words under the key of the learner whom they are from or for.
func (a *Authoring) sealRemark(tx core.App, learner string, place vault.Place, text, under string) (string, error) {
	words, err := json.Marshal(reflections.Words{Typed: map[int]string{0: text}, Under: under})
	if err != nil {
		return "", fmt.Errorf("%s %s: %w", place.Collection, place.Row, err)
	}
	return a.vault.Seal(tx, learner, place, words)
}

// ownWords opens what a learner said, or what was written back, for themselves.
func (a *Authoring) ownWords(viewer *web.Viewer, place vault.Place, sealed string) (string, reflections.Lock, error) {
	if sealed == "" {
		return "", reflections.Unlocked, nil
	}
	words, lock, err := reflections.OpenWords(a.app, a.vault, viewer, place, sealed)
	return words.Typed[0], lock, err
}

// heardWords opens the same for those whom it was said to. It does not ask who reads:
// hearingPlace did.
func (a *Authoring) heardWords(learner string, place vault.Place, sealed string) (string, reflections.Lock, error) {
	if sealed == "" {
		return "", reflections.Unlocked, nil
	}
	text, err := a.vault.Open(a.app, learner, place, sealed)
	if reflections.CannotKeep(err) {
		return "", reflections.NotNow, nil
	}
	if err != nil {
		return "", reflections.NotNow, err
	}
	var words reflections.Words
	err = json.Unmarshal(text, &words)
	return words.Typed[0], reflections.Unlocked, err
}

// typed is a text of several lines as it is kept.
func typed(text string) string {
	return strings.TrimSpace(strings.ReplaceAll(strings.ToValidUTF8(text, ""), "\r\n", "\n"))
}

// wroteSQL selects who wrote what learners read of {:module}, and may write there now.
func wroteSQL() string {
	return `SELECT x.person FROM (SELECT d.owner AS person FROM drafts d WHERE d.module = {:module} AND d.state = 'live'
		UNION SELECT w.person FROM drafts d JOIN writers w ON w.draft = d.id WHERE d.module = {:module} AND d.state = 'live') x
		WHERE EXISTS (` + mentorSQL("x.person") + ")"
}

// whoWrote are those who wrote what learners read of a module, and are there. Empty
// where nobody is: the shipped course, or one whose writers have left.
func (a *Authoring) whoWrote(ctx context.Context, db dbx.Builder, module, programme string) (all []string, err error) {
	err = db.NewQuery(wroteSQL()).Bind(dbx.Params{"module": module, "programme": programme, "policyNow": stamp(a.now())}).WithContext(ctx).Column(&all)
	if err != nil {
		return nil, fmt.Errorf("who wrote module %s: %w", module, err)
	}
	return all, nil
}

// readersNow says who reads what is said of a module now.
func (a *Authoring) readersNow(ctx context.Context, module, programme string) (string, error) {
	all, err := a.whoWrote(ctx, a.app.ConcurrentDB(), module, programme)
	if len(all) > 0 {
		return ForWriters, err
	}
	return ForCarers, err
}

// blockAt finds a block by its address, inside others too; nil where there is none.
func blockAt(m *courses.Module, at string) *courses.Part {
	var find func(parts []courses.Part) *courses.Part
	find = func(parts []courses.Part) *courses.Part {
		for i := range parts {
			if parts[i].At == at {
				return &parts[i]
			}
			if found := find(parts[i].Parts); found != nil {
				return found
			}
		}
		return nil
	}
	for _, step := range m.Steps {
		if found := find(step.Parts); found != nil {
			return found
		}
	}
	return nil
}

// wordsOf is what a block says, as plain text; "" where it says nothing.
func wordsOf(part *courses.Part) string {
	switch {
	case part == nil:
		return ""
	case part.Activity != nil && part.Activity.Text != "":
		return part.Activity.Text
	case part.Text == "" && part.Media != nil:
		return strings.TrimSpace(part.Media.Alt + " " + part.Media.Caption)
	default:
		return strings.TrimSpace(part.Text)
	}
}

// firstShown is how much of a block stands in a list, in letters.
const firstShown = 80

func beginningOf(text string) string {
	if utf8.RuneCountInString(text) <= firstShown {
		return text
	}
	cut := string([]rune(text)[:firstShown])
	if at := strings.LastIndexByte(cut, ' '); at > 0 {
		cut = cut[:at]
	}
	return cut + "…"
}

// A heard is what somebody spoke of, in the text that they read and in the one that is
// live.
type heard struct {
	was *content.Compiled
	now *content.Compiled // nil where the module is not live any more
	at  string            // address of the block now; "" where it is of a whole page, or the block is gone
	in  *courses.Step     // page on which it stands now; nil where that is gone
}

// spokenOf finds it. live is the revision in the course's own language.
func (a *Authoring) spokenOf(ctx context.Context, r Remark, build, live string) (h heard, err error) {
	if h.was, err = a.content.Compiled(ctx, r.Revision, build); err != nil {
		return h, err
	}
	if live == "" {
		return h, nil
	}
	if h.now, err = a.content.Compiled(ctx, live, build); err != nil {
		return h, err
	}
	h.at, h.in = carried(h.was.Module, h.now.Module, r.Place)
	return h, nil
}

// blockNow is where a block is now. One that was written anew where it stood reads like
// none before: it is the block in that place that is new too.
func blockNow(to courses.Map, place string) string {
	block := to.Blocks[place]
	step, rest, inStep := strings.Cut(place, "/")
	if block != "" || !inStep || to.Steps[step] == "" {
		return block
	}
	there := to.Steps[step] + "/" + rest
	for _, taken := range to.Blocks {
		if taken == there {
			return ""
		}
	}
	return there
}

// carried says where a place of one text is in another. Steps and blocks of a
// translation stand where they stand in its source.
func carried(was, now *courses.Module, place string) (at string, in *courses.Step) {
	step, _, _ := strings.Cut(place, "/")
	to := courses.Map{Steps: map[string]string{step: step}, Blocks: map[string]string{place: place}}
	if was.Lang == now.Lang && was != now {
		to = courses.Compare(was, now)
	}
	if block := blockNow(to, place); block != "" && blockAt(now, block) != nil {
		at = block
		step, _, _ = strings.Cut(block, "/")
	} else {
		step = to.Steps[step]
	}
	for _, one := range now.Steps {
		if one.ID == step {
			in = one
		}
	}
	return at, in
}
