package authoring

import (
	"net/http"

	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// MyOffersPage is `/me/offers`, "authoring/my-offers": the note about money that comes
// in, and then the paid work that somebody was offered.
type MyOffersPage struct {
	web.Base
	Asked []Offer // that wait for an answer
	Going []Offer // accepted, or done and not paid
	Ended []Offer // declined, taken back, paid
}

func (a *Authoring) showMyOffers(e *core.RequestEvent) error {
	all, err := a.offers(e.Request.Context(), "o.person = {:person}", dbx.Params{"person": web.Current(e).ID})
	if err != nil {
		return err
	}
	page := &MyOffersPage{}
	for _, one := range all {
		switch {
		case one.State == Offered:
			page.Asked = append(page.Asked, one)
		case one.IsOpen():
			page.Going = append(page.Going, one)
		default:
			page.Ended = append(page.Ended, one)
		}
	}
	return web.Show(e, http.StatusOK, "authoring/my-offers", page)
}

// MyOfferPage is `/me/offers/{offer}`, "authoring/my-offer": the note about money that
// comes in, then one offer. Its form posts do "accept" with read, "decline" or "done" to
// the same address.
type MyOfferPage struct {
	web.Base
	Offer
	Read   bool // they ticked that they read the note
	Errors []web.FieldError
}

// myOffer reads an offer to the viewer, web.ErrNotFound for any other.
func (a *Authoring) myOffer(e *core.RequestEvent) (Offer, error) {
	return a.oneOffer(e.Request.Context(), "o.id = {:id} AND o.person = {:person}", dbx.Params{"id": e.Request.PathValue("offer"), "person": web.Current(e).ID})
}

func (a *Authoring) showMyOffer(e *core.RequestEvent) error {
	offer, err := a.myOffer(e)
	if err != nil {
		return err
	}
	return web.Show(e, http.StatusOK, "authoring/my-offer", &MyOfferPage{Offer: offer})
}
