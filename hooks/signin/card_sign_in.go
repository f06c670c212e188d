package signin

import (
	"errors"
	"net/http"

	"alongside/hooks/web"

	"github.com/pocketbase/pocketbase/core"
)

const cardPath = "/sign-in/card"

// takeCard is the link that the QR of a card holds. It changes and counts
// nothing, not even whether there is such a card, so that whatever looks at links
// before people do is welcome. The secret goes into a cookie and out of the
// address.
func (d *Desk) takeCard(e *core.RequestEvent) error {
	web.SecretAddress(e)
	cardCookie.set(e, e.Request.PathValue("secret"))
	return web.SeeOther(e, cardPath)
}

// showCard asks for the PIN of the card whose link was opened, whatever it is.
func (d *Desk) showCard(e *core.RequestEvent) error {
	if cardCookie.value(e) == "" {
		return d.askForCard(e)
	}
	return web.Show(e, http.StatusOK, "signin/card", &CardPage{})
}

// askForCard is for whoever took more than ten minutes.
func (d *Desk) askForCard(e *core.RequestEvent) error {
	web.Notify(e, "card-again")
	return web.SeeOther(e, wordsPath)
}

func (d *Desk) signInByCard(e *core.RequestEvent) error {
	form, err := web.Form(e)
	if err != nil {
		return err
	}
	secret := cardCookie.value(e)
	if secret == "" {
		return d.askForCard(e)
	}
	page := &CardPage{OwnDevice: form.Get("own") == "true"}
	pin := foldDigits(form.Get("pin"))
	if page.Errors = pinMissing("pin", pin); page.Errors != nil {
		return web.Show(e, http.StatusUnprocessableEntity, "signin/card", page)
	}
	card, comeBack, err := d.checkLink(e, secret, pin)
	if err != nil {
		return err
	}
	if !comeBack.IsZero() {
		page.Wait = d.sayWhen(e, comeBack)
		return web.Show(e, http.StatusTooManyRequests, "signin/card", page)
	}
	if card != nil {
		err = d.enterByCard(e, card, entry{How: byCard, OwnDevice: page.OwnDevice}, "/")
	}
	if card == nil || errors.Is(err, errCardGone) {
		page.Errors = []web.FieldError{{Field: "pin", Key: "card-wrong"}}
		return web.Show(e, http.StatusUnprocessableEntity, "signin/card", page)
	}
	return err
}

// enterByCard lets in whose card and PIN were right. With the printed PIN they
// choose their own first.
func (d *Desk) enterByCard(e *core.RequestEvent, card *heldCard, in entry, back string) error {
	if !card.OwnPIN {
		return d.askForPIN(e, firstPIN{card: *card, in: in, back: back})
	}
	in.Card = card
	return d.enterWith(e, card.User, in, back, func(tx core.App) error {
		err := card.used(tx, d.now())
		if err == nil {
			cardCookie.clear(e)
		}
		return err
	})
}

// enterWith lets somebody in as part of the same transaction as a write. Who has
// a second factor is asked for it after the write.
func (d *Desk) enterWith(e *core.RequestEvent, user string, in entry, back string, write func(tx core.App) error) error {
	var token string
	err := e.App.RunInTransaction(func(tx core.App) (err error) {
		if err := write(tx); err != nil {
			return err
		}
		token, err = d.openIn(tx, e, user, in)
		return err
	})
	if errors.Is(err, errSecondNotAsked) {
		if err := e.App.RunInTransaction(write); err != nil {
			return err
		}
		return d.enter(e, user, in, back)
	}
	if err != nil {
		return err
	}
	setCookie(e, token, in.OwnDevice)
	return web.SeeOther(e, back)
}

func pinMissing(field, pin string) []web.FieldError {
	if isPIN(pin) {
		return nil
	}
	return []web.FieldError{{Field: field, Key: "pin-digits"}}
}
