package facilitation

import (
	"net/http"

	"alongside/hooks/people"
	"alongside/hooks/web"

	"github.com/pocketbase/pocketbase/core"
)

// sayAway keeps from when until when the viewer is away, and who covers.
func (f *Facilitation) sayAway(e *core.RequestEvent) error {
	form, err := web.Form(e)
	if err != nil {
		return err
	}
	page, err := f.awayPage(e)
	if err != nil {
		return err
	}
	page.Form.Take(form, web.Now(e))
	saved, err := page.Form.Save(f.app, f.audit, web.Current(e).ID)
	if err != nil {
		return err
	}
	if page.Errors = page.Form.Errors; !saved {
		return web.Show(e, http.StatusUnprocessableEntity, "facilitation/away", page)
	}
	web.Notify(e, "away-said")
	return web.SeeOther(e, page.Address)
}

// endAway ends a time away of the viewer's own. Anybody else's is as if it was not
// there.
func (f *Facilitation) endAway(e *core.RequestEvent) error {
	if _, err := web.Form(e); err != nil {
		return err
	}
	viewer := web.Current(e).ID
	err := f.app.RunInTransaction(func(tx core.App) error {
		ended, err := people.EndAway(tx, f.audit, viewer, viewer, "", e.Request.PathValue("absence"), web.Now(e))
		if err == nil && !ended {
			return web.ErrNotFound
		}
		return err
	})
	if err != nil {
		return err
	}
	web.Notify(e, "away-ended")
	return web.SeeOther(e, "/facilitate/away")
}
