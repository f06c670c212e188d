package authoring

import (
	"net/http"
	"time"

	"alongside/hooks/web"

	"github.com/pocketbase/pocketbase/core"
)

// answerOffer is what somebody says to paid work that they were offered. Nobody says
// yes who has not said that they read the note.
func (a *Authoring) answerOffer(e *core.RequestEvent) error {
	form, err := web.Form(e)
	if err != nil {
		return err
	}
	offer, err := a.myOffer(e)
	if err != nil {
		return err
	}
	act := offerAct(form.Get("do"))
	if act != acceptOffer && act != declineOffer && act != offerIsDone {
		return web.ErrNotFound
	}
	page := &MyOfferPage{Offer: offer, Read: form.Get("read") != ""}
	if act == acceptOffer && !page.Read {
		page.Errors = []web.FieldError{{Field: "read", Key: "offer-read"}}
		return web.Show(e, http.StatusUnprocessableEntity, "authoring/my-offer", page)
	}
	stands, err := a.moveOffer(offer, act, web.Current(e).ID, time.Time{})
	if err != nil {
		return err
	}
	if !stands {
		if page.Offer, err = a.myOffer(e); err != nil {
			return err
		}
		page.Errors = []web.FieldError{{Field: "main", Key: "offer-changed"}}
		return web.Show(e, http.StatusConflict, "authoring/my-offer", page)
	}
	web.Notify(e, "saved")
	return web.SeeOther(e, "/me/offers")
}
