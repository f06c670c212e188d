package web

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// Sixty-four callers save small rows, synchronous=FULL, as many as b.N in all.
// The ratio between the first and the last is what DESIGN's budget is about.

func BenchmarkAnswersSavedOneByOne(b *testing.B) {
	app := newWritesApp(b)
	collection := newNotes(b, app)
	bySixtyFour(b, func(caller, n int) error {
		return app.Save(noteRecord(collection, caller, n))
	})
}

func BenchmarkAnswersGroupedAsRecords(b *testing.B) {
	app := newWritesApp(b)
	collection, writes := newNotes(b, app), NewWrites(app)
	bySixtyFour(b, func(caller, n int) error {
		return writes.Do(context.Background(), func(tx core.App) error {
			return tx.Save(noteRecord(collection, caller, n))
		})
	})
}

func BenchmarkAnswersGroupedAsSQL(b *testing.B) {
	app := newWritesApp(b)
	newNotes(b, app)
	writes := NewWrites(app)
	bySixtyFour(b, func(caller, n int) error {
		return writes.Do(context.Background(), func(tx core.App) error {
			return Exec(tx, insertNote, noteParams(caller, n))
		})
	})
}

const insertNote = `INSERT INTO test_notes (id, owner, activity, text, tries, created, updated)
	VALUES ({:id}, {:owner}, {:activity}, {:text}, 1, {:now}, {:now})
	ON CONFLICT (owner, activity) DO UPDATE SET text = excluded.text, tries = tries + 1, updated = excluded.updated`

var noteText = strings.Repeat("forty-one bytes of what somebody answered ", 6)

func noteParams(caller, n int) dbx.Params {
	return dbx.Params{
		"id": fmt.Sprintf("c%02dn%011d", caller, n), "owner": fmt.Sprintf("owner%d", caller),
		"activity": fmt.Sprintf("activity-%d", n), "text": noteText, "now": "2026-05-03 10:42:00.000Z",
	}
}

func noteRecord(collection *core.Collection, caller, n int) *core.Record {
	record := core.NewRecord(collection)
	for name, value := range noteParams(caller, n) {
		record.Set(name, value)
	}
	return record
}

func bySixtyFour(b *testing.B, save func(caller, n int) error) {
	b.Helper()
	var next atomic.Int64
	var all sync.WaitGroup
	b.ResetTimer()
	for caller := range 64 {
		all.Go(func() {
			for n := next.Add(1); n <= int64(b.N); n = next.Add(1) {
				if err := save(caller, int(n)); err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	all.Wait()
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "rows/s")
}
