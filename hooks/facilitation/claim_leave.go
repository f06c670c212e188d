package facilitation

import (
	"net/http"

	"alongside/hooks/web"

	"github.com/pocketbase/pocketbase/core"
)

// leaveShare gives back a share that the viewer was answering: their page is gone.
// The button for it is one of the answer's own, and keeps what they wrote.
func (f *Facilitation) leaveShare(e *core.RequestEvent) error {
	if _, err := web.Form(e); err != nil {
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
	return e.NoContent(http.StatusNoContent)
}
