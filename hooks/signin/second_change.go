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

// changeSecond makes new recovery codes, lets another phone take over, or turns
// the second factor off. Each asks for the password and a code: a screen left
// open must not be enough to take it away.
func (d *Desk) changeSecond(e *core.RequestEvent) error {
	form, err := web.Form(e)
	if err != nil {
		return err
	}
	viewer, page := web.Current(e), &MySecondPage{}
	change, ok := d.secondChanges()[form.Get("do")]
	if !ok || !givenSecond(e) {
		return web.ErrBadForm
	}
	if form.Get("do") == "off" && d.isRequired(viewer) {
		page.Errors = []web.FieldError{{Field: "code", Key: "second-required"}}
		return d.showMine(e, http.StatusUnprocessableEntity, page)
	}
	comeBack, err := d.provesBoth(e, viewer, form.Get("password"), form.Get("code"), page)
	if err != nil {
		return err
	}
	if !comeBack.IsZero() {
		page.Wait = d.sayWhen(e, comeBack)
		return d.showMine(e, http.StatusTooManyRequests, page)
	}
	if page.Errors != nil {
		return d.showMine(e, http.StatusUnprocessableEntity, page)
	}
	return change(e, viewer)
}

// secondChanges are what there is to do, by the value of the button.
func (d *Desk) secondChanges() map[string]func(*core.RequestEvent, *web.Viewer) error {
	return map[string]func(*core.RequestEvent, *web.Viewer) error{
		"codes": d.renewRecovery,
		"phone": d.changePhone,
		"off":   d.turnOffSecond,
	}
}

// provesBoth checks the password, and then a code of the phone or a recovery
// code. What is wrong goes to the page.
func (d *Desk) provesBoth(e *core.RequestEvent, viewer *web.Viewer, password, code string, page *MySecondPage) (comeBack time.Time, err error) {
	user, comeBack, err := d.check(e, viewer.Username, password)
	if err != nil || !comeBack.IsZero() {
		return comeBack, err
	}
	if user == "" {
		page.Errors = append(page.Errors, web.FieldError{Field: "password", Key: "password-wrong"})
		return time.Time{}, nil
	}
	right, comeBack, err := d.trySecond(e, viewer.ID, "code", code, d.takeEither)
	if err == nil && comeBack.IsZero() && !right {
		page.Errors = append(page.Errors, web.FieldError{Field: "code", Key: "phone-code-wrong"})
	}
	return comeBack, err
}

// takeEither takes a code of the phone, or else a recovery code: also where the
// phone's cannot be checked.
func (d *Desk) takeEither(app core.App, user, typed string) (bool, error) {
	right, err := d.takeCode(app, user, typed)
	if right || err != nil && !errors.Is(err, errSecondClosed) {
		return right, err
	}
	return d.takeRecoveryCode(app, user, typed)
}

func (d *Desk) renewRecovery(e *core.RequestEvent, viewer *web.Viewer) error {
	codes := newRecoveryCodes()
	err := e.App.RunInTransaction(func(tx core.App) error {
		if err := storeRecovery(tx, viewer.ID, codes); err != nil {
			return err
		}
		return d.audit.Record(tx, audit.Act{Kind: audit.RecoveryMade, Actor: viewer.ID, Subject: viewer.ID})
	})
	if err != nil {
		return fmt.Errorf("new recovery codes: %w", err)
	}
	d.second.codes.keep(viewer.Session, codes, d.now())
	return web.SeeOther(e, codesAddress(""))
}

// changePhone shows a new secret to set up. The former phone stays until the new
// one showed a right code.
func (d *Desk) changePhone(e *core.RequestEvent, viewer *web.Viewer) error {
	d.second.setUps.keep(viewer.Session, newPhoneSecret(), d.now())
	return web.SeeOther(e, secondPath)
}

func (d *Desk) turnOffSecond(e *core.RequestEvent, viewer *web.Viewer) error {
	err := e.App.RunInTransaction(func(tx core.App) error {
		if err := dropFactor(tx, viewer.ID); err != nil {
			return err
		}
		if err := dropRecovery(tx, viewer.ID); err != nil {
			return err
		}
		if err := lower(tx, viewer.ID); err != nil {
			return err
		}
		return d.audit.Record(tx, audit.Act{Kind: audit.SecondOff, Actor: viewer.ID, Subject: viewer.ID})
	})
	if err != nil {
		return fmt.Errorf("turn off second factor: %w", err)
	}
	web.Notify(e, "second-off")
	return web.SeeOther(e, "/me")
}
