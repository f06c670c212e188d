package signin

import (
	"slices"
	"strings"

	"alongside/hooks/web"

	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/hook"
)

// restPrefix is what PocketBase's addresses of one collection begin with.
const restPrefix = "/api/collections/{collection}/"

// closedActions are PocketBase's own ways to sign in, to change a password or
// to become somebody else. For `users` none of them is there: only our pages
// let people in, and only their session says who they are.
var closedActions = []string{
	"auth-methods", "auth-refresh", "auth-with-password", "auth-with-oauth2", "auth-with-otp",
	"request-otp", "request-password-reset", "confirm-password-reset",
	"request-verification", "confirm-verification", "request-email-change", "confirm-email-change",
	"impersonate",
}

// CloseREST is the middleware that answers 404 for them, superusers included.
func CloseREST() *hook.Handler[*core.RequestEvent] {
	return &hook.Handler[*core.RequestEvent]{
		Id:       "closeREST",
		Priority: apis.DefaultLoadAuthTokenMiddlewarePriority - 3,
		Func: func(e *core.RequestEvent) error {
			if isClosed(e) {
				return e.NotFoundError("", nil)
			}
			return e.Next()
		},
	}
}

func isClosed(e *core.RequestEvent) bool {
	_, action, ok := strings.Cut(e.Request.Pattern, restPrefix)
	if !ok {
		return false
	}
	action, _, _ = strings.Cut(action, "/")
	if !slices.Contains(closedActions, action) {
		return false
	}
	collection, err := e.App.FindCachedCollectionByNameOrId(e.Request.PathValue("collection"))
	return err == nil && collection.Name == "users"
}

// GuardRecords closes PocketBase's own collections about how somebody signs in.
// Their rules cannot be changed, and let people list what is theirs: nothing ever
// is, because that way in is closed.
func (d *Desk) GuardRecords() {
	closed := []string{core.CollectionNameAuthOrigins, core.CollectionNameExternalAuths, core.CollectionNameMFAs, core.CollectionNameOTPs}
	d.app.OnRecordsListRequest(closed...).BindFunc(func(e *core.RecordsListRequestEvent) error {
		if !e.HasSuperuserAuth() {
			return e.ForbiddenError("", nil)
		}
		return e.Next()
	})
	ofOne := func(e *core.RecordRequestEvent) error {
		if !e.HasSuperuserAuth() {
			return e.NotFoundError("", nil)
		}
		return e.Next()
	}
	d.app.OnRecordViewRequest(closed...).BindFunc(ofOne)
	d.app.OnRecordDeleteRequest(closed...).BindFunc(ofOne)
}

// GuardRealtime lets nobody but superusers listen until a room opens a topic of
// its own, and asks again before each message whether the listener is still
// signed in.
func (d *Desk) GuardRealtime() {
	d.app.OnRealtimeSubscribeRequest().BindFunc(func(e *core.RealtimeSubscribeRequestEvent) error {
		if len(e.Subscriptions) > 0 && !e.HasSuperuserAuth() {
			return e.ForbiddenError("", nil)
		}
		return e.Next()
	})
	d.app.OnRealtimeMessageSend().BindFunc(func(e *core.RealtimeMessageEvent) error {
		if web.Current(e.RequestEvent) == nil {
			return e.Next()
		}
		if err := d.stillHere(e.RequestEvent); err != nil {
			return err
		}
		return e.Next()
	})
}

// stillHere returns an error once the session of a long request is over, or owes
// a second factor.
func (d *Desk) stillHere(e *core.RequestEvent) error {
	now := d.now()
	f, err := d.lookUp(e.Request.Context(), cookieToken(e), now)
	if err != nil {
		return err
	}
	if f == nil || stands(f.ended, d.seen.expires(f.session, f.expires), now) != holds || d.viewer(f, now).Owes {
		return web.ErrForbidden
	}
	return nil
}
