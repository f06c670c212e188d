package web

import (
	"context"
	"maps"
	"testing"

	"github.com/pocketbase/pocketbase/core"
)

func TestAStatementTakesItsOwnParamsAndNoOthers(t *testing.T) {
	app := newWritesApp(t)
	newNotes(t, app)
	first, second := noteParams(1, 1), noteParams(2, 2)
	before := maps.Clone(first)
	err := NewWrites(app).Do(context.Background(), func(tx core.App) error {
		if err := Exec(tx, insertNote, first); err != nil {
			return err
		}
		return Exec(tx, insertNote, second)
	})
	if err != nil {
		t.Fatal(err)
	}
	if !maps.Equal(first, before) {
		t.Errorf("the caller's params became %v", first)
	}
	if n := countNotes(t, app); n != 2 {
		t.Errorf("%d rows, want 2", n)
	}

	without := noteParams(3, 3)
	delete(without, "text")
	err = NewWrites(app).Do(context.Background(), func(tx core.App) error {
		if err := Exec(tx, insertNote, noteParams(4, 4)); err != nil {
			return err
		}
		return Exec(tx, insertNote, without)
	})
	if err == nil {
		t.Error("a param that is missing was taken from the statement before")
	}
}

func TestABadStatementIsAnErrorEachTime(t *testing.T) {
	app := newWritesApp(t)
	newNotes(t, app)
	err := NewWrites(app).Do(context.Background(), func(tx core.App) error {
		for range 2 {
			if Exec(tx, "INSERT INTO nowhere VALUES (1)", nil) == nil {
				t.Error("no error")
			}
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}
