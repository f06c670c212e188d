package signin

import (
	"errors"
	"net/http"
	"strings"

	"alongside/hooks/web"

	"github.com/pocketbase/pocketbase/core"
)

const wordsPath = "/sign-in/words"

func (d *Desk) showWords(e *core.RequestEvent) error {
	page := &WordsPage{Back: web.LocalOr(e.Request.URL.Query().Get("back"), "/")}
	return web.Show(e, http.StatusOK, "signin/words", page)
}

// signInByWords is the way in with a card where there is no camera.
func (d *Desk) signInByWords(e *core.RequestEvent) error {
	form, err := web.Form(e)
	if err != nil {
		return err
	}
	page := &WordsPage{
		Back:      web.LocalOr(form.Get("back"), "/"),
		Who:       strings.TrimSpace(form.Get("who")),
		Words:     strings.TrimSpace(form.Get("words")),
		OwnDevice: form.Get("own") == "true",
	}
	pin := foldDigits(form.Get("pin"))
	if page.Errors = page.missing(pin); page.Errors != nil {
		return web.Show(e, http.StatusUnprocessableEntity, "signin/words", page)
	}
	card, comeBack, err := d.checkWords(e, page.Who, page.Words, pin)
	if err != nil {
		return err
	}
	if !comeBack.IsZero() {
		page.Wait = d.sayWhen(e, comeBack)
		return web.Show(e, http.StatusTooManyRequests, "signin/words", page)
	}
	if card != nil {
		err = d.enterByCard(e, card, entry{How: byWords, OwnDevice: page.OwnDevice}, page.Back)
	}
	if card == nil || errors.Is(err, errCardGone) {
		page.Errors = []web.FieldError{{Field: "who", Key: "words-wrong"}}
		return web.Show(e, http.StatusUnprocessableEntity, "signin/words", page)
	}
	return err
}

func (p *WordsPage) missing(pin string) []web.FieldError {
	var wrong []web.FieldError
	if p.Who == "" {
		wrong = append(wrong, web.FieldError{Field: "who", Key: "username-missing"})
	}
	if len(strings.Fields(foldWords(p.Words))) != wordsOnCard {
		wrong = append(wrong, web.FieldError{Field: "words", Key: "words-missing"})
	}
	return append(wrong, pinMissing("pin", pin)...)
}
