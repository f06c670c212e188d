package authoring

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"alongside/courses"
	"alongside/hooks/people"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// saveText stores what stands in the editor: when somebody presses Save, and when
// the page saves by itself.
func (a *Authoring) saveText(e *core.RequestEvent) error {
	form, err := web.Form(e)
	if err != nil {
		return err
	}
	p, err := a.writePlace(e)
	if errors.Is(err, web.ErrNotFound) {
		return a.giveTextBack(e, form)
	}
	if err != nil {
		return err
	}
	if form.Has("with") {
		return a.joinTexts(e, p, form)
	}
	typed := typedText(form, web.Current(e).ID)
	if problem := typed.problem(); problem != nil {
		page := &TextPage{Text: typed.Text, After: typed.After, Errors: []web.FieldError{*problem}}
		return a.textPage(e, p, http.StatusUnprocessableEntity, page)
	}
	out, err := a.store(e.Request.Context(), p, typed)
	if errors.Is(err, web.ErrNotFound) {
		return a.giveTextBack(e, form)
	}
	if err != nil {
		return err
	}
	return a.answer(e, p, typed, out)
}

// GonePage answers a text that comes when nothing is being written there any more,
// "authoring/gone": it went live, or was put away. What was typed stands on it.
type GonePage struct {
	web.Base
	Head
	Text string
}

// giveTextBack gives somebody their words back where the draft is gone on which they
// wrote. Whoever may not write there at all learns nothing by it.
func (a *Authoring) giveTextBack(e *core.RequestEvent, form url.Values) error {
	p, err := a.placeFor(e, people.Writing)
	if err != nil {
		return err
	}
	if p.Live.Revision == "" || form.Get("text") == "" || web.SavesItself(form) {
		return web.ErrNotFound
	}
	h := headOf(Place{Course: p.Course, Name: p.Name, Live: p.Live})
	return web.Show(e, http.StatusConflict, "authoring/gone", &GonePage{Head: h, Text: form.Get("text")})
}

// A typing is a text that came from a page.
type typing struct {
	State
	auto bool // the page saved by itself
	sure bool // most of the text may go
}

func typedText(form url.Values, by string) typing {
	after, _ := strconv.Atoi(form.Get("after"))
	t := typing{State: State{Text: form.Get("text"), After: after, By: by, Page: form.Get("page"), How: Saved}, auto: web.SavesItself(form), sure: form.Get("do") == "sure"}
	t.Page = t.Page[:min(len(t.Page), 32)]
	if t.auto {
		t.How = Typed
	}
	return t
}

// problem is why a text cannot be stored at all; nil where it can.
func (t typing) problem() *web.FieldError {
	switch {
	case len(strings.ReplaceAll(t.Text, "\r\n", "\n")) > courses.MaxFileBytes: // a browser writes two bytes for the end of a line
		return &web.FieldError{Field: "text", Key: "text-long", Max: courses.MaxFileBytes >> 10}
	case !utf8.ValidString(t.Text), strings.ContainsRune(t.Text, 0):
		return &web.FieldError{Field: "text", Key: "text-broken"}
	}
	return nil
}

// An outcome is what became of a text.
type outcome struct {
	number int  // of the state that the page shows from now on
	met    bool // something else was saved meanwhile: it stands aside
	less   bool // most of the text would be gone: it stands aside, or waits to be asked
	clash  *clash
	joined bool // it was put together with what was saved meanwhile
}

// store stores a text, in a transaction that asks what the draft is now. What follows
// on what the draft is, or on what the same page saved, is the draft from then on.
// Where somebody else saved meanwhile, a page that saves by itself is kept aside,
// and who presses Save gets both put together.
func (a *Authoring) store(ctx context.Context, p Place, t typing) (out outcome, err error) {
	err = a.app.RunInTransaction(func(tx core.App) error {
		out = outcome{}
		d, err := a.draftByID(ctx, tx.DB(), p.Draft.ID)
		if err != nil {
			return err
		}
		p.Draft = d
		if d.State == Live || d.State == Dropped {
			return web.ErrNotFound
		}
		head, err := a.state(ctx, tx.DB(), d.ID, d.Head)
		if err != nil {
			return err
		}
		from, err := a.state(ctx, tx.DB(), d.ID, t.After)
		if err != nil {
			return err
		}
		line, err := a.lineOf(ctx, tx.DB(), d.ID, from)
		if err != nil {
			return err
		}
		next := t.State
		next.Text = string(courses.SameNewlines([]byte(t.Text), []byte(from.Text)))
		if next.Text == head.Text {
			out.number = head.Number
			if !t.auto && head.How != Begun {
				out.number, err = a.writeIDs(tx, p, next, head)
			}
			return err
		}
		follows, err := a.follows(ctx, tx.DB(), d, line, t.Page)
		if err != nil {
			return err
		}
		less := isLess(next.Text, head.Text) && !t.sure
		switch {
		case follows && !less:
			if !t.auto {
				next.Text = withIDs(p, next.Text)
			}
			out.number, err = a.add(tx, p, next)
		case t.auto:
			next.Aside = true
			out.met, out.less = !follows, less
			out.number, err = a.addAside(ctx, tx, p, from, next)
		case less:
			out.less, out.number = true, t.After
		default:
			out, err = a.meet(ctx, tx, p, line, head, next)
		}
		return err
	})
	return out, err
}

