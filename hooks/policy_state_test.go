package hooks_test

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"alongside/hooks"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// A watch knows what is in every table of a world, sees whether anything
// changed, and puts it back. SQLite itself counts the commits of others
// (data_version), so that to look after each request costs next to nothing.
type watch struct {
	app     core.App
	counter *dbx.DB // a connection of its own, which writes nothing
	version int
	tables  map[string]table
	acts    int // how many rows the record of acts has: it cannot be put back
}

type table struct {
	columns []string
	rows    [][]any
}

// passing are columns that change by themselves, as time goes by.
var passing = map[string][]string{"sessions": {"last_seen", "expires", "updated"}}

func mustWatch(t *testing.T, w *world) *watch {
	t.Helper()
	counter, err := hooks.Connect(filepath.Join(w.Dir, "data.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { counter.Close() })
	counter.DB().SetMaxOpenConns(1)
	watch := &watch{app: w.App, counter: counter}
	watch.version = watch.now(t)
	watch.tables, watch.acts = watch.read(t), watch.countActs(t)
	return watch
}

func (w *watch) now(t *testing.T) (version int) {
	t.Helper()
	if err := w.counter.NewQuery("PRAGMA data_version").Row(&version); err != nil {
		t.Fatal(err)
	}
	return version
}

// changed names the tables that are not as they were, and puts them back. Of the
// record of acts it gives the kinds that came to it, as "audit: kind".
func (w *watch) changed(t *testing.T) []string {
	t.Helper()
	if w.now(t) == w.version {
		return nil
	}
	var names []string
	for name, is := range w.read(t) {
		if is.text(name) == w.tables[name].text(name) {
			continue
		}
		names = append(names, name)
		w.putBack(t, name)
	}
	slices.Sort(names)
	names = append(names, w.newActs(t)...)
	w.version = w.now(t)
	return names
}

func (w *watch) countActs(t *testing.T) (n int) {
	t.Helper()
	if err := w.counter.NewQuery("SELECT COUNT(*) FROM audit").Row(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

func (w *watch) newActs(t *testing.T) []string {
	t.Helper()
	var kinds []string
	err := w.counter.NewQuery("SELECT 'audit: ' || kind FROM audit ORDER BY number LIMIT -1 OFFSET {:known}").
		Bind(dbx.Params{"known": w.acts}).Column(&kinds)
	if err != nil {
		t.Fatal(err)
	}
	w.acts += len(kinds)
	return kinds
}

// read is every table but the record of acts, PocketBase's own among them.
func (w *watch) read(t *testing.T) map[string]table {
	t.Helper()
	var names []string
	err := w.counter.NewQuery(`SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\_%' ESCAPE '\' AND name != 'audit'`).
		Column(&names)
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]table{}
	for _, name := range names {
		all[name] = w.readTable(t, name)
	}
	return all
}

func (w *watch) readTable(t *testing.T, name string) (all table) {
	t.Helper()
	rows, err := w.counter.NewQuery("SELECT * FROM {{" + name + "}} ORDER BY rowid").Rows()
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	if all.columns, err = rows.Columns(); err != nil {
		t.Fatal(err)
	}
	for rows.Next() {
		values, pointers := make([]any, len(all.columns)), make([]any, len(all.columns))
		for i := range values {
			pointers[i] = &values[i]
		}
		if err := rows.Scan(pointers...); err != nil {
			t.Fatal(err)
		}
		all.rows = append(all.rows, values)
	}
	return all
}

// text is a table as one text, to compare, without what passes by itself.
func (all table) text(name string) string {
	var b strings.Builder
	for _, row := range all.rows {
		for i, value := range row {
			if !slices.Contains(passing[name], all.columns[i]) {
				fmt.Fprint(&b, value, "\x1f")
			}
		}
		b.WriteString("\n")
	}
	return b.String()
}

// putBack makes a table what it was.
func (w *watch) putBack(t *testing.T, name string) {
	t.Helper()
	err := w.app.RunInTransaction(func(tx core.App) error {
		if _, err := tx.NonconcurrentDB().NewQuery("DELETE FROM {{" + name + "}}").Execute(); err != nil {
			return err
		}
		for _, row := range w.tables[name].rows {
			fields := dbx.Params{}
			for i, column := range w.tables[name].columns {
				fields[column] = row[i]
			}
			if _, err := tx.NonconcurrentDB().Insert(name, fields).Execute(); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatalf("put back %s: %v", name, err)
	}
}
