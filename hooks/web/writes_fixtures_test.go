package web

import (
	"strings"
	"testing"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	_ "github.com/pocketbase/pocketbase/migrations"
)

// newWritesApp is an app whose data.db runs as the server's does.
func newWritesApp(t testing.TB) core.App {
	t.Helper()
	return openWritesApp(t, t.TempDir())
}

func openWritesApp(t testing.TB, dir string) core.App {
	t.Helper()
	app := core.NewBaseApp(core.BaseAppConfig{DataDir: dir, DataMaxOpenConns: 8, DBConnect: connectFully})
	if err := app.Bootstrap(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { endApp(app) })
	return app
}

// endApp ends an app as PocketBase does when the process is asked to.
func endApp(app core.App) error {
	return app.OnTerminate().Trigger(&core.TerminateEvent{App: app}, func(e *core.TerminateEvent) error {
		return e.App.ResetBootstrapState()
	})
}

func connectFully(path string) (*dbx.DB, error) {
	if !strings.HasSuffix(path, "data.db") {
		return core.DefaultDBConnect(path)
	}
	return dbx.Open("sqlite", path+"?_pragma=busy_timeout(10000)&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)"+
		"&_pragma=foreign_keys(ON)&_pragma=temp_store(MEMORY)&_pragma=cache_size(-32000)&_pragma=secure_delete(ON)")
}

// newNotes is a table like `answers`, with a hook or two of PocketBase's own.
func newNotes(t testing.TB, app core.App) *core.Collection {
	t.Helper()
	if have, err := app.FindCollectionByNameOrId("test_notes"); err == nil {
		return have
	}
	notes := core.NewBaseCollection("test_notes")
	notes.Fields.Add(
		&core.TextField{Name: "owner", Required: true},
		&core.TextField{Name: "activity", Required: true},
		&core.TextField{Name: "text", Max: 5000},
		&core.NumberField{Name: "tries"},
		&core.AutodateField{Name: "created", OnCreate: true},
		&core.AutodateField{Name: "updated", OnCreate: true, OnUpdate: true},
	)
	notes.AddIndex("test_notes_owner_activity", true, "owner, activity", "")
	if err := app.Save(notes); err != nil {
		t.Fatal(err)
	}
	return notes
}

func countNotes(t testing.TB, app core.App) int {
	t.Helper()
	var n int
	if err := app.DB().NewQuery("SELECT COUNT(*) FROM test_notes").Row(&n); err != nil {
		t.Fatal(err)
	}
	return n
}
