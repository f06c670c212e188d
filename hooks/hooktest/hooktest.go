// Package hooktest starts the real house for tests: every room, a real
// database, real HTTP on loopback, and browsers with cookies. Only the cost of
// passwords is lower, the clock stands still until a test moves it, and slow
// answers do not wait.
//
// It imports package hooks, so tests of a room that use it are in the room's
// external test package: `package signin_test`.
package hooktest

import (
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"alongside/hooks"
	"alongside/hooks/web"

	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"
)

// A Site is one running house with a data folder of its own.
type Site struct {
	App   core.App
	House *hooks.House
	URL   string
	Clock *Clock
	Dir   string // its data folder
}

// A Setup is what a test may change before the house starts.
type Setup struct {
	*hooks.Options
	Before func(core.App)        // once the data folder is open
	Routes func(pages web.Pages) // pages of the test's own
}

// Start runs the house until the test ends.
func Start(t testing.TB, change ...func(*Setup)) *Site {
	t.Helper()
	site := &Site{Clock: NewClock(), Dir: filepath.Join(t.TempDir(), "data")}
	fillDataFolder(t, site.Dir)
	site.open(t, change)
	return site
}

func setUp(site *Site, change []func(*Setup)) *Setup {
	setup := &Setup{
		Options: &hooks.Options{Now: site.Clock.Now, Pause: func(context.Context, time.Duration) {}},
		Before:  func(core.App) {},
		Routes:  func(web.Pages) {},
	}
	for _, f := range change {
		f(setup)
	}
	return setup
}

// serve does what PocketBase's serve command does, on a listener of its own.
func (s *Site) serve(t testing.TB, setup *Setup) {
	t.Helper()
	setup.Before(s.App)
	house, err := hooks.Open(s.App, setup.Options)
	if err != nil {
		t.Fatal(err)
	}
	s.House = house
	if err := house.Replay(setup.Options); err != nil {
		t.Fatal(err)
	}
	all, err := apis.NewRouter(s.App)
	if err != nil {
		t.Fatal(err)
	}
	all.Bind(apis.CORS(apis.CORSConfig{AllowOrigins: []string{"*"}}))
	event := &core.ServeEvent{App: s.App, Router: all, Server: &http.Server{}}
	house.Serve(event, setup.Options)
	setup.Routes(web.NewPages(all))
	err = s.App.OnServe().Trigger(event, func(e *core.ServeEvent) error {
		mux, err := e.Router.BuildMux()
		if err != nil {
			return err
		}
		server := httptest.NewServer(mux)
		t.Cleanup(server.Close)
		s.URL = server.URL
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func terminate(t testing.TB, app core.App) {
	event := &core.TerminateEvent{App: app}
	err := app.OnTerminate().Trigger(event, func(e *core.TerminateEvent) error { return e.App.ResetBootstrapState() })
	if err != nil {
		t.Error(err)
	}
}

// fillDataFolder writes a data folder whose migrations have run. They run once
// for all tests of a package.
func fillDataFolder(t testing.TB, folder string) {
	t.Helper()
	files, err := migrated()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	for name, data := range files {
		if err := os.WriteFile(filepath.Join(folder, name), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

var migrated = sync.OnceValues(func() (map[string][]byte, error) {
	folder, err := os.MkdirTemp("", "alongside-test-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(folder)
	app := core.NewBaseApp(core.BaseAppConfig{DataDir: folder})
	if err := migrate(app); err != nil {
		return nil, err
	}
	if err := app.ResetBootstrapState(); err != nil { // the last connection empties the write-ahead log
		return nil, err
	}
	files := map[string][]byte{}
	for _, name := range []string{"data.db", "auxiliary.db"} {
		if files[name], err = os.ReadFile(filepath.Join(folder, name)); err != nil {
			return nil, err
		}
	}
	return files, nil
})

func migrate(app core.App) error {
	if err := app.Bootstrap(); err != nil {
		return err
	}
	if err := app.RunAllMigrations(); err != nil {
		return err
	}
	for _, name := range []string{"users", core.CollectionNameSuperusers} {
		if err := cheapen(app, name); err != nil {
			return err
		}
	}
	return nil
}

// cheapen lets the passwords of a collection be hashed in a millisecond.
func cheapen(app core.App, name string) error {
	collection, err := app.FindCollectionByNameOrId(name)
	if err != nil {
		return err
	}
	collection.Fields.GetByName("password").(*core.PasswordField).Cost = 4
	return app.Save(collection)
}
