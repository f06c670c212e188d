package web

import (
	"mime"
	"net/http"
	"net/url"

	"github.com/pocketbase/pocketbase/core"
)

// LateForms keep what somebody sent after they were signed out, until they have
// signed in again.
type LateForms interface {
	// Keep answers such a form of whoever sent it, while nobody is signed in.
	Keep(e *core.RequestEvent) error
	// Kept is the form that waits for the viewer at the address of a request.
	Kept(e *core.RequestEvent) (url.Values, bool)
	// Drop forgets it, now that it is done.
	Drop(e *core.RequestEvent) error
}

// KeepLate registers who keeps late forms. It comes after Lay.
func KeepLate(app core.App, forms LateForms) {
	app.Store().Get(groundKey).(*ground).late = forms
}

// MayKeep reports whether a request is a form that may be kept, by the door that
// it came to and by what it brings: a file is never kept.
func MayKeep(e *core.RequestEvent) bool {
	if e.Request.Method != http.MethodPost {
		return false
	}
	kind, _, _ := mime.ParseMediaType(e.Request.Header.Get("Content-Type"))
	door := formAt(e)
	return door != nil && door.Late != LateNotDone && kind == "application/x-www-form-urlencoded"
}

// tooLate answers a guest at a door that is not for guests.
func tooLate(e *core.RequestEvent) error {
	if MayKeep(e) {
		return groundOf(e).late.Keep(e)
	}
	return AskToSignIn(e)
}

// waiting is what the house has to put back into the form of a page that was asked
// for; nil for nothing.
func waiting(e *core.RequestEvent) url.Values {
	if door := formAt(e); e.Request.Method != http.MethodGet || door == nil || door.Late != LateRefilled {
		return nil
	}
	form, _ := groundOf(e).late.Kept(e)
	return form
}

// forget drops what waited for a form that is done now: it leads on. Where it came
// back to be put right, it waits on.
func forget(e *core.RequestEvent) error {
	if e.Request.Method != http.MethodPost || e.Response.Header().Get("Location") == "" {
		return nil
	}
	if door := formAt(e); door == nil || door.Late != LateRefilled {
		return nil
	}
	if err := groundOf(e).late.Drop(e); err != nil {
		e.App.Logger().Warn("drop a kept form", "error", err) // it is done; the copy ages out by itself
	}
	return nil
}
