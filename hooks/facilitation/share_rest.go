package facilitation

import (
	"errors"

	"alongside/hooks/reflections"
	"alongside/hooks/web"
)

// doRest is the button of whoever has read what was written back, where nothing
// more is needed.
const doRest = "rest"

// rest lets the thread wait for nobody, and keeps what was typed to it. Whoever
// presses twice is led where the first press led.
func (a *answering) rest() error {
	w, err := a.meet()
	if err == nil {
		_, err = a.written.SaveWriting(a.e.Request.Context(), a.viewer, a.share, w)
	}
	if err != nil {
		return a.failed(err)
	}
	err = a.written.Rest(a.viewer, a.share, a.form.Get("after"))
	if errors.Is(err, reflections.ErrNotThere) && a.share.Waits == "" {
		err = nil
	}
	if err != nil {
		return a.failed(err)
	}
	if err := a.giveBack(a.app, a.share.Reflection, a.viewer.ID, web.Now(a.e)); err != nil {
		return err
	}
	web.Notify(a.e, "share-rests")
	return web.SeeOther(a.e, "/facilitate")
}
