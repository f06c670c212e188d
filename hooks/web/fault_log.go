package web

import (
	"errors"
	"net/http"

	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/hook"
	"github.com/pocketbase/pocketbase/tools/router"
)

// LogFaults takes the place of PocketBase's log of requests, which writes down
// every refusal as an error, with the browser and the page that somebody came
// from. This one holds what went wrong on our side, and nothing of who asked:
// whatever the dashboard's settings say, there is no more to be logged.
func LogFaults() *hook.Handler[*core.RequestEvent] {
	return &hook.Handler[*core.RequestEvent]{
		Id:       apis.DefaultActivityLoggerMiddlewareId,
		Priority: apis.DefaultActivityLoggerMiddlewarePriority,
		Func: func(e *core.RequestEvent) error {
			err := e.Next()
			if err != nil && !isGone(e) && faultOf(err).Status >= http.StatusInternalServerError {
				e.App.Logger().Error("request", "method", e.Request.Method, "path", e.Request.URL.Path, "error", inside(err))
			}
			return err
		},
	}
}

// isGone reports whether the browser hung up: what could not be sent to it is
// nobody's fault.
func isGone(e *core.RequestEvent) bool { return e.Request.Context().Err() != nil }

// inside is the cause that PocketBase keeps out of an answer, such as a panic
// and where it was.
func inside(err error) any {
	var theirs *router.ApiError
	if errors.As(err, &theirs) && theirs.RawData() != nil {
		return theirs.RawData()
	}
	return err
}
