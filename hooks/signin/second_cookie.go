package signin

import (
	"net/http"

	"alongside/hooks/web"

	"github.com/pocketbase/pocketbase/core"
)

// The cookie of somebody who is asked for their second factor: a random token
// under which this server remembers, for ten minutes and in memory, who they are.
// It opens nothing by itself.

func setSecondCookie(e *core.RequestEvent, token string) {
	cookie := bareSecondCookie(e)
	cookie.Value, cookie.MaxAge = token, int(keepWaiting.Seconds())
	e.SetCookie(cookie)
}

func clearSecondCookie(e *core.RequestEvent) {
	cookie := bareSecondCookie(e)
	cookie.MaxAge = -1
	e.SetCookie(cookie)
}

func bareSecondCookie(e *core.RequestEvent) *http.Cookie {
	cookie := bareCookie(e)
	cookie.Name = secondCookieName(e)
	return cookie
}

func secondCookieName(e *core.RequestEvent) string {
	if web.IsSecure(e) {
		return "__Host-second"
	}
	return "second"
}

func secondToken(e *core.RequestEvent) string {
	cookie, err := e.Request.Cookie(secondCookieName(e))
	if err != nil {
		return ""
	}
	return cookie.Value
}

// askedOf is whom this browser stands for.
func (d *Desk) askedOf(e *core.RequestEvent) (asked, bool) {
	a, _, ok := d.second.asked.get(secondToken(e), d.now())
	return a, ok
}
