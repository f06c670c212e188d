package signin

import (
	"errors"
	"fmt"
	"net/http"
	"time"

	"alongside/hooks/audit"
	"alongside/hooks/web"

	"github.com/pocketbase/pocketbase/core"
)

// asked is somebody whose first secret was right, and who is asked for their
// second factor now. They have no session yet.
type asked struct {
	user string
	in   entry
	back string
}

// enter lets somebody in whose first secret was right: at once, or once they gave
// their second factor, where they have one. Then it sends them on.
func (d *Desk) enter(e *core.RequestEvent, user string, in entry, back string) error {
	f, err := factorOf(e.App, user)
	if err != nil {
		return err
	}
	if f == nil {
		if err := d.open(e, user, in); err != nil {
			return err
		}
		return web.SeeOther(e, back)
	}
	token, _ := d.second.asked.put(asked{user, in, back}, d.now())
	setSecondCookie(e, token)
	return web.SeeOther(e, "/sign-in/second")
}

// errSecondNotAsked is returned where a way in forgot about second factors.
var errSecondNotAsked = errors.New("their second factor was not asked for")

// gaveAll refuses a session to somebody who has a second factor and did not give
// it, whichever way in they came.
func (d *Desk) gaveAll(tx core.App, user string, in entry) error {
	if in.Second {
		return nil
	}
	f, err := factorOf(tx, user)
	if err == nil && f != nil {
		err = fmt.Errorf("open session of %s: %w", user, errSecondNotAsked)
	}
	return err
}

func (d *Desk) showSecond(e *core.RequestEvent) error {
	a, ok := d.askedOf(e)
	if !ok {
		return web.SeeOther(e, "/sign-in")
	}
	page := &SecondPage{Recovery: e.Request.URL.Query().Get("with") == "recovery"}
	return d.showAsked(e, http.StatusOK, a, page)
}

// showAsked asks for a recovery code at once where the phone's cannot be checked.
func (d *Desk) showAsked(e *core.RequestEvent, status int, a asked, page *SecondPage) error {
	f, err := factorOf(e.App, a.user)
	if err != nil {
		return err
	}
	if f != nil {
		if _, err := d.phoneSecret(a.user, f); err != nil {
			e.App.Logger().Error("ask for a second factor", "user", a.user, "error", err)
			page.Closed, page.Recovery = true, true
		}
	}
	return web.Show(e, status, "signin/second", page)
}

// giveSecond checks a code of the phone, or a recovery code, and opens the
// session that was waiting for it.
func (d *Desk) giveSecond(e *core.RequestEvent) error {
	form, err := web.Form(e)
	if err != nil {
		return err
	}
	a, ok := d.askedOf(e)
	if !ok {
		web.Notify(e, "second-late")
		return web.SeeOther(e, "/sign-in")
	}
	page := &SecondPage{Recovery: form.Get("with") == "recovery"}
	way := d.wayOf(page)
	if form.Get(way.field) == "" {
		page.Errors = []web.FieldError{{Field: way.field, Key: way.missing}}
		return d.showAsked(e, http.StatusUnprocessableEntity, a, page)
	}
	right, comeBack, err := d.trySecond(e, a.user, way.field, form.Get(way.field), way.take)
	switch {
	case errors.Is(err, errSecondClosed):
		return d.showAsked(e, http.StatusServiceUnavailable, a, page)
	case err != nil:
		return err
	case !comeBack.IsZero():
		page.Wait = d.sayWhen(e, comeBack)
		return d.showAsked(e, http.StatusTooManyRequests, a, page)
	case !right:
		page.Errors = []web.FieldError{{Field: way.field, Key: way.wrong}}
		return d.showAsked(e, http.StatusUnprocessableEntity, a, page)
	}
	return d.letAskedIn(e, a, page.Recovery)
}

// A secondWay is a kind of code: the field it is typed into, the keys of what may
// be wrong with it, and how it is checked.
type secondWay struct {
	field, missing, wrong string
	take                  func(app core.App, user, typed string) (bool, error)
}

func (d *Desk) wayOf(page *SecondPage) secondWay {
	if page.Recovery {
		return secondWay{"recovery", "recovery-missing", "recovery-wrong", d.takeRecoveryCode}
	}
	return secondWay{"code", "phone-code-missing", "phone-code-wrong", d.takeCode}
}

func (d *Desk) letAskedIn(e *core.RequestEvent, a asked, byRecovery bool) error {
	a.in.Second = true
	err := d.open(e, a.user, a.in)
	gone := errors.Is(err, errCardGone) || errors.Is(err, errCodeUsed)
	if err != nil && !gone {
		return err
	}
	d.second.asked.drop(secondToken(e))
	clearSecondCookie(e)
	if gone {
		web.Notify(e, "way-gone")
		return web.SeeOther(e, "/sign-in")
	}
	if byRecovery {
		web.Notify(e, "recovery-used")
	}
	return web.SeeOther(e, a.back)
}

// trySecond checks one code under the limits, and records what was refused. Its
// count is apart from that of passwords, so that a right password never forgives
// guesses at the code.
func (d *Desk) trySecond(e *core.RequestEvent, user, what, typed string, take func(core.App, string, string) (bool, error)) (right bool, comeBack time.Time, err error) {
	account := "second " + user
	wait, comeBack := d.tries.take(account, e.RealIP(), d.now())
	if !comeBack.IsZero() {
		return false, comeBack, nil
	}
	if wait > 0 {
		d.pause(e.Request.Context(), wait)
	}
	right, err = take(e.App, user, typed)
	if err != nil {
		return false, time.Time{}, err
	}
	if right {
		d.tries.right(account)
		return true, time.Time{}, nil
	}
	d.tries.wrong(e.RealIP(), d.now())
	return false, time.Time{}, d.audit.Record(e.App, audit.Act{Kind: audit.SecondRefused, Subject: user, Detail: what})
}

// takeRecoveryCode uses one up, and records it in the same transaction.
func (d *Desk) takeRecoveryCode(app core.App, user, typed string) (taken bool, err error) {
	err = app.RunInTransaction(func(tx core.App) error {
		if taken, err = takeRecovery(tx, user, typed, d.now()); err != nil || !taken {
			return err
		}
		return d.audit.Record(tx, audit.Act{Kind: audit.RecoveryUsed, Actor: user, Subject: user})
	})
	if err != nil {
		return false, fmt.Errorf("use a recovery code: %w", err)
	}
	return taken, nil
}
