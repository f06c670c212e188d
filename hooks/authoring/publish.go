package authoring

import (
	"context"
	"errors"
	"net/http"

	"alongside/hooks/audit"
	"alongside/hooks/content"
	"alongside/hooks/people"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// errNotYet says that a text may not go live as things stand.
var errNotYet = errors.New("it may not go live yet")

// publishText makes the version of a draft live. Everything that it needs is asked
// once more inside the transaction. Pressed twice, it is done once.
func (a *Authoring) publishText(e *core.RequestEvent) error {
	if _, err := web.Form(e); err != nil {
		return err
	}
	p, err := a.writePlace(e)
	if err != nil {
		return err
	}
	err = a.publish(e.Request.Context(), p, web.Current(e).ID)
	switch {
	case errors.Is(err, errNotYet), errors.Is(err, content.ErrProblems), errors.Is(err, content.ErrMoved):
		return a.nextPage(e, p, http.StatusConflict, &NextPage{Errors: []web.FieldError{{Field: "main", Key: "text-not-yet"}}})
	case err != nil:
		return err
	}
	web.Notify(e, "text-live")
	return web.SeeOther(e, "/write/"+p.Course.Slug)
}

// publish makes the version of a draft live for somebody; "" is the hour that they set.
func (a *Authoring) publish(ctx context.Context, p Place, by string) error {
	if p.Draft.Revision == "" {
		return errNotYet
	}
	text, err := a.content.RevisionText(ctx, p.Draft.Revision)
	if err != nil {
		return err
	}
	return a.content.Publish(ctx, p.Text(text), func(tx core.App) (string, error) {
		d, err := a.draftByID(ctx, tx.DB(), p.Draft.ID)
		if err != nil {
			return "", err
		}
		if err := a.mayGoLive(ctx, tx, p, d, text); err != nil {
			return "", err
		}
		return d.Revision, a.becomesLive(tx, p, d, by)
	})
}

// becomesLive is what a draft is once its version is live: ended, and nobody is asked
// to read it any more.
func (a *Authoring) becomesLive(tx core.App, p Place, d *Draft, by string) error {
	now := stamp(a.now())
	if err := web.Exec(tx, "UPDATE drafts SET state = 'live', goes_live = '', updated = {:now} WHERE id = {:id}", dbx.Params{"now": now, "id": d.ID}); err != nil {
		return err
	}
	if err := web.Exec(tx, "UPDATE review_asks SET ended = {:now} WHERE draft = {:draft} AND ended = ''", dbx.Params{"now": now, "draft": d.ID}); err != nil {
		return err
	}
	return a.audit.Record(tx, audit.Act{Kind: audit.Published, Actor: by, Programme: p.Course.Programme, Item: d.Revision})
}

// mayGoLive asks everything that a version needs, in the transaction that would make
// it live.
func (a *Authoring) mayGoLive(ctx context.Context, tx core.App, p Place, d *Draft, text string) error {
	head, err := a.state(ctx, tx.DB(), d.ID, d.Head)
	if err != nil {
		return err
	}
	if d.Revision != p.Draft.Revision || head.Revision != d.Revision || d.State != Approved && d.State != InReview {
		return errNotYet
	}
	signed, err := a.signOffs(ctx, tx.DB(), d, d.Revision)
	if err != nil {
		return err
	}
	stories, err := a.storyGate(ctx, tx.DB(), p, text)
	if err != nil {
		return err
	}
	if !signed.Done() || len(stories) > 0 {
		return errNotYet
	}
	return nil
}

// LivePage is `/course-settings/{course}/{module}`, "authoring/live": a live text, for
// those who care for its course: it can be put back to the text before, or taken off.
type LivePage struct {
	web.Base
	Head
	CareAt string // address of this page
	Whom   Touched
	Before bool // there is a text before it
}

func (a *Authoring) livePlace(e *core.RequestEvent) (Place, error) {
	p, err := a.placeFor(e, people.Caring)
	if err == nil && p.Live.Revision == "" {
		return p, web.ErrNotFound
	}
	return p, err
}

func (a *Authoring) showLive(e *core.RequestEvent) error {
	p, err := a.livePlace(e)
	if err != nil {
		return err
	}
	ctx := e.Request.Context()
	page := &LivePage{CareAt: "/course-settings/" + p.Course.Slug + "/" + p.Name, Head: headOf(Place{Course: p.Course, Name: p.Name, Live: p.Live})}
	if page.Whom, err = a.touched(ctx, p); err != nil {
		return err
	}
	_, _, err = a.content.Before(ctx, p.Live)
	if err != nil && !errors.Is(err, content.ErrNoText) {
		return err
	}
	page.Before = err == nil
	return web.Show(e, http.StatusOK, "authoring/live", page)
}

// putBack makes the text before live again, as a revision of its own: what learners
// answered in either is read through both.
func (a *Authoring) putBack(e *core.RequestEvent) error {
	if _, err := web.Form(e); err != nil {
		return err
	}
	p, err := a.livePlace(e)
	if err != nil {
		return err
	}
	ctx, by := e.Request.Context(), web.Current(e).ID
	_, text, err := a.content.Before(ctx, p.Live)
	if errors.Is(err, content.ErrNoText) {
		return web.ErrNotFound
	}
	if err != nil {
		return err
	}
	t := p.Live
	t.Text = text
	err = a.content.Publish(ctx, t, func(tx core.App) (string, error) {
		revision, err := a.content.AddRevision(tx, t, by, "")
		if err != nil {
			return "", err
		}
		return revision, a.audit.Record(tx, audit.Act{Kind: audit.PutBack, Actor: by, Programme: p.Course.Programme, Item: revision})
	})
	if err != nil {
		return err
	}
	web.Notify(e, "text-put-back")
	return web.SeeOther(e, "/course-settings/"+p.Course.Slug+"/"+p.Name)
}

// takeOff takes a module off its course.
func (a *Authoring) takeOff(e *core.RequestEvent) error {
	if _, err := web.Form(e); err != nil {
		return err
	}
	p, err := a.livePlace(e)
	if err != nil {
		return err
	}
	if p.Live.Module == "" {
		return web.ErrNotFound
	}
	by := web.Current(e).ID
	err = a.content.Withdraw(e.Request.Context(), p.Live, func(tx core.App) error {
		return a.audit.Record(tx, audit.Act{Kind: audit.Unpublished, Actor: by, Programme: p.Course.Programme, Item: p.Live.Revision})
	})
	if err != nil {
		return err
	}
	web.Notify(e, "text-taken-off")
	return web.SeeOther(e, "/course-settings/"+p.Course.Slug)
}
