package web

import (
	"net/http"

	"alongside/templates"

	"github.com/pocketbase/pocketbase/core"
)

const (
	languageCookie = "lang"
	noticeCookie   = "notice"
)

// Language is the interface language of a request and its direction: what the
// person chose, else what this browser was told, else what it asks for.
func Language(e *core.RequestEvent) (tag, dir string) {
	wanted := make([]string, 0, 3)
	if v := Current(e); v != nil && v.Language != "" {
		if dir, ok := templates.Speaks(v.Language); ok {
			return v.Language, dir // every page asks several times: nothing is parsed for it
		}
		wanted = append(wanted, v.Language)
	}
	if c, err := e.Request.Cookie(languageCookie); err == nil {
		wanted = append(wanted, c.Value)
	}
	return templates.Match(append(wanted, e.Request.Header.Get("Accept-Language"))...)
}

// RememberLanguage tells this browser what a guest reads, until its window is
// closed: on a computer that others use too, nothing of it stays.
func RememberLanguage(e *core.RequestEvent, tag string) {
	e.SetCookie(&http.Cookie{Name: languageCookie, Value: tag, Path: "/", Secure: IsSecure(e), HttpOnly: true, SameSite: http.SameSiteLaxMode})
}

// Notify leaves a notice for the next page that this browser shows. The key is
// a locale key under "notice." and says nothing private.
func Notify(e *core.RequestEvent, key string) {
	e.SetCookie(&http.Cookie{Name: noticeCookie, Value: key, Path: "/", MaxAge: 60, Secure: IsSecure(e), HttpOnly: true, SameSite: http.SameSiteLaxMode})
}

func takeNotice(e *core.RequestEvent) string {
	c, err := e.Request.Cookie(noticeCookie)
	if err != nil || !templates.Has("notice."+c.Value) {
		return ""
	}
	e.SetCookie(&http.Cookie{Name: noticeCookie, Path: "/", MaxAge: -1, Secure: IsSecure(e), HttpOnly: true, SameSite: http.SameSiteLaxMode})
	return c.Value
}
