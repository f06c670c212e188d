package audit

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"alongside/hooks/vault"
	_ "alongside/pb_migrations"

	"github.com/pocketbase/pocketbase/core"
)

// A house is a data folder and its key file, which may be opened several times,
// as by a restart or by a command beside the server.
type house struct{ data, keys string }

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

// migrated is a data folder whose migrations have run, made once and copied.
var migrated = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "alongside-audit-")
	if err != nil {
		return "", err
	}
	app := core.NewBaseApp(core.BaseAppConfig{DataDir: dir})
	if err := app.Bootstrap(); err != nil {
		return "", err
	}
	return dir, errors.Join(app.RunAllMigrations(), app.ResetBootstrapState())
})

// open is a start, with the clock of the machine.
func (h house) open(t testing.TB) *Log {
	t.Helper()
	return h.openAt(t, time.Now)
}

func (h house) openAt(t testing.TB, now func() time.Time) *Log {
	t.Helper()
	app := core.NewBaseApp(core.BaseAppConfig{DataDir: h.data, DataMaxOpenConns: 4})
	if err := app.Bootstrap(); err != nil {
		t.Fatal(err)
	}
	v, err := vault.New(app, h.keys)
	if err != nil {
		t.Fatal(err)
	}
	l := New(app, v, now)
	t.Cleanup(func() { l.stop() })
	return l
}

// stop is the end of a server or a command.
func (l *Log) stop() {
	_ = l.app.OnTerminate().Trigger(&core.TerminateEvent{App: l.app}, func(e *core.TerminateEvent) error {
		return e.App.ResetBootstrapState()
	})
}

func (h house) head() string { return h.keys + ".head" }

// written is a log with some rows, each with something in every column.
func (h house) written(t testing.TB, rows int) *Log {
	t.Helper()
	l := h.open(t)
	for i := range rows {
		mustRecord(t, l, i)
	}
	return l
}

func mustRecord(t testing.TB, l *Log, i int) {
	t.Helper()
	act := Act{
		Kind: RoleGiven, Actor: fmt.Sprintf("actor%010d", i), Subject: fmt.Sprintf("learner%08d", i),
		Item: fmt.Sprintf("item%011d", i), Programme: "programme000001", Detail: "mentor",
	}
	if err := l.Record(l.app, act); err != nil {
		t.Fatal(err)
	}
}

// tamper is what somebody does who has the database file: the triggers are gone
// first, and the unique index.
func tamper(t testing.TB, l *Log, statements ...string) {
	t.Helper()
	all := append([]string{
		"DROP TRIGGER IF EXISTS audit_never_changes", "DROP TRIGGER IF EXISTS audit_is_kept", "DROP TRIGGER IF EXISTS audit_only_adds", "DROP INDEX IF EXISTS audit_number",
	}, statements...)
	for _, sql := range all {
		if _, err := l.app.NonconcurrentDB().NewQuery(sql).Execute(); err != nil {
			t.Fatalf("%s: %v", sql, err)
		}
	}
}

func mustVerify(t testing.TB, l *Log) Report {
	t.Helper()
	report, err := l.Verify(context.Background(), nil)
	if err != nil {
		t.Fatal(err)
	}
	return report
}

func expectWhole(t testing.TB, l *Log, rows int) {
	t.Helper()
	report := mustVerify(t, l)
	if !report.IsWhole() || report.Rows != rows {
		t.Fatalf("%d rows, want %d and all in order:\n%v", report.Rows, rows, report.Lines("en"))
	}
}

// expect compares findings by what is wrong, and where.
func expect(t testing.TB, l *Log, want ...Finding) {
	t.Helper()
	report := mustVerify(t, l)
	same := len(report.Findings) == len(want)
	for i := range want {
		if !same {
			break
		}
		got := report.Findings[i]
		same = got.Fault == want[i].Fault && got.From == want[i].From && got.To == want[i].To && got.Was == want[i].Was
	}
	if !same {
		t.Fatalf("found %+v\n%v\nwant %+v", report.Findings, report.Lines("en"), want)
	}
}

func at(fault Fault, number int) Finding { return Finding{Fault: fault, From: number, To: number} }

func count(t testing.TB, l *Log, where string) (n int) {
	t.Helper()
	if err := l.app.DB().NewQuery("SELECT COUNT(*) FROM audit WHERE " + where).Row(&n); err != nil {
		t.Fatal(err)
	}
	return n
}
