package signin

import (
	"errors"
	"fmt"
	"net/http"
	"time"

	"alongside/hooks/audit"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

func (d *Desk) showPIN(e *core.RequestEvent) error {
	card, err := d.ownCard(e.App, web.Current(e).ID)
	if err != nil {
		return err
	}
	return web.Show(e, http.StatusOK, "signin/my-pin", &MyPINPage{None: card == nil})
}

// ownCard is the card that somebody can change the PIN of, nil where they have
// none that opens.
func (d *Desk) ownCard(app core.App, user string) (*heldCard, error) {
	card, err := d.card(app, heldCardSQL+"WHERE c.user = {:user} AND c.ended = ''", dbx.Params{"user": user})
	if err != nil || !card.opens(d.now()) || !card.OwnPIN {
		return nil, err
	}
	return card, nil
}

// changePIN wants the current PIN, or the password: a phone left open on a table
// must not be enough.
func (d *Desk) changePIN(e *core.RequestEvent) error {
	form, err := web.Form(e)
	if err != nil {
		return err
	}
	viewer, page := web.Current(e), &MyPINPage{}
	card, err := d.ownCard(e.App, viewer.ID)
	if err != nil {
		return err
	}
	if card == nil {
		return web.Show(e, http.StatusUnprocessableEntity, "signin/my-pin", &MyPINPage{None: true})
	}
	right, comeBack, err := d.checkOwn(e, viewer, card, form.Get("current"))
	if err != nil {
		return err
	}
	if !comeBack.IsZero() {
		page.Wait = d.sayWhen(e, comeBack)
		return web.Show(e, http.StatusTooManyRequests, "signin/my-pin", page)
	}
	if !right {
		page.Errors = append(page.Errors, web.FieldError{Field: "current", Key: "pin-wrong"})
	}
	pin := foldDigits(form.Get("pin"))
	page.Errors = append(page.Errors, newPINProblems(pin, foldDigits(form.Get("again")), card.PIN)...)
	if page.Errors != nil {
		return web.Show(e, http.StatusUnprocessableEntity, "signin/my-pin", page)
	}
	if err := d.storePIN(e.App, viewer, card, pin); err != nil {
		return err
	}
	web.Notify(e, "pin-changed")
	return web.SeeOther(e, myCardsPath)
}

// checkOwn checks the PIN that somebody has now, or their password, under the
// limits.
func (d *Desk) checkOwn(e *core.RequestEvent, viewer *web.Viewer, card *heldCard, typed string) (right bool, comeBack time.Time, err error) {
	pin := foldDigits(typed)
	if !isPIN(pin) {
		user, comeBack, err := d.check(e, viewer.Username, typed)
		return user == viewer.ID, comeBack, err
	}
	if comeBack = d.admit(e, "card of "+viewer.ID); !comeBack.IsZero() {
		return false, comeBack, nil
	}
	if !fits(card.PIN, pin) {
		return false, time.Time{}, d.refuse(e, refusal{how: byCard, user: viewer.ID, card: card.ID})
	}
	d.tries.right("card of " + viewer.ID)
	return true, time.Time{}, nil
}

// storePIN also ends what was opened with the card on other devices: whoever knew
// the old PIN is out.
func (d *Desk) storePIN(app core.App, viewer *web.Viewer, card *heldCard, pin string) error {
	hashed, err := d.hash(pin)
	if err != nil {
		return err
	}
	err = app.RunInTransaction(func(tx core.App) error {
		done, err := tx.DB().Update("cards", dbx.Params{"pin": hashed, "wrong": 0, "updated": databaseTime(d.now())},
			dbx.HashExp{"id": card.ID, "pin": card.PIN, "ended": ""}).Execute()
		if err != nil {
			return err
		}
		if n, err := done.RowsAffected(); err != nil || n == 0 {
			return errors.Join(err, errCardGone)
		}
		others := dbx.And(dbx.HashExp{"user": viewer.ID, "how": []any{byCard, byWords, byCode}}, dbx.Not(dbx.HashExp{"id": viewer.Session}))
		if err := end(tx, d.now(), whyCard, others); err != nil {
			return err
		}
		return d.audit.Record(tx, audit.Act{Kind: audit.PINChanged, Actor: viewer.ID, Subject: viewer.ID, Item: card.ID})
	})
	if err != nil {
		return fmt.Errorf("change PIN of card %s: %w", card.ID, err)
	}
	return nil
}