// withIDs writes the ids of a module into its text, so that what hangs on them holds
// whatever its words become.
func withIDs(p Place, text string) string {
	if p.Text("").Kind != string(courses.FileModule) {
		return text
	}
	return string(courses.Format([]byte(text), compiled(p, text)))
}

// writeIDs stores the ids of a text that the page saved by itself before somebody
// pressed Save: nobody types them.
func (a *Authoring) writeIDs(tx core.App, p Place, next, head State) (int, error) {
	next.After, next.Text = head.Number, withIDs(p, head.Text)
	if next.Text == head.Text {
		return head.Number, nil
	}
	return a.add(tx, p, next)
}

// lineOf is the state on the draft's own line that a state was made from: itself,
// unless it stands aside.
func (a *Authoring) lineOf(ctx context.Context, db dbx.Builder, draft string, s State) (State, error) {
	for s.Aside && s.After > 0 && s.After < s.Number {
		before, err := a.state(ctx, db, draft, s.After)
		if err != nil {
			return s, err
		}
		s = before
	}
	return s, nil
}

// follows reports whether nothing was saved since a state but by one open page.
func (a *Authoring) follows(ctx context.Context, db dbx.Builder, d *Draft, line State, page string) (bool, error) {
	if line.Number == d.Head {
		return true, nil
	}
	if page == "" {
		return false, nil
	}
	var others int
	err := db.NewQuery("SELECT COUNT(*) FROM draft_states WHERE draft = {:draft} AND number > {:number} AND aside = FALSE AND page != {:page}").
		Bind(dbx.Params{"draft": d.ID, "number": line.Number, "page": page}).WithContext(ctx).Row(&others)
	return others == 0, err
}

// mostOf is the share of a text below which most of it is gone, and smallText how
// short one may be for nobody to ask.
const (
	mostOf    = 0.4
	smallText = 400 // bytes
)

func isLess(text, before string) bool {
	return len(before) > smallText && float64(len(text)) < mostOf*float64(len(before))
}

// addAside keeps a text aside, unless it is what stands aside already.
func (a *Authoring) addAside(ctx context.Context, tx core.App, p Place, from, next State) (int, error) {
	if from.Aside && from.Text == next.Text {
		return from.Number, nil
	}
	return a.add(tx, p, next)
}

// leftAside is the newest text of a draft that stands aside, and that nothing was made
// of: no later state was made from it. It is nil where there is none.
func (a *Authoring) leftAside(ctx context.Context, d *Draft) (*State, error) {
	var rows []State
	err := a.app.ConcurrentDB().NewQuery(stateSQL + ` AND s.aside = TRUE AND s.how != 'left' AND NOT EXISTS (
			SELECT 1 FROM draft_states later WHERE later.draft = s.draft AND later.after = s.number)
		ORDER BY s.number DESC LIMIT 1`).Bind(dbx.Params{"draft": d.ID}).WithContext(ctx).All(&rows)
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	return &rows[0], nil
}

// answer tells a page what became of its text.
func (a *Authoring) answer(e *core.RequestEvent, p Place, t typing, out outcome) error {
	seen := url.Values{"after": {strconv.Itoa(out.number)}}
	switch {
	case t.auto && (out.met || out.less):
		e.Response.Header().Set("Stored", seen.Encode())
		return e.NoContent(http.StatusConflict)
	case t.auto:
		return web.Stored(e, seen)
	case out.less:
		page := &TextPage{Text: t.Text, After: t.After, Asks: true, Errors: []web.FieldError{{Field: "text", Key: "text-less"}}}
		return a.textPage(e, p, http.StatusUnprocessableEntity, page)
	case out.clash != nil:
		return a.clashPage(e, p, http.StatusConflict, &ClashPage{clash: *out.clash})
	case out.joined:
		web.Notify(e, "texts-joined")
	default:
		web.Notify(e, "saved")
	}
	return web.SeeOther(e, p.Address())
}

// A clash is two texts of which somebody has to choose.
type clash struct {
	after  int // number of their own, which stands aside
	with   int // of what the draft is
	merged courses.Merged
}

// meet puts a text together with what was saved meanwhile. Where that asks for a
// choice it is kept aside first.
func (a *Authoring) meet(ctx context.Context, tx core.App, p Place, line, head, next State) (out outcome, err error) {
	merged := courses.Merge([]byte(line.Text), []byte(next.Text), []byte(head.Text))
	if len(merged.Clashes()) == 0 {
		next.Text, next.How, out.joined = withIDs(p, string(merged.Text())), Joined, true
		out.number, err = a.add(tx, p, next)
		return out, err
	}
	next.Aside = true
	number, err := a.add(tx, p, next)
	out.clash = &clash{after: number, with: head.Number, merged: merged}
	return out, err
}

