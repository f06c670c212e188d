package web

import (
	"errors"
	"io"
	"net/http"

	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/hook"
	"github.com/pocketbase/pocketbase/tools/router"
)

// contentPolicy lets a page load what this host serves as files, and nothing
// else: no inline script or style, no frame, no other host. recordingPolicy lets a
// page also play what it has just recorded itself, framingPolicy lets it hold a
// frame with a page of this host, and framedPolicy lets it be that page.
const (
	contentPolicy   = policyBegins + policyEnds + framedByNone
	recordingPolicy = policyBegins + " blob:" + policyEnds + framedByNone
	framingPolicy   = policyBegins + policyEnds + framedByNone + "; frame-src 'self'"
	framedPolicy    = policyBegins + policyEnds + "; frame-ancestors 'self'"

	policyBegins = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self'"
	policyEnds   = "; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; manifest-src 'self'"
	framedByNone = "; frame-ancestors 'none'"
)

// pagePriority is outside PocketBase's own body limit, rate limit and panic
// recovery, so that what they refuse is a page too.
const pagePriority = apis.DefaultCorsMiddlewarePriority - 4

// NewPages opens the group whose routes are pages: their errors are pages, and
// their headers ours.
func NewPages(r *router.Router[*core.RequestEvent]) Pages {
	group, known := r.Group(""), newDoors()
	group.Bind(
		&hook.Handler[*core.RequestEvent]{Id: "pages", Priority: pagePriority, Func: errorsAsPages},
		&hook.Handler[*core.RequestEvent]{Id: "doors", Priority: pagePriority + 1, Func: known.show},
		&hook.Handler[*core.RequestEvent]{Id: "pageHeaders", Priority: pagePriority + 1, Func: pageHeaders},
		&hook.Handler[*core.RequestEvent]{Id: "crossSite", Priority: crossSitePriority, Func: refuseCrossSite},
		apis.BodyLimit(maxFormBytes),
		apis.GzipWithConfig(apis.GzipConfig{MinLength: minGzipBytes}),
	)
	group.Unbind(
		apis.DefaultCorsMiddlewareId,          // no other site's script reads a page
		apis.DefaultLoadAuthTokenMiddlewareId, // pages know people by the session cookie only
	)
	return Pages{group: group, doors: known}
}

// minGzipBytes is where sending less is worth the work: one packet holds as much.
const minGzipBytes = 1400

// crossSitePriority is before the session is read, and inside the log.
const crossSitePriority = apis.DefaultLoadAuthTokenMiddlewarePriority - 2

// refuseCrossSite holds for guests too: a sign-in that another site posts would
// make somebody write under a name that is not theirs. The page that says so
// does not know who reads it, and has no way in or out on it.
func refuseCrossSite(e *core.RequestEvent) error {
	if err := RefuseCrossSite(e); err != nil {
		return err
	}
	return e.Next()
}

// fixedHeaders hold for every page, and are the same slices for all of them:
// nobody changes one in place. Nothing personal is ever kept by a browser or a
// proxy; routes for files set their own cache header.
var fixedHeaders = []struct {
	name  string // in canonical form
	value []string
}{
	{"Content-Security-Policy", []string{contentPolicy}},
	{"X-Content-Type-Options", []string{"nosniff"}},
	{"Referrer-Policy", []string{"same-origin"}}, // no-referrer would post with "Origin: null"
	{"Permissions-Policy", []string{"camera=(), geolocation=(), microphone=()"}},
	{"Cross-Origin-Opener-Policy", []string{"same-origin"}},
	{"Cross-Origin-Resource-Policy", []string{"same-origin"}},
	{"Cache-Control", []string{"no-store"}},
	{"Vary", []string{"HX-Request", "Accept-Language"}},
}

func pageHeaders(e *core.RequestEvent) error {
	h := e.Response.Header()
	for _, header := range fixedHeaders {
		h[header.name] = header.value
	}
	if IsSecure(e) {
		h.Set("Strict-Transport-Security", "max-age=31536000")
	}
	return e.Next()
}

// LetRecord lets the page of a request use the microphone, once the browser has
// asked, and play what it recorded before it is sent. No other page may.
func LetRecord(e *core.RequestEvent) {
	h := e.Response.Header()
	h.Set("Content-Security-Policy", recordingPolicy)
	h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=(self)")
}

// LetFrame lets the page of a request hold a frame with a page of this host, which
// must say LetBeFramed itself.
func LetFrame(e *core.RequestEvent) {
	e.Response.Header().Set("Content-Security-Policy", framingPolicy)
}

// LetBeFramed lets a page of this host hold the page of a request in a frame.
func LetBeFramed(e *core.RequestEvent) {
	e.Response.Header().Set("Content-Security-Policy", framedPolicy)
}

// ErrorPage is what a person sees when something did not work.
type ErrorPage struct {
	Base
	Status int
	Key    string // of the fault
}

// errorsAsPages turns what a handler, or anything between, returned into a
// page. The log has read the error before.
func errorsAsPages(e *core.RequestEvent) error {
	body := e.Request.Body // as it came, without the limit that refused it
	err := e.Next()
	if err == nil || e.Written() {
		return err
	}
	if errors.Is(err, ErrAnothers) {
		return leadOn(e)
	}
	fault := faultOf(err)
	if fault.Status == http.StatusRequestEntityTooLarge {
		drain(body)
	}
	page := &ErrorPage{Status: fault.Status, Key: fault.Key}
	if shown := Show(e, fault.Status, "web/error", page); shown != nil {
		return err
	}
	return nil
}

// maxDrained bounds what is read of a body that is refused.
const maxDrained = 16 << 20

// drain reads on to a bound: a browser that is still sending shows a broken
// connection, and not the page that says what was too much.
func drain(body io.Reader) {
	_, _ = io.CopyN(io.Discard, body, maxDrained)
}
