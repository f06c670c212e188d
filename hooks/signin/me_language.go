package signin

import (
	"fmt"
	"slices"

	"alongside/hooks/web"
	"alongside/templates"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

func (d *Desk) changeLanguage(e *core.RequestEvent) error {
	form, err := web.Form(e)
	if err != nil {
		return err
	}
	tag := form.Get("language")
	if tag != "" && !isOffered(tag) {
		return web.ErrBadForm
	}
	viewer := web.Current(e)
	_, err = e.App.DB().Update("users", dbx.Params{"language": tag}, dbx.HashExp{"id": viewer.ID}).Execute()
	if err != nil {
		return fmt.Errorf("change language of %s: %w", viewer.ID, err)
	}
	web.Notify(e, "language-changed")
	return web.SeeOther(e, "/me")
}

func isOffered(tag string) bool {
	return slices.ContainsFunc(templates.Languages(), func(l templates.Language) bool { return l.Tag == tag })
}
