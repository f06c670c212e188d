package authoring

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"unicode/utf8"

	"alongside/courses"
	"alongside/hooks/audit"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// NextPage is `/write/{course}/{module}/next`, "authoring/next": how far a text is,
// what it still needs, and the one thing to do next. Its forms post note to …/ask,
// and nothing to …/publish.
type NextPage struct {
	web.Base
	Head
	ReviewAt string        // where it is read and talked about
	Breaks   []Advice      // what would break a learner
	Stories  []StoryCredit // that still need something
	Coming   *Coming       // what others made of the same text meanwhile; nil for nothing
	Asked    bool          // others read a version
	Moved    bool          // the text has changed since that version
	Open     int           // comments that wait
	Going    Going
	Note     string
	Errors   []web.FieldError
}

func (a *Authoring) showNext(e *core.RequestEvent) error {
	p, err := a.writePlace(e)
	if err != nil {
		return err
	}
	return a.nextPage(e, p, http.StatusOK, &NextPage{})
}

func (a *Authoring) nextPage(e *core.RequestEvent, p Place, status int, page *NextPage) error {
	ctx := e.Request.Context()
	head, err := a.head(ctx, p.Draft)
	if err != nil {
		return err
	}
	page.Head, page.ReviewAt = headOf(p), p.ReviewAddress()
	if page.Breaks, err = a.breaking(ctx, p, head.Text); err != nil {
		return err
	}
	if page.Stories, err = a.storyGate(ctx, a.app.ConcurrentDB(), p, head.Text); err != nil {
		return err
	}
	if page.Coming, err = a.coming(ctx, a.app.ConcurrentDB(), p); err != nil {
		return err
	}
	page.Asked = p.Draft.State != Open
	page.Moved = page.Asked && head.Revision != p.Draft.Revision
	going, err := a.going(ctx, p)
	if err != nil {
		return err
	}
	going.At, going.Typed, going.Errors = p.Address(), page.Going.Typed, page.Going.Errors
	page.Going, page.Errors = going, append(page.Errors, going.Errors...)
	if page.Open, err = a.openComments(ctx, p.Draft.ID); err != nil {
		return err
	}
	return web.Show(e, status, "authoring/next", page)
}

// breaking is what of a text would break a learner, in its course.
func (a *Authoring) breaking(ctx context.Context, p Place, text string) (all []Advice, err error) {
	problems, err := a.content.Would(ctx, p.Text(text))
	for _, problem := range problems {
		if problem.Level == courses.Error {
			all = append(all, Advice{Advice: courses.Advice{Problem: problem}})
		}
	}
	return all, err
}

func (a *Authoring) openComments(ctx context.Context, draft string) (n int, err error) {
	err = a.app.ConcurrentDB().NewQuery("SELECT COUNT(*) FROM comments WHERE draft = {:draft} AND under = '' AND settled = ''").
		Bind(dbx.Params{"draft": draft}).WithContext(ctx).Row(&n)
	return n, err
}

// noteMost is how long a note to those who review may be, in letters.
const noteMost = 2000

// askForReview keeps what the draft reads now as a version and asks others to read it.
func (a *Authoring) askForReview(e *core.RequestEvent) error {
	form, err := web.Form(e)
	if err != nil {
		return err
	}
	p, err := a.writePlace(e)
	if err != nil {
		return err
	}
	ctx, viewer := e.Request.Context(), web.Current(e).ID
	page := &NextPage{Note: strings.TrimSpace(form.Get("note"))}
	if utf8.RuneCountInString(page.Note) > noteMost {
		page.Errors = []web.FieldError{{Field: "note", Key: "line-long", Max: noteMost}}
		return a.nextPage(e, p, http.StatusUnprocessableEntity, page)
	}
	err = a.app.RunInTransaction(func(tx core.App) error { return a.ask(ctx, tx, p, viewer, page.Note) })
	if errors.Is(err, errBreaks) {
		page.Errors = []web.FieldError{{Field: "breaks", Key: "text-breaks"}}
		return a.nextPage(e, p, http.StatusUnprocessableEntity, page)
	}
	if err != nil {
		return err
	}
	web.Notify(e, "review-asked")
	return web.SeeOther(e, p.Address()+"/next")
}

// ask keeps what a draft reads now as a version that others are asked to read.
func (a *Authoring) ask(ctx context.Context, tx core.App, p Place, by, note string) (err error) {
	p.Draft, err = a.draftByID(ctx, tx.DB(), p.Draft.ID)
	if err != nil {
		return err
	}
	head, err := a.state(ctx, tx.DB(), p.Draft.ID, p.Draft.Head)
	if err != nil {
		return err
	}
	breaks, err := a.breaking(ctx, p, head.Text)
	if err != nil {
		return err
	}
	if len(breaks) > 0 {
		return errBreaks
	}
	revision, err := a.keepVersion(ctx, tx, p, by, note)
	if err != nil {
		return err
	}
	if err := a.showVersion(tx, p.Draft, revision); err != nil {
		return err
	}
	now := stamp(a.now())
	if err := web.Exec(tx, "UPDATE review_asks SET ended = {:now} WHERE draft = {:draft} AND ended = ''", dbx.Params{"now": now, "draft": p.Draft.ID}); err != nil {
		return err
	}
	err = web.Exec(tx, `INSERT INTO review_asks (id, draft, revision, by, note, taken_by, taken_until, ended, created, updated)
		VALUES ({:id}, {:draft}, {:revision}, {:by}, {:note}, '', '', '', {:now}, {:now})`, dbx.Params{
		"id": web.NewRowID(a.now()), "draft": p.Draft.ID, "revision": revision, "by": by, "note": note, "now": now,
	})
	if err != nil {
		return err
	}
	if err := a.settleState(ctx, tx, p.Draft); err != nil {
		return err
	}
	return a.audit.Record(tx, audit.Act{Kind: audit.ReviewAsked, Actor: by, Programme: p.Course.Programme, Item: revision})
}

var errBreaks = errors.New("it would break a learner")

// settleState makes a draft that others were asked to read approved once its version
// has all that it needs, and not before.
func (a *Authoring) settleState(ctx context.Context, tx core.App, d *Draft) error {
	signed, err := a.signOffs(ctx, tx.DB(), d, d.Revision)
	if err != nil {
		return err
	}
	state := InReview
	if signed.Done() {
		state = Approved
	}
	return a.setState(tx, d, state)
}
