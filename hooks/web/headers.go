package web

import (
	"net/http"
	"strings"

	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/hook"
	"github.com/pocketbase/pocketbase/tools/router"
)

// contentPolicy lets a page load what this host serves as files, and nothing
// else: no inline script or style, no frame, no other host.
const contentPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; " +
	"media-src 'self'; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'"

// pagePriority is outside PocketBase's own body limit, rate limit and panic
// recovery, so that what they refuse is a page too.
const pagePriority = apis.DefaultCorsMiddlewarePriority - 4

// Pages is the group whose routes are pages: their errors are pages, their
// headers ours, and what goes well is not logged.
func Pages(r *router.Router[*core.RequestEvent]) *router.RouterGroup[*core.RequestEvent] {
	group := r.Group("")
	group.Bind(
		&hook.Handler[*core.RequestEvent]{Id: "pages", Priority: pagePriority, Func: errorsAsPages},
		&hook.Handler[*core.RequestEvent]{Id: "pageHeaders", Priority: pagePriority + 1, Func: pageHeaders},
		apis.SkipSuccessActivityLog(),
		apis.BodyLimit(maxFormBytes),
	)
	return group
}

// pageHeaders sets what holds for every page. Nothing personal is ever kept by
// a browser or a proxy; routes for files set their own cache header.
func pageHeaders(e *core.RequestEvent) error {
	h := e.Response.Header()
	h.Set("Content-Security-Policy", contentPolicy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "same-origin") // no-referrer would post with "Origin: null"
	h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=(self)")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Cache-Control", "no-store")
	h.Add("Vary", "HX-Request")
	h.Add("Vary", "Accept-Language")
	return e.Next()
}

// ErrorPage is what a person sees when something did not work.
type ErrorPage struct {
	Base
	Status int
	Key    string // of the fault
}

// errorsAsPages turns what a handler, or anything between, returned into a
// page. The error still goes on to the activity log.
func errorsAsPages(e *core.RequestEvent) error {
	err := e.Next()
	if err == nil || e.Written() {
		return err
	}
	fault := faultOf(err)
	if fault.Status >= http.StatusInternalServerError {
		e.App.Logger().Error("page", "path", e.Request.URL.Path, "error", err)
	}
	page := &ErrorPage{Status: fault.Status, Key: fault.Key}
	if shown := Show(e, fault.Status, "web/error", page); shown != nil {
		return err
	}
	return nil
}

// isLocal reports whether an address is a path on this site, so that a sign-in
// can send people back without ever sending them elsewhere.
func isLocal(path string) bool {
	return strings.HasPrefix(path, "/") && !strings.HasPrefix(path, "//") && !strings.HasPrefix(path, "/\\")
}
