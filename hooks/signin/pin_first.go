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

const pinPath = "/sign-in/pin"

// A firstPIN is somebody whose printed PIN was right, and who chooses their own
// now. They have no session yet, and the printed one still holds: it is used up
// when their own is stored.
type firstPIN struct {
	card heldCard
	in   entry
	back string
}

func (d *Desk) askForPIN(e *core.RequestEvent, first firstPIN) error {
	token, _ := d.firstPINs.put(first, d.now())
	pinCookie.set(e, token)
	return web.SeeOther(e, pinPath)
}

func (d *Desk) showFirstPIN(e *core.RequestEvent) error {
	if _, _, ok := d.firstPINs.get(pinCookie.value(e), d.now()); !ok {
		return d.againToCard(e)
	}
	return web.Show(e, http.StatusOK, "signin/pin", &PINPage{})
}

// againToCard is for whoever took more than ten minutes to choose.
func (d *Desk) againToCard(e *core.RequestEvent) error {
	if cardCookie.value(e) != "" {
		return web.SeeOther(e, cardPath)
	}
	return d.askForCard(e)
}

func (d *Desk) chooseFirstPIN(e *core.RequestEvent) error {
	form, err := web.Form(e)
	if err != nil {
		return err
	}
	first, _, ok := d.firstPINs.get(pinCookie.value(e), d.now())
	if !ok {
		return d.againToCard(e)
	}
	pin := foldDigits(form.Get("pin"))
	if wrong := newPINProblems(pin, foldDigits(form.Get("again")), first.card.PIN); wrong != nil {
		return web.Show(e, http.StatusUnprocessableEntity, "signin/pin", &PINPage{Errors: wrong})
	}
	hashed, err := d.hash(pin)
	if err != nil {
		return err
	}
	d.firstPINs.drop(pinCookie.value(e))
	pinCookie.clear(e)
	chosen := first.card
	chosen.PIN, chosen.OwnPIN = hashed, true
	first.in.Card = &chosen
	err = d.enterWith(e, first.card.User, first.in, first.back, func(tx core.App) error {
		err := d.storeFirstPIN(tx, first.card, hashed)
		if err == nil {
			cardCookie.clear(e)
		}
		return err
	})
	if errors.Is(err, errCardGone) {
		return d.againToCard(e)
	}
	return err
}

// newPINProblems says what is wrong with a PIN that somebody chose. old is the
// hash of the one that it takes the place of.
func newPINProblems(pin, again, old string) []web.FieldError {
	switch {
	case !isPIN(pin):
		return []web.FieldError{{Field: "pin", Key: "pin-digits"}}
	case isEasyPIN(pin):
		return []web.FieldError{{Field: "pin", Key: "pin-easy"}}
	case fits(old, pin):
		return []web.FieldError{{Field: "pin", Key: "pin-same"}}
	case pin != again:
		return []web.FieldError{{Field: "again", Key: "pin-again"}}
	}
	return nil
}

// errCardGone means that a card was replaced, locked or used by somebody else
// since its PIN was typed.
var errCardGone = errors.New("the card is another now")

// storeFirstPIN uses up the printed PIN: exactly once. What it closes it closes
// first, because from then on this PIN counts as chosen.
func (d *Desk) storeFirstPIN(tx core.App, card heldCard, hashed string) error {
	if err := d.closeAtFirstUse(tx, card); err != nil {
		return err
	}
	now := d.now()
	done, err := tx.DB().Update("cards",
		dbx.Params{"pin": hashed, "own_pin": true, "wrong": 0, "used": databaseTime(now.UTC().Truncate(24 * time.Hour)), "updated": databaseTime(now)},
		card.stillOpens(now)).Execute()
	if err != nil {
		return fmt.Errorf("first PIN of card %s: %w", card.ID, err)
	}
	if n, err := done.RowsAffected(); err != nil || n == 0 {
		return errors.Join(err, errCardGone)
	}
	return d.audit.Record(tx, audit.Act{Kind: audit.PINChanged, Actor: card.User, Subject: card.User, Item: card.ID})
}
