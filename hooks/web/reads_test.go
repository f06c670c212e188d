package web

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strconv"
	"sync"
	"testing"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// newReads are the reads of an app with two notes in it.
func newReads(t *testing.T) (core.App, *Reads) {
	t.Helper()
	app := newWritesApp(t)
	newNotes(t, app)
	for n := range 2 {
		_, err := app.NonconcurrentDB().NewQuery("INSERT INTO test_notes (id, owner, activity, text) VALUES ({:id}, 'one', {:id}, '')").
			Bind(dbx.Params{"id": fmt.Sprintf("note%d", n)}).Execute()
		if err != nil {
			t.Fatal(err)
		}
	}
	return app, NewReads(app)
}

const ownerSQL = "SELECT owner FROM test_notes WHERE id = ?1"

// atOnce runs so many reads together, and says how each ended.
func atOnce(many int, read func(n int) error) []error {
	ended := make([]error, many)
	var all sync.WaitGroup
	for n := range many {
		all.Go(func() { ended[n] = read(n) })
	}
	all.Wait()
	return ended
}

func TestOneBadReadCostsNobodyElseTheirs(t *testing.T) {
	_, r := newReads(t)
	for range 20 {
		ended := atOnce(64, func(n int) error {
			switch n % 8 {
			case 3:
				_, err := r.Row(t.Context(), "SELECT this is no SQL", nil)
				return err
			case 5:
				_, err := r.Row(t.Context(), ownerSQL, []string{"nobody"})
				return err
			case 7:
				_, err := r.Row(t.Context(), "SELECT text FROM test_notes, (SELECT json('no') AS j) WHERE j", nil) // fails as it runs
				return err
			}
			owner, err := r.Row(t.Context(), ownerSQL, []string{"note1"})
			if err == nil && owner != "one" {
				return fmt.Errorf("read %q", owner)
			}
			return err
		})
		for n, err := range ended {
			bad, none := n%8 == 3 || n%8 == 7, n%8 == 5
			if none != errors.Is(err, sql.ErrNoRows) || (bad || none) != (err != nil) {
				t.Fatalf("read %d ended with %v", n, err)
			}
		}
	}
}

func TestAReadSeesWhatWasStoredBeforeItWasAsked(t *testing.T) {
	app, r := newReads(t)
	w := NewWrites(app)
	for _, err := range atOnce(32, func(n int) error {
		for try := range 30 {
			id := fmt.Sprintf("note%d", n%2)
			err := w.Do(t.Context(), func(tx core.App) error {
				return Exec(tx, "UPDATE test_notes SET tries = tries + 1 WHERE id = {:id}", dbx.Params{"id": id})
			})
			if err != nil {
				return err
			}
			text, err := r.Row(t.Context(), "SELECT CAST(tries AS TEXT) FROM test_notes WHERE id = ?1", []string{id})
			if err != nil {
				return err
			}
			if tries, err := strconv.ParseFloat(text, 64); err != nil || int(tries) <= try {
				return fmt.Errorf("%s tries are stored, and %d of them were mine", text, try+1)
			}
		}
		return nil
	}) {
		if err != nil {
			t.Error(err)
		}
	}
}

// A transaction left open would keep what it saw for ever, and the write-ahead
// log would grow without end.
func TestReadsLeaveNoTransactionOpen(t *testing.T) {
	app, r := newReads(t)
	for range 50 {
		atOnce(16, func(n int) error {
			query := ownerSQL
			if n == 9 {
				query = "SELECT this is no SQL"
			}
			_, err := r.Row(t.Context(), query, []string{"note1"})
			return err
		})
		if _, err := app.NonconcurrentDB().NewQuery("UPDATE test_notes SET tries = tries + 1").Execute(); err != nil {
			t.Fatal(err)
		}
		var busy, log, moved int
		if err := app.NonconcurrentDB().NewQuery("PRAGMA wal_checkpoint(TRUNCATE)").Row(&busy, &log, &moved); err != nil || busy != 0 {
			t.Fatalf("somebody still reads: busy %d, %v", busy, err)
		}
	}
}

func TestReadsEndWithTheApp(t *testing.T) {
	app, r := newReads(t)
	if _, err := r.Row(t.Context(), ownerSQL, []string{"note0"}); err != nil {
		t.Fatal(err)
	}
	if err := endApp(app); err != nil {
		t.Fatal(err)
	}
	if _, err := r.Row(context.Background(), ownerSQL, []string{"note0"}); !errors.Is(err, ErrStopped) {
		t.Errorf("after the end: %v", err)
	}
}
