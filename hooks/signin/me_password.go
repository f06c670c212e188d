package signin

import (
	"fmt"
	"net/http"

	"alongside/hooks/audit"
	"alongside/hooks/people"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

func (d *Desk) showPassword(e *core.RequestEvent) error {
	return showPassword(e, http.StatusOK, &PasswordPage{})
}

func showPassword(e *core.RequestEvent, status int, page *PasswordPage) error {
	page.Min = people.MinPassword
	return web.Show(e, status, "signin/password", page)
}

// changePassword wants the current one too: a phone left open on a table must
// not be enough to take somebody's account.
func (d *Desk) changePassword(e *core.RequestEvent) error {
	form, err := web.Form(e)
	if err != nil {
		return err
	}
	viewer, page, password := web.Current(e), &PasswordPage{}, form.Get("password")
	user, comeBack, err := d.check(e, viewer.Username, form.Get("current"))
	if err != nil {
		return err
	}
	if !comeBack.IsZero() {
		page.Wait = d.sayWhen(e, comeBack)
		return showPassword(e, http.StatusTooManyRequests, page)
	}
	if user == "" {
		page.Errors = append(page.Errors, web.FieldError{Field: "current", Key: "password-wrong"})
	}
	if problem := people.PasswordProblem(viewer.Username, password); problem != "" {
		page.Errors = append(page.Errors, web.FieldError{Field: "password", Key: problem})
	}
	if page.Errors != nil {
		return showPassword(e, http.StatusUnprocessableEntity, page)
	}
	if err := d.setPassword(e, viewer, password); err != nil {
		return err
	}
	web.Notify(e, "password-changed")
	return web.SeeOther(e, "/me")
}

// setPassword also signs the person out everywhere else, and gives this device
// a new session: whoever knew the old password or an old token is out.
func (d *Desk) setPassword(e *core.RequestEvent, viewer *web.Viewer, password string) error {
	user, err := e.App.FindRecordById("users", viewer.ID)
	if err != nil {
		return fmt.Errorf("change password of %s: %w", viewer.ID, err)
	}
	user.SetPassword(password)
	var token string
	in := entry{How: byPassword, OwnDevice: viewer.OwnDevice, Second: givenSecond(e)}
	err = e.App.RunInTransaction(func(tx core.App) error {
		if err := tx.Save(user); err != nil {
			return err
		}
		if err := end(tx, d.now(), whyPassword, dbx.HashExp{"user": viewer.ID}); err != nil {
			return err
		}
		if err := d.audit.Record(tx, audit.Act{Kind: audit.PasswordChanged, Actor: viewer.ID, Subject: viewer.ID}); err != nil {
			return err
		}
		token, err = d.openIn(tx, e, viewer.ID, in)
		return err
	})
	if err != nil {
		return fmt.Errorf("change password of %s: %w", viewer.ID, err)
	}
	setCookie(e, token, in.OwnDevice)
	return nil
}