// ClashPage asks what of two texts is to be kept, place by place,
// "authoring/clash". Its form posts to the editor's address after, with, and for
// each place choice.N: mine, theirs or both.
type ClashPage struct {
	web.Base
	Head
	clash
	Places []ClashPlace
	Came   bool   // the text that stands aside is nobody's typing: it went live, or came with an update
	Who    string // who saved the other; "" for the viewer, elsewhere
	Errors []web.FieldError
	chosen []string
}

// After and With are the numbers of the two states.
func (c ClashPage) After() int { return c.after }

// With is the number of the state that the draft is.
func (c ClashPage) With() int { return c.with }

// A ClashPlace is one place where two texts differ.
type ClashPlace struct {
	courses.Clash
	Number int
	Field  string
	Chosen string
	Wrong  bool
}

// TheirRuns is the saved text of a place in runs: what is in both, and what is there
// alone. Where the two have no word in common it is all one.
func (p ClashPlace) TheirRuns() []courses.Run { return p.runs(p.Theirs, courses.Gone) }

// MyRuns is like TheirRuns, for what the viewer wrote.
func (p ClashPlace) MyRuns() []courses.Run { return p.runs(p.Mine, courses.Arrived) }

func (p ClashPlace) runs(text string, alone courses.RunKind) []courses.Run {
	var runs []courses.Run
	shared := false
	for _, r := range courses.Difference([]byte(p.Theirs), []byte(p.Mine)) {
		shared = shared || r.Kind == courses.Same && strings.ContainsFunc(r.Text, unicode.IsLetter)
		if r.Kind == courses.Same || r.Kind == alone {
			runs = append(runs, r)
		}
	}
	if !shared && text != "" {
		return []courses.Run{{Kind: courses.Same, Text: text}}
	}
	return runs
}

func (a *Authoring) clashPage(e *core.RequestEvent, p Place, status int, page *ClashPage) (err error) {
	page.Head = headOf(p)
	for i, one := range page.merged.Clashes() {
		place := ClashPlace{Clash: one, Number: i + 1, Field: "choice." + strconv.Itoa(i)}
		if i < len(page.chosen) {
			place.Chosen = page.chosen[i]
		}
		place.Wrong = len(page.Errors) > 0 && place.Chosen == ""
		page.Places = append(page.Places, place)
	}
	aside, err := a.state(e.Request.Context(), a.app.ConcurrentDB(), p.Draft.ID, page.after)
	if err != nil {
		return err
	}
	page.Came = aside.How == Came
	head, err := a.state(e.Request.Context(), a.app.ConcurrentDB(), p.Draft.ID, page.with)
	if err != nil {
		return err
	}
	if head.By != web.Current(e).ID {
		if page.Who, err = a.called(e.Request.Context(), head.By); err != nil {
			return err
		}
	}
	return web.Show(e, status, "authoring/clash", page)
}

// joinTexts stores two texts put together as somebody chose. Where the draft has gone
// on meanwhile, they see what there is now.
func (a *Authoring) joinTexts(e *core.RequestEvent, p Place, form url.Values) error {
	ctx := e.Request.Context()
	after, _ := strconv.Atoi(form.Get("after"))
	with, _ := strconv.Atoi(form.Get("with"))
	var page *ClashPage
	err := a.app.RunInTransaction(func(tx core.App) error {
		page = nil
		d, err := a.draftByID(ctx, tx.DB(), p.Draft.ID)
		if err != nil {
			return err
		}
		p.Draft = d
		mine, err := a.state(ctx, tx.DB(), d.ID, after)
		if err != nil {
			return err
		}
		line, err := a.lineOf(ctx, tx.DB(), d.ID, mine)
		if err != nil {
			return err
		}
		head, err := a.state(ctx, tx.DB(), d.ID, d.Head)
		if err != nil {
			return err
		}
		merged := courses.Merge([]byte(line.Text), []byte(mine.Text), []byte(head.Text))
		chosen := choices(form, len(merged.Clashes()))
		if head.Number != with || slices.Contains(chosen, "") {
			page = &ClashPage{clash: clash{after: after, with: head.Number, merged: merged}}
			if head.Number == with {
				page.chosen, page.Errors = chosen, []web.FieldError{{Field: "choice." + strconv.Itoa(slices.Index(chosen, "")), Key: "text-choose"}}
			}
			return nil
		}
		_, err = a.add(tx, p, State{After: mine.Number, Text: withIDs(p, string(merged.Text(chosen...))), By: web.Current(e).ID, How: Joined})
		return err
	})
	if err != nil {
		return err
	}
	if page != nil {
		return a.clashPage(e, p, http.StatusUnprocessableEntity, page)
	}
	web.Notify(e, "texts-joined")
	return web.SeeOther(e, p.Address())
}

func choices(form url.Values, n int) []string {
	chosen := make([]string, n)
	for i := range chosen {
		one := form.Get("choice." + strconv.Itoa(i))
		if slices.Contains([]string{courses.TakeMine, courses.TakeTheirs, courses.TakeBoth}, one) {
			chosen[i] = one
		}
	}
	return chosen
}
