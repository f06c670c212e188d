package authoring

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"sync"
	"time"

	"alongside/hooks/content"
	"alongside/hooks/people"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// furthest is how far ahead a text may be set to go live: what was signed off longer
// ago is read again first.
const furthest = 180 * 24 * time.Hour

// hourOf reads the date and hour of a form, which are in UTC as all hours of the site.
func hourOf(typed string) (time.Time, bool) {
	for _, layout := range []string{"2006-01-02T15:04", "2006-01-02T15:04:05", "2006-01-02 15:04"} {
		if at, err := time.Parse(layout, typed); err == nil {
			return at, true
		}
	}
	return time.Time{}, false
}

// publishLater sets the hour at which an approved text goes live by itself, or takes
// it back.
func (a *Authoring) publishLater(d door) func(e *core.RequestEvent) error {
	return func(e *core.RequestEvent) error {
		form, err := web.Form(e)
		if err != nil {
			return err
		}
		p, err := d.place(e)
		if err != nil {
			return err
		}
		if p.Draft == nil {
			return web.ErrNotFound
		}
		if form.Get("do") == "back" {
			err := web.Exec(a.app, "UPDATE drafts SET goes_live = '', goes_live_by = '', missed = '' WHERE id = {:id}", dbx.Params{"id": p.Draft.ID})
			if err != nil {
				return err
			}
			web.Notify(e, "text-later-back")
			return web.SeeOther(e, d.here(p))
		}
		typed := strings.TrimSpace(form.Get("goes"))
		at, ok := hourOf(typed)
		wrong := ""
		switch {
		case !ok:
			wrong = "hour-missing"
		case !at.After(a.now()):
			wrong = "hour-past"
		case at.After(a.now().Add(furthest)):
			wrong = "hour-far"
		}
		if wrong != "" {
			return d.again(e, p, http.StatusUnprocessableEntity, Going{Typed: typed, Errors: []web.FieldError{{Field: "goes", Key: wrong}}})
		}
		set, err := web.Changes(a.app, "UPDATE drafts SET goes_live = {:at}, goes_live_by = {:by}, missed = '' WHERE id = {:id} AND state = 'approved' AND revision = {:revision}",
			dbx.Params{"at": stamp(at), "by": web.Current(e).ID, "id": p.Draft.ID, "revision": p.Draft.Revision})
		if err != nil {
			return err
		}
		if !set {
			return d.again(e, p, http.StatusConflict, Going{Typed: typed, Errors: []web.FieldError{{Field: "main", Key: "text-not-yet"}}})
		}
		web.Notify(e, "text-later")
		return web.SeeOther(e, d.here(p))
	}
}

// Begin starts what goes live and what ends by itself: at once what was due while
// nothing ran, then every minute and every hour, until the app ends.
func (a *Authoring) Begin() {
	ctx, stop := context.WithCancel(context.Background())
	var running sync.WaitGroup
	warned := func(what string, do func(context.Context) error) func() {
		return func() {
			if err := do(ctx); err != nil && ctx.Err() == nil {
				a.app.Logger().Warn(what, "error", err)
			}
		}
	}
	live, ended := warned("texts that go live by themselves", a.GoLive), warned("stories whose time is over", a.EndStories)
	swept := warned("files of courses that were left behind", a.content.SweepMedia)
	a.app.OnTerminate().BindFunc(func(e *core.TerminateEvent) error {
		stop()
		running.Wait()
		return e.Next()
	})
	running.Go(func() { ended(); live() })
	a.app.Cron().MustAdd("texts_go_live", "* * * * *", live)
	a.app.Cron().MustAdd("stories_end", "7 * * * *", ended)
	a.app.Cron().MustAdd("course_files", "33 3 * * *", swept)
}

// GoLive makes live what was set to be live by now. One that may not be any more is
// left as it is, and its writers see why. What fails for another reason is tried again
// the next time.
func (a *Authoring) GoLive(ctx context.Context) error {
	var due []struct {
		ID string `db:"id"`
		By string `db:"goes_live_by"`
	}
	err := a.app.ConcurrentDB().NewQuery("SELECT d.id, d.goes_live_by FROM drafts d WHERE d.goes_live != '' AND d.goes_live <= {:now} AND " + atWork + " ORDER BY d.goes_live LIMIT 100").
		Bind(dbx.Params{"now": stamp(a.now())}).WithContext(ctx).All(&due)
	if err != nil {
		return err
	}
	var failed []error
	for _, one := range due {
		failed = append(failed, a.goLive(ctx, one.ID, one.By))
	}
	return errors.Join(failed...)
}

func (a *Authoring) goLive(ctx context.Context, draft, by string) error {
	p, err := a.placeOf(ctx, draft)
	if err != nil {
		return err
	}
	err = a.publish(ctx, p, by, func(tx core.App, d *Draft) error {
		if d.GoesLive == "" || d.GoesLive > stamp(a.now()) {
			return errTakenBack
		}
		return a.mayStillPublish(ctx, tx, p, by)
	})
	if errors.Is(err, errTakenBack) {
		return nil
	}
	if !isNotYet(err) {
		return err
	}
	return web.Exec(a.app, "UPDATE drafts SET goes_live = '', missed = {:now} WHERE id = {:id} AND goes_live = {:due}",
		dbx.Params{"now": stamp(a.now()), "id": draft, "due": p.Draft.GoesLive})
}

var errTakenBack = errors.New("its hour was taken back")

// mayStillPublish asks whether somebody who set an hour may make the text live now:
// they write on it and are a mentor of its course, or they manage the course.
func (a *Authoring) mayStillPublish(ctx context.Context, tx core.App, p Place, by string) error {
	var may bool
	err := tx.DB().NewQuery(`SELECT EXISTS (SELECT 1 FROM memberships m WHERE m.user = {:viewer} AND ` + people.InForce("m") + `
			AND ({:programme} = '' OR m.programme IN ('', {:programme}))
			AND (m.role = 'manager' OR m.role = 'mentor' AND EXISTS (SELECT 1 FROM drafts d WHERE d.id = {:draft} AND ` + isWriter + `)))`).
		Bind(dbx.Params{"viewer": by, "programme": p.Course.Programme, "draft": p.Draft.ID, "policyNow": people.Before(a.now())}).
		WithContext(ctx).Row(&may)
	if err != nil {
		return err
	}
	if !may {
		return errNotYet
	}
	return nil
}

// placeOf is where a draft stands, for what happens by itself.
func (a *Authoring) placeOf(ctx context.Context, draft string) (p Place, err error) {
	if p.Draft, err = a.draftByID(ctx, a.app.ConcurrentDB(), draft); err != nil {
		return p, err
	}
	var at struct {
		Slug string `db:"slug"`
		Name string `db:"name"`
	}
	err = a.app.ConcurrentDB().NewQuery(`SELECT c.slug, COALESCE((SELECT m.slug FROM modules m WHERE m.id = {:module}), '') AS name FROM courses c WHERE c.id = {:course}`).
		Bind(dbx.Params{"course": p.Draft.Course, "module": p.Draft.Module}).WithContext(ctx).One(&at)
	if err != nil {
		return p, err
	}
	if p.Course, err = a.content.Course(ctx, at.Slug); err != nil {
		return p, err
	}
	if p.Name = at.Name; p.Name == "" {
		p.Name = NameOf(p.Draft.Path, p.Draft.Kind)
	}
	p.Live, err = a.content.LiveText(ctx, p.Course, p.Name)
	if errors.Is(err, content.ErrNoText) {
		err = nil
	}
	return p, err
}
