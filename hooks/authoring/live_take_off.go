package authoring

import (
	"errors"

	"alongside/hooks/audit"
	"alongside/hooks/content"
	"alongside/hooks/web"

	"github.com/pocketbase/pocketbase/core"
)

// takeOff takes a module off its course. It is done once for the text that its page
// showed.
func (a *Authoring) takeOff(e *core.RequestEvent) error {
	form, err := web.Form(e)
	if err != nil {
		return err
	}
	p, err := a.carePlace(e)
	if err != nil {
		return err
	}
	if p.Live.Module == "" || form.Get("revision") != p.Live.Revision {
		return web.SeeOther(e, "/course-settings/"+p.Course.Slug)
	}
	by := web.Current(e).ID
	err = a.content.Withdraw(e.Request.Context(), p.Live, func(tx core.App) error {
		if err := a.noteReviewed(tx, p.Course.ID); err != nil {
			return err
		}
		return a.audit.Record(tx, audit.Act{Kind: audit.Unpublished, Actor: by, Programme: p.Course.Programme, Item: p.Live.Revision})
	})
	if err != nil && !errors.Is(err, content.ErrMoved) {
		return err
	}
	web.Notify(e, "text-taken-off")
	return web.SeeOther(e, "/course-settings/"+p.Course.Slug)
}
