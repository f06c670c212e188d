package web

import (
	"net/http"
	"net/url"

	"github.com/pocketbase/pocketbase/core"
)

// AskToSignIn sends the browser to the sign-in page, and after it to where it
// was. A form is not done then, and the page says so.
func AskToSignIn(e *core.RequestEvent) error {
	if e.Request.Method == http.MethodPost {
		return sayNotDone(e)
	}
	back := e.Request.URL.Path
	if e.Request.URL.RawQuery != "" && !IsFragment(e) {
		back += "?" + e.Request.URL.RawQuery
	}
	return AskToSignInFor(e, back)
}

// AskToSignInFor sends the browser to the sign-in page, and after it to a page of
// this site.
func AskToSignInFor(e *core.RequestEvent, back string) error {
	return GoTo(e, "/sign-in?back="+url.QueryEscape(back))
}

// sayNotDone tells whoever sent a form that it was not done, and leads to the page
// that it stood on.
func sayNotDone(e *core.RequestEvent) error {
	drain(e.Request.Body)
	Notify(e, "post-not-done")
	return AskToSignInFor(e, pageOf(e))
}

// GoTo sends the whole browser on, also where only a fragment was asked for.
func GoTo(e *core.RequestEvent, address string) error {
	if IsFragment(e) {
		e.Response.Header().Set("HX-Redirect", address)
		return e.NoContent(http.StatusOK)
	}
	return SeeOther(e, address)
}
