package signin

import (
	"net/http"
	"strings"

	"alongside/hooks/web"

	"github.com/pocketbase/pocketbase/core"
)

// signOut ends the session here and now, and asks the browser to forget what it
// has of this site.
func (d *Desk) signOut(e *core.RequestEvent) error {
	if err := d.endOf(e, whySignedOut); err != nil {
		return err
	}
	clearCookie(e)
	clearScreen(e)
	web.Notify(e, "signed-out")
	return web.SeeOther(e, "/sign-in")
}

// clearScreen asks the browser to drop the pages and drafts it holds. It does
// not touch the browser's history, and nothing here says so.
func clearScreen(e *core.RequestEvent) {
	e.Response.Header().Set("Clear-Site-Data", `"cache", "storage"`)
}

// stay answers "I am still here": that it was asked is enough.
func (d *Desk) stay(e *core.RequestEvent) error {
	if web.Current(e) == nil {
		if isScript(e) {
			return e.NoContent(http.StatusUnauthorized)
		}
		return web.SeeOther(e, "/sign-in")
	}
	if isScript(e) {
		return e.NoContent(http.StatusNoContent)
	}
	form, err := web.Form(e)
	if err != nil {
		return err
	}
	return web.SeeOther(e, web.LocalOr(form.Get("back"), "/"))
}

// isScript reports whether a script asks: a browser that goes somewhere says
// that it takes HTML.
func isScript(e *core.RequestEvent) bool {
	return web.IsFragment(e) || !strings.Contains(e.Request.Header.Get("Accept"), "text/html")
}
