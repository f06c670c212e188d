package people

import (
	"net/http"

	"alongside/hooks/web"

	"github.com/pocketbase/pocketbase/core"
)

// showEraseMe says what would go and what stays, before somebody asks for it.
func (k *Keeping) showEraseMe(e *core.RequestEvent) error {
	return k.eraseMePage(e, http.StatusOK, &EraseMePage{})
}

func (k *Keeping) eraseMePage(e *core.RequestEvent, status int, page *EraseMePage) error {
	ctx, viewer := e.Request.Context(), web.Current(e)
	asked, err := openErasure(ctx, k.app, viewer.ID)
	if err != nil {
		return err
	}
	page.Asked, page.Proof = asked != nil, viewer.Closed
	if page.Asks, err = k.proofs.Asks(e); err != nil {
		return err
	}
	if page.Held, err = k.heldFor(ctx, viewer); err != nil {
		return err
	}
	page.Held = goes(page.Held)
	if page.Holds, err = k.holdViews(ctx, viewer); err != nil {
		return err
	}
	if page.Copies, err = k.copiesGone(ctx); err != nil {
		return err
	}
	return web.Show(e, status, "people/erase-me", page)
}

// asThem does what somebody asks for once they are known to be themselves. Where
// something of theirs is closed staff may sit there, so their PIN or password is
// asked for; without one a manager notes what they want.
func (k *Keeping) asThem(e *core.RequestEvent, do func(viewer *web.Viewer) error) error {
	form, err := web.Form(e)
	if err != nil {
		return err
	}
	viewer := web.Current(e)
	if !viewer.Closed {
		return do(viewer)
	}
	right, wait, err := k.proofs.Prove(e, form.Get("secret"))
	switch {
	case err != nil:
		return err
	case wait > 0:
		return k.eraseMePage(e, http.StatusTooManyRequests, &EraseMePage{Wait: wait})
	case !right:
		return k.eraseMePage(e, http.StatusUnprocessableEntity, &EraseMePage{Errors: []web.FieldError{{Field: "secret", Key: "secret-wrong"}}})
	}
	return do(viewer)
}

// goes leaves out what an erasure leaves: the record of acts, and what is somebody
// else's too.
func goes(held []Holding) []Holding {
	var going []Holding
	for _, one := range held {
		if !one.Stays {
			going = append(going, one)
		}
	}
	return going
}

func (k *Keeping) askForMe(e *core.RequestEvent) error {
	return k.asThem(e, func(viewer *web.Viewer) error {
		if err := k.ask(viewer.ID, viewer.ID); err != nil {
			return err
		}
		web.Notify(e, "erasure-asked")
		return web.SeeOther(e, "/me/data#erase")
	})
}

// takeBackMine ends it also where somebody else asked for them.
func (k *Keeping) takeBackMine(e *core.RequestEvent) error {
	return k.asThem(e, func(viewer *web.Viewer) error {
		was, err := k.takeBack(viewer.ID, viewer.ID)
		if err != nil {
			return err
		}
		if was {
			web.Notify(e, "erasure-taken-back")
		}
		return web.SeeOther(e, "/me/data#erase")
	})
}
