package authoring

import (
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"alongside/hooks/audit"
	"alongside/hooks/content"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

const (
	taskMost   = 1000       // letters
	amountMost = 100_000_00 // hundredths
	hoursMost  = 1000_00    // hundredths of an hour
)

// OfferTyped is what was typed into the form of an offer.
type OfferTyped struct {
	Person   string // of users
	Path     string // of the text; "" for the whole course
	Task     string
	Hours    string
	Amount   string
	Currency string
}

func offerTyped(form url.Values) OfferTyped {
	return OfferTyped{
		Person: form.Get("person"), Path: form.Get("path"), Task: strings.TrimSpace(form.Get("task")), Hours: strings.TrimSpace(form.Get("hours")),
		Amount: strings.TrimSpace(form.Get("amount")), Currency: form.Get("currency"),
	}
}

// offer reads it. What has to be put right is in the problems.
func (t OfferTyped) offer() (o Offer, problems []web.FieldError) {
	wrong := func(is bool, field, key string, most int) {
		if is {
			problems = append(problems, web.FieldError{Field: field, Key: key, Max: most})
		}
	}
	wrong(t.Task == "", "task", "offer-task", 0)
	wrong(utf8.RuneCountInString(t.Task) > taskMost, "task", "offer-task-long", taskMost)
	hours, ok := parseHundredths(t.Hours)
	wrong(!ok || hours == 0 || hours > hoursMost, "hours", "offer-hours", 0)
	amount, ok := parseHundredths(t.Amount)
	wrong(!ok || amount == 0, "amount", "offer-amount", 0)
	wrong(ok && amount > amountMost, "amount", "offer-amount-much", amountMost/100)
	wrong(!slices.Contains(currencies, t.Currency), "currency", "offer-currency", 0)
	return Offer{Person: t.Person, Task: t.Task, Minutes: (hours*60 + 50) / 100, Amount: amount, Currency: t.Currency}, problems
}

// makeOffer offers a mentor of the course paid work, by somebody who cares for it.
func (a *Authoring) makeOffer(e *core.RequestEvent) error {
	form, err := web.Form(e)
	if err != nil {
		return err
	}
	page, course, err := a.offersPage(e)
	if err != nil {
		return err
	}
	page.Typed = offerTyped(form)
	offer, problems := page.Typed.offer()
	if !slices.ContainsFunc(page.People, func(one Asked) bool { return one.ID == offer.Person }) {
		problems = append([]web.FieldError{{Field: "person", Key: "offer-person"}}, problems...)
	}
	at := slices.IndexFunc(page.Texts, func(one OfferText) bool { return one.Path == page.Typed.Path })
	if at < 0 && page.Typed.Path != "" {
		problems = append(problems, web.FieldError{Field: "path", Key: "offer-text"})
	}
	if page.Errors = problems; len(problems) > 0 {
		return web.Show(e, http.StatusUnprocessableEntity, "authoring/offers", page)
	}
	if at >= 0 {
		offer.Title = page.Texts[at].Title
	}
	if err := a.addOffer(e, course, page.Typed.Path, offer); err != nil {
		return err
	}
	web.Notify(e, "offer-made")
	return web.SeeOther(e, page.Address)
}

// addOffer stores it. The same offer that waits already is the same click, in whichever
// tab.
func (a *Authoring) addOffer(e *core.RequestEvent, course content.Course, path string, o Offer) error {
	viewer, now := web.Current(e).ID, a.now()
	id := web.NewRowID(now)
	params := carerOf(web.Current(e)).params(course, now)
	maps.Copy(params, dbx.Params{
		"id": id, "path": path, "title": o.Title, "person": o.Person, "by": viewer, "task": o.Task,
		"minutes": o.Minutes, "amount": o.Amount, "currency": o.Currency, "now": stamp(now),
	})
	return a.app.RunInTransaction(func(tx core.App) error {
		made, err := web.Changes(tx, `INSERT INTO offers (id, course, programme, path, title, person, offered_by, task, minutes, amount, currency, state, decided, done, paid, created, updated)
			SELECT {:id}, {:course}, CASE WHEN {:site} THEN {:programme} ELSE (SELECT m.programme `+mentorsCared+` LIMIT 1) END, {:path}, {:title}, u.id, {:by},
				{:task}, {:minutes}, {:amount}, {:currency}, 'offered', '', '', '', {:now}, {:now}
			FROM users u WHERE u.id = {:person} AND EXISTS (SELECT 1 `+mentorsCared+`)
				AND NOT EXISTS (SELECT 1 FROM offers o WHERE o.course = {:course} AND o.person = u.id AND o.path = {:path} AND o.task = {:task}
					AND o.minutes = {:minutes} AND o.amount = {:amount} AND o.currency = {:currency} AND o.state = 'offered')`, params)
		if err != nil || !made {
			return err
		}
		var programme string
		if err := tx.DB().NewQuery("SELECT programme FROM offers WHERE id = {:id}").Bind(dbx.Params{"id": id}).Row(&programme); err != nil {
			return fmt.Errorf("offer %s: %w", id, err)
		}
		return a.audit.Record(tx, audit.Act{Kind: audit.OfferMade, Actor: viewer, Subject: o.Person, Programme: programme, Item: id})
	})
}
