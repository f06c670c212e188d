package signin

import (
	"fmt"

	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// chooseLanguage is the choice at the foot of every page and on /me. Somebody
// signed in has it from then on everywhere, a guest in this browser. Both stay
// on the page they were on.
func (d *Desk) chooseLanguage(e *core.RequestEvent) error {
	form, err := web.Form(e)
	if err != nil {
		return err
	}
	tag := form.Get("language")
	if !web.SiteOf(e).Speaks(tag) {
		return web.ErrBadForm
	}
	if viewer := web.Current(e); viewer == nil {
		web.RememberLanguage(e, tag)
	} else if err := keepLanguage(e.App, viewer.ID, tag); err != nil {
		return err
	}
	web.Notify(e, "language-changed")
	return web.SeeOther(e, web.LocalOr(form.Get("back"), "/"))
}

func keepLanguage(app core.App, user, tag string) error {
	_, err := app.DB().Update("users", dbx.Params{"language": tag}, dbx.HashExp{"id": user}).Execute()
	if err != nil {
		return fmt.Errorf("change language of %s: %w", user, err)
	}
	return nil
}
