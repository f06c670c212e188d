package signin

import (
	"net/http"

	"alongside/hooks/web"

	"github.com/pocketbase/pocketbase/core"
)

// A shortCookie keeps what a browser needs for the next ten minutes of getting
// in. It is sent along when somebody comes from their camera, so that the page
// after the link of a card knows which.
type shortCookie string

const (
	cardCookie shortCookie = "card" // the secret of the link that was opened
	pinCookie  shortCookie = "pin"  // under which a first PIN is waited for
)

func (c shortCookie) set(e *core.RequestEvent, value string) {
	cookie := c.bare(e)
	cookie.Value, cookie.MaxAge = value, int(keepWaiting.Seconds())
	e.SetCookie(cookie)
}

func (c shortCookie) clear(e *core.RequestEvent) {
	cookie := c.bare(e)
	cookie.MaxAge = -1
	e.SetCookie(cookie)
}

func (c shortCookie) value(e *core.RequestEvent) string {
	cookie, err := e.Request.Cookie(c.name(e))
	if err != nil {
		return ""
	}
	return cookie.Value
}

func (c shortCookie) bare(e *core.RequestEvent) *http.Cookie {
	cookie := bareCookie(e)
	cookie.Name = c.name(e)
	return cookie
}

func (c shortCookie) name(e *core.RequestEvent) string {
	if web.IsSecure(e) {
		return "__Host-" + string(c)
	}
	return string(c)
}
