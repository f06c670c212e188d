package signin

import (
	"fmt"
	"strings"
	"time"

	"alongside/hooks/web"

	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/hook"
)

// Session is the middleware that knows people: for pages as the Viewer, for
// PocketBase's REST API and realtime as e.Auth. It stands before PocketBase
// reads a token of its own, so that rate limits and the log see who it is.
func (d *Desk) Session() *hook.Handler[*core.RequestEvent] {
	return &hook.Handler[*core.RequestEvent]{
		Id:       web.SessionID,
		Priority: apis.DefaultLoadAuthTokenMiddlewarePriority - 1,
		Func:     d.readSession,
	}
}

func (d *Desk) readSession(e *core.RequestEvent) error {
	token := cookieToken(e)
	if token == "" || !usesSession(e) {
		return e.Next()
	}
	if err := web.RefuseCrossSite(e); err != nil {
		return e.ForbiddenError("", err)
	}
	now := d.now()
	f, err := d.lookUp(e.Request.Context(), token, now)
	if err != nil {
		return err
	}
	if f == nil {
		return e.Next()
	}
	web.SetSettingsStamp(e, f.stamp)
	switch stands(f.ended, d.seen.expires(f.session, f.expires), now) {
	case holds:
		return d.letIn(e, f, now)
	case timedOut:
		return d.tooLate(e, f)
	default:
		return e.Next()
	}
}

// usesSession leaves out the dashboard, which has a sign-in of its own, and
// whoever brings PocketBase a token: an explicit one wins there.
func usesSession(e *core.RequestEvent) bool {
	path := e.Request.URL.Path
	if strings.HasPrefix(path, "/_/") {
		return false
	}
	return !isAPI(e) || e.Request.Header.Get("Authorization") == ""
}

func isAPI(e *core.RequestEvent) bool { return strings.HasPrefix(e.Request.URL.Path, "/api/") }

// letIn carries on with somebody known.
func (d *Desk) letIn(e *core.RequestEvent, f *found, now time.Time) error {
	idleEnd := d.seen.expires(f.session, f.expires)
	if !web.IsByItself(e) {
		idleEnd = d.seen.touch(f.session, now, idle(f.ownDevice))
	}
	viewer := d.viewer(f, idleEnd)
	web.SetCurrent(e, viewer)
	e.Set(visitKey, &visit{desk: d, found: f})
	if viewer.Owes {
		return leadToSecond(e)
	}
	if isAPI(e) {
		user, err := e.App.FindRecordById("users", f.user)
		if err != nil {
			return fmt.Errorf("session %s: read person: %w", f.session, err)
		}
		e.Auth = user
	}
	return e.Next()
}

const visitKey = "signin.visit"

// A visit is one request of somebody known.
type visit struct {
	desk  *Desk
	found *found
}

func visitOf(e *core.RequestEvent) *visit {
	v, _ := e.Get(visitKey).(*visit)
	return v
}
