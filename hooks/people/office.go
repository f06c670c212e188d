package people

import (
	"context"
	"time"

	"alongside/hooks/audit"
	"alongside/hooks/notify"
	"alongside/hooks/web"

	"github.com/pocketbase/pocketbase/core"
)

// An Office is where managers do their work: the pages below /manage. One serves
// the whole house.
type Office struct {
	app   core.App
	audit *audit.Log
	post  *notify.Post
	now   func() time.Time

	concerns func(context.Context, *web.Viewer) (ConcernCounts, error) // nil until it is registered
	wishes   func(context.Context, *web.Viewer) (Waiting, error)       // the same
}

// New opens the office of an app whose migrations have run. now is the clock.
func New(app core.App, log *audit.Log, post *notify.Post, now func() time.Time) *Office {
	return &Office{app: app, audit: log, post: post, now: now}
}
