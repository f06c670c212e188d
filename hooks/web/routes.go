package web

import (
	"net/http"

	"alongside/templates"

	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/router"
)

// SessionID is the id of the session middleware of package signin: routes that
// are the same for everybody unbind it and cost no statement.
const SessionID = "session"

// Routes binds what belongs to no room. all is the router itself, pages its
// group of pages.
func Routes(all *router.Router[*core.RequestEvent], pages Pages) {
	pages.GET("/help", Anyone, showHelp)

	pages.GET("/healthz", Anyone, checkHealth).Unbind(SessionID)
	pages.GET("/assets/{path...}", Anyone, apis.WrapStdHandler(templates.Assets())).Unbind(SessionID, apis.DefaultGzipMiddlewareId) // they are compressed once, at start

	// What nobody answers, wrong methods too. PocketBase's own addresses keep
	// PocketBase's own way of saying so.
	all.Any("/api/", notFound)
	all.Any("/_/", notFound)
	pages.group.Any("/", notFound)
}

func notFound(e *core.RequestEvent) error {
	return ErrNotFound.asAPI(e)
}

// asAPI is a fault that PocketBase's clients read too.
func (f *Fault) asAPI(e *core.RequestEvent) error {
	return e.Error(f.Status, http.StatusText(f.Status), f)
}
