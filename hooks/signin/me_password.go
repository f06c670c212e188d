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
// a new session: whoever knew the old password or an old token is out. Hashing is
// slow, so it is done before; what else is stored of the person is read in the
// transaction, because staff may make them a card meanwhile.
func (d *Desk) setPassword(e *core.RequestEvent, viewer *web.Viewer, password string) error {
	hashed, err := d.hash(password)
	if err != nil {
		return err
	}
	var token string
	in := entry{How: byPassword, OwnDevice: viewer.OwnDevice}
	err = e.App.RunInTransaction(func(tx core.App) error {
		if err := stillRuns(tx, viewer.Session); err != nil {
			return err
		}
		if err := storeOwnPassword(tx, viewer.ID, hashed); err != nil {
			return err
		}
		f, err := factorOf(tx, viewer.ID)
		if err != nil {
			return err
		}
		in.Second = f != nil && givenSecond(e)
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

// stillRuns returns web.ErrSignInFirst where a session was ended meanwhile: the
// password that was given in it may be another by now.
func stillRuns(tx core.App, session string) error {
	runs, err := tx.CountRecords("sessions", dbx.HashExp{"id": session, "ended": ""})
	if err == nil && runs == 0 {
		err = web.ErrSignInFirst
	}
	return err
}

// storeOwnPassword stores a password that somebody chose, knowing the one before.
// It counts as theirs unless something of theirs is closed: then they were let in
// with what staff made, and may be staff.
func storeOwnPassword(tx core.App, id, hashed string) error {
	user, err := tx.FindRecordById("users", id)
	if err != nil {
		return err
	}
	user.SetRaw(core.FieldNamePassword, &core.PasswordFieldValue{Hash: hashed})
	user.RefreshTokenKey()
	if user.GetDateTime("closed").IsZero() {
		user.Set("own_password", true)
	}
	return tx.Save(user)
}
