package hooktest

import (
	"os"
	"path/filepath"
	"testing"

	"alongside/hooks"

	"github.com/pocketbase/pocketbase/core"
)

// AfterPowerCut starts the house again on what is in the data folder and its
// key file at this moment, as if the machine had stopped: nothing was closed.
func (s *Site) AfterPowerCut(t testing.TB, change ...func(*Setup)) *Site {
	t.Helper()
	site := &Site{Clock: s.Clock, Dir: filepath.Join(t.TempDir(), "data")}
	if err := os.CopyFS(site.Dir, os.DirFS(s.Dir)); err != nil {
		t.Fatal(err)
	}
	if keys, err := os.ReadFile(s.Dir + ".keys"); err == nil {
		if err := os.WriteFile(site.Dir+".keys", keys, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	site.open(t, change)
	return site
}

// open runs the house on the site's data folder until the test ends.
func (s *Site) open(t testing.TB, change []func(*Setup)) {
	t.Helper()
	app := core.NewBaseApp(core.BaseAppConfig{DataDir: s.Dir, DataMaxOpenConns: 8, DBConnect: hooks.Connect})
	if err := app.Bootstrap(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { terminate(t, app) })
	s.App = app
	s.serve(t, setUp(s, change))
}
