package facilitation

import (
	"net/http"

	"alongside/hooks/web"

	"github.com/pocketbase/pocketbase/core"
)

// leaveShare gives back a share that the viewer was answering: they pressed the
// button, or their page is gone.
func (f *Facilitation) leaveShare(e *core.RequestEvent) error {
	form, err := web.Form(e)
	if err != nil {
		return err
	}
	viewer := web.Current(e)
	s, err := f.written.Find(e.Request.Context(), viewer, e.Request.PathValue("share"))
	if err != nil {
		return err
	}
	if err := f.giveBack(f.app, s.Reflection, viewer.ID, web.Now(e)); err != nil {
		return err
	}
	if web.SavesItself(form) {
		return e.NoContent(http.StatusNoContent)
	}
	web.Notify(e, "share-left")
	return web.SeeOther(e, "/facilitate")
}
