package web

import (
	"net/http"
	"net/url"

	"github.com/pocketbase/pocketbase/core"
)

// AskToSignIn sends the browser to the sign-in page, and after it to where it
// was: the page itself, or for a post the page that has its address.
func AskToSignIn(e *core.RequestEvent) error {
	back := e.Request.URL.Path
	if e.Request.Method == http.MethodGet && e.Request.URL.RawQuery != "" && !IsFragment(e) {
		back += "?" + e.Request.URL.RawQuery
	}
	return GoTo(e, "/sign-in?back="+url.QueryEscape(back))
}

// GoTo sends the whole browser on, also where only a fragment was asked for.
func GoTo(e *core.RequestEvent, address string) error {
	if IsFragment(e) {
		e.Response.Header().Set("HX-Redirect", address)
		return e.NoContent(http.StatusOK)
	}
	return SeeOther(e, address)
}
