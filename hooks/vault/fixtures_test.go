package vault

import (
	"errors"
	"os"
	"path/filepath"
	"sync"
	"testing"

	_ "alongside/pb_migrations"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// A house is a data folder and a key file, which may be opened several times,
// as by a restart or by a command beside the server.
type house struct {
	data string
	keys string
}

func newHouse(t testing.TB) house {
	t.Helper()
	dir := t.TempDir()
	h := house{data: filepath.Join(dir, "data"), keys: filepath.Join(dir, "data.keys")}
	pristine, err := migrated()
	if err == nil {
		err = os.CopyFS(h.data, os.DirFS(pristine))
	}
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// migrated is a data folder whose migrations have run, made once and copied:
// they take a second under the race detector.
var migrated = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "alongside-vault-")
	if err != nil {
		return "", err
	}
	app := core.NewBaseApp(core.BaseAppConfig{DataDir: dir})
	if err := app.Bootstrap(); err != nil {
		return "", err
	}
	return dir, errors.Join(app.RunAllMigrations(), app.ResetBootstrapState())
})

func (h house) app(t testing.TB) core.App {
	t.Helper()
	app := core.NewBaseApp(core.BaseAppConfig{DataDir: h.data, DataMaxOpenConns: 8})
	if err := app.Bootstrap(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { app.ResetBootstrapState() })
	return app
}

// open is a start: an app of its own, and the vault.
func (h house) open(t testing.TB) *Vault {
	t.Helper()
	v, err := New(h.app(t), h.keys)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func mustSeal(t testing.TB, v *Vault, owner string, place Place, text string) string {
	t.Helper()
	sealed, err := v.Seal(v.app, owner, place, []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return sealed
}

func mustOpen(t testing.TB, v *Vault, owner string, place Place, sealed, want string) {
	t.Helper()
	text, err := v.Open(v.app, owner, place, sealed)
	if err != nil {
		t.Fatal(err)
	}
	if string(text) != want {
		t.Fatalf("opened %q, want %q", text, want)
	}
}

func mustRead(t testing.TB, file string) string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func mustWrite(t testing.TB, file, text string) {
	t.Helper()
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func execSQL(t testing.TB, app core.App, sql string, params dbx.Params) {
	t.Helper()
	if _, err := app.DB().NewQuery(sql).Bind(params).Execute(); err != nil {
		t.Fatal(err)
	}
}

// rows is every key as the database has it, to see that nothing changed.
func rows(t testing.TB, app core.App) []keyRow {
	t.Helper()
	var all []keyRow
	if err := app.DB().NewQuery("SELECT id, owner, wrapped, master FROM keys ORDER BY id").All(&all); err != nil {
		t.Fatal(err)
	}
	return all
}

var (
	alice     = "alice0000000001"
	bob       = "bob000000000001"
	morning   = Place{Collection: "reflections", Row: "row000000000001", Visibility: "only me"}
	evening   = Place{Collection: "reflections", Row: "row000000000002", Visibility: "only me"}
	inMorning = "nobody listened, and then somebody did"
)
