package signin

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"

	"alongside/hooks/audit"
	"alongside/hooks/vault"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// setUpSecond stores a phone once it showed a right code.
func (d *Desk) setUpSecond(e *core.RequestEvent) error {
	form, err := web.Form(e)
	if err != nil {
		return err
	}
	viewer, page := web.Current(e), &MySecondPage{Back: web.LocalOr(form.Get("back"), "")}
	secret, _, ok := d.second.setUps.get(viewer.Session, d.now())
	if !ok {
		page.Errors = []web.FieldError{{Field: "code", Key: "second-anew"}}
		return d.showMine(e, http.StatusUnprocessableEntity, page)
	}
	step, ok := stepOf(secret, form.Get("code"), d.now())
	if !ok {
		page.Errors = []web.FieldError{{Field: "code", Key: "second-not-yet"}}
		return d.showMine(e, http.StatusUnprocessableEntity, page)
	}
	factor, err := d.sealFactor(viewer.ID, secret, step)
	if errors.Is(err, vault.ErrNoKey) {
		return d.showMine(e, http.StatusServiceUnavailable, page)
	}
	if err != nil {
		return err
	}
	if err := d.confirm(e, viewer, factor); err != nil {
		return err
	}
	return web.SeeOther(e, codesAddress(page.Back))
}

// confirm stores a phone and new recovery codes. Where the person is signed in
// elsewhere they are signed out, and here they get a new token: from now on it
// stands for more than before.
func (d *Desk) confirm(e *core.RequestEvent, viewer *web.Viewer, factor newFactor) error {
	codes, token := newRecoveryCodes(), newToken()
	err := e.App.RunInTransaction(func(tx core.App) error {
		if err := factor.store(tx, d.now()); err != nil {
			return err
		}
		if err := storeRecovery(tx, viewer.ID, codes); err != nil {
			return err
		}
		if err := end(tx, d.now(), whySecond, others(viewer)); err != nil {
			return err
		}
		if err := raise(tx, viewer.Session, token); err != nil {
			return err
		}
		return d.audit.Record(tx, audit.Act{Kind: audit.SecondSet, Actor: viewer.ID, Subject: viewer.ID})
	})
	if err != nil {
		return fmt.Errorf("set up second factor of %s: %w", viewer.ID, err)
	}
	setCookie(e, token, viewer.OwnDevice)
	d.second.setUps.drop(viewer.Session)
	d.second.codes.keep(viewer.Session, codes, d.now())
	return nil
}

// others are a person's sessions but this one.
func others(v *web.Viewer) dbx.Expression {
	return dbx.And(dbx.HashExp{"user": v.ID}, dbx.Not(dbx.HashExp{"id": v.Session}))
}

// raise notes that a session gave a second factor, and gives it a new token.
func raise(tx core.App, session, token string) error {
	_, err := tx.DB().Update("sessions", dbx.Params{"second": true, "token": hashToken(token)}, dbx.HashExp{"id": session, "ended": ""}).Execute()
	if err != nil {
		return fmt.Errorf("raise session %s: %w", session, err)
	}
	return nil
}

// lower forgets of all sessions of somebody that they gave a second factor, once it
// is turned off: a role that is given later asks for one anew.
func lower(tx core.App, user string) error {
	_, err := tx.DB().Update("sessions", dbx.Params{"second": false}, dbx.HashExp{"user": user}).Execute()
	if err != nil {
		return fmt.Errorf("lower sessions of %s: %w", user, err)
	}
	return nil
}

func codesAddress(back string) string {
	if back == "" {
		return secondPath + "/codes"
	}
	return secondPath + "/codes?back=" + url.QueryEscape(back)
}
