package signin

import (
	"net/http"
	"strings"

	"alongside/hooks/web"

	"github.com/pocketbase/pocketbase/core"
)

// leave takes somebody off this site at once. On a shared computer it ends the
// session first; on their own phone they would only have to sign in again. It
// is a GET, because a post may not be answered with another site's address.
func (d *Desk) leave(e *core.RequestEvent) error {
	if isPrefetch(e.Request) {
		return e.NoContent(http.StatusForbidden)
	}
	if v := web.Current(e); v != nil && !v.OwnDevice {
		if err := d.endOf(e, whyLeft); err != nil {
			return err
		}
		clearCookie(e)
		clearScreen(e)
	}
	return web.SeeOther(e, web.SiteOf(e).LeaveTarget)
}

// isPrefetch reports whether a browser only wants to have the page ready.
func isPrefetch(r *http.Request) bool {
	purpose := r.Header.Get("Sec-Purpose") + r.Header.Get("Purpose") + r.Header.Get("X-Moz")
	return strings.Contains(purpose, "prefetch") || strings.Contains(purpose, "prerender")
}
