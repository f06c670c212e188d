package signin

import (
	"net/http"
	"strings"
	"time"

	"alongside/hooks/audit"
	"alongside/hooks/web"

	"github.com/pocketbase/pocketbase/core"
)

func (d *Desk) showOpen(e *core.RequestEvent) error { return d.openPage(e, http.StatusOK, &OpenPage{}) }

// openPage shows the page with the ways that there are now.
func (d *Desk) openPage(e *core.RequestEvent, status int, page *OpenPage) error {
	viewer := web.Current(e)
	p, err := d.proofOf(e.Request.Context(), viewer)
	if err != nil {
		return err
	}
	page.Openers = p.ways(viewer)
	return web.Show(e, status, "signin/open", page)
}

// reopen is somebody who opens what is closed, with a secret of their own.
func (d *Desk) reopen(e *core.RequestEvent) error {
	form, err := web.Form(e)
	if err != nil {
		return err
	}
	viewer := web.Current(e)
	if !viewer.Closed {
		return web.SeeOther(e, "/me/open")
	}
	with, secret := withPIN, form.Get(withPIN)
	if form.Has(withPassword) {
		with, secret = withPassword, form.Get(withPassword)
	}
	if strings.TrimSpace(secret) == "" {
		return d.askAgain(e, with, map[string]string{withPIN: "pin-missing", withPassword: "password-missing"})
	}
	p, err := d.proofOf(e.Request.Context(), viewer)
	if err != nil {
		return err
	}
	right, comeBack, err := d.proves(e, viewer, p, with, secret)
	switch {
	case err != nil:
		return err
	case !comeBack.IsZero():
		return d.openPage(e, http.StatusTooManyRequests, &OpenPage{Wait: d.sayWhen(e, comeBack)})
	case !right:
		act := audit.Act{Kind: audit.ReopenRefused, Actor: viewer.ID, Subject: viewer.ID, Detail: with}
		if err := d.audit.Record(e.App, act); err != nil {
			return err
		}
		return d.askAgain(e, with, map[string]string{withPIN: "open-pin-wrong", withPassword: "open-password-wrong"})
	}
	if with == withPIN && viewer.OnlyHere {
		return d.openHere(e, viewer, p)
	}
	if err := d.openAll(e, viewer, p, with); err != nil {
		return err
	}
	web.Notify(e, "opened")
	return web.SeeOther(e, "/")
}

// askAgain says what is wrong with a field, each in its own words.
func (d *Desk) askAgain(e *core.RequestEvent, field string, problems map[string]string) error {
	return d.openPage(e, http.StatusUnprocessableEntity, &OpenPage{Errors: []web.FieldError{{Field: field, Key: problems[field]}}})
}

// proves compares a secret under the limits of signing in. It returns when to
// come back where it was not looked at.
func (d *Desk) proves(e *core.RequestEvent, viewer *web.Viewer, p proof, with, secret string) (right bool, comeBack time.Time, err error) {
	if with == withPassword {
		user, comeBack, err := d.check(e, viewer.Username, secret)
		return p.OwnPassword && user == viewer.ID, comeBack, err
	}
	wait, comeBack := d.tries.take("open "+viewer.ID, e.RealIP(), d.now())
	if !comeBack.IsZero() {
		return false, comeBack, nil
	}
	if wait > 0 {
		d.pause(e.Request.Context(), wait)
	}
	if pin := p.pin(viewer); pin == "" || !fits(pin, foldDigits(secret)) {
		d.tries.wrong(e.RealIP(), d.now())
		return false, time.Time{}, nil
	}
	d.tries.right("open " + viewer.ID)
	return true, time.Time{}, nil
}

// openHere lets a session that began with a code be like one of the card whose PIN
// was given. What staff closed stays so: that PIN was chosen later.
func (d *Desk) openHere(e *core.RequestEvent, viewer *web.Viewer, p proof) error {
	err := e.App.RunInTransaction(func(tx core.App) error {
		if err := openSession(tx, viewer.Session); err != nil {
			return err
		}
		return d.audit.Record(tx, audit.Act{Kind: audit.Reopened, Actor: viewer.ID, Subject: viewer.ID, Detail: onlySession + withPIN})
	})
	if err != nil {
		return err
	}
	if !p.Closed.IsZero() {
		return web.SeeOther(e, "/me/open")
	}
	web.Notify(e, "opened")
	return web.SeeOther(e, "/")
}

// openAll opens what is closed for a viewer who gave a secret of their own, unless
// staff closed it once more since it was looked at. What was signed in with a card
// or a code elsewhere ends: whoever sits there may not be them.
func (d *Desk) openAll(e *core.RequestEvent, viewer *web.Viewer, p proof, with string) error {
	return e.App.RunInTransaction(func(tx core.App) error {
		if err := openSession(tx, viewer.Session); err != nil {
			return err
		}
		wasClosed, err := openTexts(tx, viewer.ID, p.Closed)
		if err == nil && wasClosed {
			err = endOthers(tx, d.now(), viewer)
		}
		if err != nil {
			return err
		}
		if !wasClosed {
			with = onlySession + with
		}
		return d.audit.Record(tx, audit.Act{Kind: audit.Reopened, Actor: viewer.ID, Subject: viewer.ID, Detail: with})
	})
}
