package authoring

import (
	"net/http"
	"time"

	"alongside/hooks/web"

	"github.com/pocketbase/pocketbase/core"
)

// changeOffer is what somebody who cares for a course does with an offer: they take it
// back, or say that it is done, or on which day it was paid.
func (a *Authoring) changeOffer(e *core.RequestEvent) error {
	form, err := web.Form(e)
	if err != nil {
		return err
	}
	page, course, err := a.offersPage(e)
	if err != nil {
		return err
	}
	params := carerOf(web.Current(e)).params(course, a.now())
	params["id"] = e.Request.PathValue("offer")
	offer, err := a.oneOffer(e.Request.Context(), "o.id = {:id} AND "+caredOffers, params)
	if err != nil {
		return err
	}
	act := offerAct(form.Get("do"))
	if act != takeOffer && act != offerIsDone && act != payOffer {
		return web.ErrNotFound
	}
	again := func(status int, wrong web.FieldError) error {
		page.Errors = []web.FieldError{wrong}
		return web.Show(e, status, "authoring/offers", page)
	}
	var paid time.Time
	if act == payOffer {
		field := OfferView{Offer: offer}.DayField()
		for i := range page.Offers {
			if page.Offers[i].ID == offer.ID {
				page.Offers[i].Day = form.Get(field)
			}
		}
		day, key := dayPaid(form.Get(field), a.now())
		if key != "" {
			return again(http.StatusUnprocessableEntity, web.FieldError{Field: field, Key: key})
		}
		paid = day
	}
	stands, err := a.moveOffer(offer, act, web.Current(e).ID, paid)
	if err != nil {
		return err
	}
	if !stands {
		return again(http.StatusConflict, web.FieldError{Field: "main", Key: "offer-changed"})
	}
	web.Notify(e, "saved")
	return web.SeeOther(e, page.Address)
}

// longestPaid is how many years ago a payment may have been that is written down now.
const longestPaid = 6

// dayPaid reads the day of a payment. It is the same day somewhere for half a day
// before it begins here, so tomorrow's is taken, and no later one. key says what is
// wrong.
func dayPaid(typed string, now time.Time) (day time.Time, key string) {
	day, err := time.Parse(time.DateOnly, typed)
	switch {
	case err != nil:
		return day, "offer-day"
	case day.After(now.Add(14 * time.Hour)): // the first place in which a day begins
		return day, "offer-day-later"
	case day.Before(now.AddDate(-longestPaid, 0, 0)):
		return day, "offer-day"
	default:
		return day, ""
	}
}
