package authoring

import (
	"context"
	"errors"
	"net/http"

	"alongside/hooks/audit"
	"alongside/hooks/content"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// errNotYet says that a text may not go live as things stand.
var errNotYet = errors.New("it may not go live yet")

// A door is from where somebody makes a text live: the page of those who write it, or
// of those who care for its course.
type door struct {
	place func(e *core.RequestEvent) (Place, error)
	again func(e *core.RequestEvent, p Place, status int, going Going) error // the page, with what is wrong
	here  func(p Place) string                                               // its address
	done  func(p Place) string                                               // where it leads to once it is live
}

func (a *Authoring) writersDoor() door {
	return door{
		place: a.writePlace,
		again: func(e *core.RequestEvent, p Place, status int, going Going) error {
			return a.nextPage(e, p, status, &NextPage{Going: going})
		},
		here: func(p Place) string { return p.Address() + "/next" },
		done: func(p Place) string { return "/write/" + p.Course.Slug },
	}
}

func (a *Authoring) carersDoor() door {
	return door{
		place: a.carePlace,
		again: func(e *core.RequestEvent, p Place, status int, going Going) error {
			return a.livePage(e, p, status, &LivePage{Going: going})
		},
		here: careAddress,
		done: careAddress,
	}
}

// publishText makes the version of a draft live. Everything that it needs is asked
// once more inside the transaction. Pressed twice, it is done once.
func (a *Authoring) publishText(d door) func(e *core.RequestEvent) error {
	return func(e *core.RequestEvent) error {
		if _, err := web.Form(e); err != nil {
			return err
		}
		p, err := d.place(e)
		if err != nil {
			return err
		}
		if p.Draft == nil {
			return web.ErrNotFound
		}
		err = a.publish(e.Request.Context(), p, web.Current(e).ID, nil)
		if isNotYet(err) {
			return d.again(e, p, http.StatusConflict, Going{Errors: []web.FieldError{{Field: "main", Key: "text-not-yet"}}})
		}
		if err != nil {
			return err
		}
		web.Notify(e, "text-live")
		return web.SeeOther(e, d.done(p))
	}
}

// isNotYet reports whether a text did not go live for a reason that people can see to.
func isNotYet(err error) bool {
	return errors.Is(err, errNotYet) || errors.Is(err, content.ErrProblems) || errors.Is(err, content.ErrMoved)
}

// publish makes the version of a draft live, in the name of somebody. still, unless it
// is nil, is asked of the draft as it is inside the transaction.
func (a *Authoring) publish(ctx context.Context, p Place, by string, still func(tx core.App, d *Draft) error) error {
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
		if still != nil {
			if err := still(tx, d); err != nil {
				return "", err
			}
		}
		if err := a.mayGoLive(ctx, tx, p, d, text); err != nil {
			return "", err
		}
		return d.Revision, nil
	}, func(tx core.App) error {
		return a.becomesLive(tx, p, by)
	})
}

// becomesLive is what a draft is once its version is live: ended, and nobody is asked
// to read it any more.
func (a *Authoring) becomesLive(tx core.App, p Place, by string) error {
	d, now := p.Draft, stamp(a.now())
	err := web.Exec(tx, `UPDATE drafts SET state = 'live', goes_live = '', goes_live_by = CASE goes_live WHEN '' THEN {:by} ELSE '' END, missed = '', updated = {:now},
		module = (SELECT r.module FROM revisions r WHERE r.id = drafts.revision) WHERE id = {:id}`, dbx.Params{"now": now, "by": by, "id": d.ID})
	if err != nil {
		return err
	}
	if err := web.Exec(tx, "UPDATE review_asks SET ended = {:now} WHERE draft = {:draft} AND ended = ''", dbx.Params{"now": now, "draft": d.ID}); err != nil {
		return err
	}
	if err := a.noteReviewed(tx, p.Course.ID); err != nil {
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
	if p.Live.Revision != "" && d.Base != p.Live.Revision {
		return errNotYet // somebody else's text went live meanwhile: it is put together with that first
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
