package audit

import (
	"net/http"
	"strings"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/hook"
)

// Superusers is the middleware that records what superusers do beside rows:
// collections, settings, the SQL console, backups, and listening to changes.
func (l *Log) Superusers() *hook.Handler[*core.RequestEvent] {
	return &hook.Handler[*core.RequestEvent]{
		Id: "recordSuperusers",
		Func: func(e *core.RequestEvent) error {
			if err := l.superuserAt(e); err != nil {
				return err
			}
			return e.Next()
		},
	}
}

func (l *Log) superuserAt(e *core.RequestEvent) error {
	pattern := e.Request.Pattern
	switch {
	case !strings.Contains(pattern, "/api/"):
		return nil
	case pattern == "GET /api/backups/{key}":
		return l.backupTaken(e)
	case !e.HasSuperuserAuth() || e.Request.Method == http.MethodGet || e.Request.Method == http.MethodHead:
		return nil
	case strings.Contains(pattern, "/records"), strings.HasSuffix(pattern, "/auth-refresh"), strings.HasSuffix(pattern, "/api/files/token"):
		return nil // rows have hooks of their own
	case strings.HasSuffix(pattern, "/api/realtime"):
		l.NoteOnce(Act{Kind: SuperuserView, Actor: e.Auth.Id, Detail: pattern})
		return nil
	}
	return l.Record(e.App, Act{Kind: SuperuserChange, Actor: e.Auth.Id, Item: collectionAt(e), Detail: pattern})
}

// backupTaken knows the superuser by the token in the address, as PocketBase
// does.
func (l *Log) backupTaken(e *core.RequestEvent) error {
	who, err := e.App.FindAuthRecordByToken(e.Request.URL.Query().Get("token"), core.TokenTypeFile)
	if err != nil || !who.IsSuperuser() {
		return nil // PocketBase refuses it
	}
	return l.Record(e.App, Act{Kind: SuperuserView, Actor: who.Id, Detail: e.Request.Pattern})
}

// collectionAt is the collection that an address names, where there is one.
func collectionAt(e *core.RequestEvent) string {
	named := e.Request.PathValue("collection")
	if named == "" {
		return ""
	}
	collection, err := e.App.FindCachedCollectionByNameOrId(named)
	if err != nil {
		return ""
	}
	return collection.Name
}
