package signin

import (
	"net/http"

	"alongside/hooks/web"

	"github.com/pocketbase/pocketbase/core"
)

// The session's cookie. Over TLS its name binds it to this host and to TLS;
// browsers do not store such a one on plain HTTP, which only loopback uses.
const (
	secureCookie = "__Host-session"
	plainCookie  = "session"
)

// keptByBrowser is how long a browser keeps the cookie of somebody's own
// device: the longest that browsers allow. When it ends the server decides.
const keptByBrowser = 400 * 24 * 60 * 60

func setCookie(e *core.RequestEvent, token string, ownDevice bool) {
	cookie := bareCookie(e)
	cookie.Value = token
	if ownDevice {
		cookie.MaxAge = keptByBrowser
	}
	e.SetCookie(cookie)
}

func clearCookie(e *core.RequestEvent) {
	cookie := bareCookie(e)
	cookie.MaxAge = -1
	e.SetCookie(cookie)
}

func bareCookie(e *core.RequestEvent) *http.Cookie {
	secure := web.IsSecure(e)
	return &http.Cookie{
		Name:     cookieName(secure),
		Path:     "/",
		Secure:   secure,
		HttpOnly: true,
		SameSite: http.SameSiteLaxMode,
	}
}

func cookieName(secure bool) string {
	if secure {
		return secureCookie
	}
	return plainCookie
}

// cookieToken is the token that a request brings, "" for none.
func cookieToken(e *core.RequestEvent) string {
	cookie, err := e.Request.Cookie(cookieName(web.IsSecure(e)))
	if err != nil {
		return ""
	}
	return cookie.Value
}
