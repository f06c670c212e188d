package hooks_test

import (
	"slices"
	"testing"

	"alongside/hooks"
	"alongside/hooks/hooktest"

	"github.com/pocketbase/dbx"
)

func pragma(t *testing.T, db dbx.Builder, name string) (value string) {
	t.Helper()
	if err := db.NewQuery("PRAGMA " + name).Row(&value); err != nil {
		t.Fatal(err)
	}
	return value
}

func TestWhatIsAcknowledgedIsStoredAndWhatIsErasedIsOverwritten(t *testing.T) {
	site := hooktest.Start(t)
	for _, db := range []dbx.Builder{site.App.NonconcurrentDB(), site.App.ConcurrentDB()} {
		for name, want := range map[string]string{"synchronous": "2", "secure_delete": "1", "journal_mode": "wal", "foreign_keys": "1"} {
			if got := pragma(t, db, name); got != want {
				t.Errorf("%s is %s, want %s", name, got, want)
			}
		}
	}
	if got := pragma(t, site.App.AuxNonconcurrentDB(), "synchronous"); got != "1" {
		t.Errorf("the log waits for the disk: synchronous is %s", got)
	}
}

func TestNoNightlyJobEmptiesTheWriteAheadLog(t *testing.T) {
	app := hooks.NewApp([]string{"serve", "--dir", t.TempDir()})
	hooks.Register(app, hooks.DefaultOptions())
	var jobs []string
	for _, job := range app.Cron().Jobs() {
		jobs = append(jobs, job.Id())
	}
	if slices.Contains(jobs, "__pbDBOptimize__") || !slices.Contains(jobs, "optimize") {
		t.Errorf("jobs: %v", jobs)
	}
}
