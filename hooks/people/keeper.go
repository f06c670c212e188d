package people

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// A Keeper is one room's part of what the house keeps of people. Each room that
// keeps something of somebody registers one in hooks.go: then it is on their
// page, in what they download, and goes when they are erased.
type Keeper interface {
	// Held counts what is kept of somebody, by kind, and opens nothing.
	Held(ctx context.Context, person string) ([]Holding, error)

	// Tell gives everything that is kept of somebody, for their own eyes, one
	// item after the other and those of a kind together. Nothing of anybody else
	// is in it. It keeps no statement open while an item is told: whoever
	// downloads may have a slow line.
	Tell(ctx context.Context, t Telling) error

	// Erase removes rows of somebody, at most so many, and says how many it
	// removed: fewer than most once nothing is left.
	Erase(tx core.App, person string, most int) (int, error)

	// Clocks say how long it keeps what it keeps, where that ends by itself.
	Clocks() []Clock
}

// A Holding is one kind of thing that is kept of somebody.
type Holding struct {
	Kind  string // its words stand under "kept-kind."
	Count int
	Stays bool // an erasure leaves it: it is somebody else's too

	Private bool // they are not told of it while their texts are closed: whoever made their session may be named in it
}

// A Telling is somebody's wish to have what is kept of them.
type Telling struct {
	Viewer *web.Viewer // whose it is, and who reads it: what stays closed to them is told as closed
	Item   func(Item) error
}

// An Item is one thing that is kept of somebody.
type Item struct {
	Kind   string
	At     string // RFC 3339 or an ISO date; "" where no moment is known
	Fields []Field
}

// A Field is one part of an item. Its name is that in data.json, which never
// changes, and its words for readers stand under "kept-field.".
type Field struct {
	Name   string
	Text   string   // what it says, where it says one thing
	List   []string // what it says, where it may say several
	At     string   // RFC 3339, where it says a moment
	Words  string   // locale key of Text for readers, or the beginning of those of what is in List; "" where it is as it is
	Lang   string   // BCP 47 of what it says, where that is known
	Closed bool     // there is something that cannot be opened now
}

// Says reports whether a field says anything.
func (f Field) Says() bool { return f.Text != "" || f.At != "" || len(f.List) > 0 || f.Closed }

// A Clock is how long one thing is kept. Rooms may share one: each retires its
// own part.
type Clock struct {
	Name  string // in the settings; its words stand under "clock."
	Days  int    // until a manager sets another number
	Least int    // it is never set to less
	Fixed bool   // nobody sets it

	// Due counts what would go, and Retire lets at most so many rows go, in a
	// transaction of its own, and says how many did; both of what ended before a
	// moment. Nothing of anybody on hold is among it. Both are nil where others
	// keep it, and we only say so.
	Due    func(ctx context.Context, before time.Time) (int, error)
	Retire func(ctx context.Context, before time.Time, most int) (int, error)
}

// NewClock makes a clock of rows: due selects the ids of those that ended before
// {:before}, and retire deletes at most {:most} of them.
func NewClock(app core.App, c Clock, due string, retire ...string) Clock {
	c.Due = func(ctx context.Context, before time.Time) (n int, err error) {
		err = app.ConcurrentDB().NewQuery("SELECT COUNT(*) FROM (" + due + ")").
			Bind(dbx.Params{"before": Before(before)}).WithContext(ctx).Row(&n)
		if err != nil {
			return 0, fmt.Errorf("count what is due of %s: %w", c.Name, err)
		}
		return n, nil
	}
	c.Retire = func(_ context.Context, before time.Time, most int) (n int, err error) {
		err = app.RunInTransaction(func(tx core.App) (err error) {
			n, err = Remove(tx, dbx.Params{"before": Before(before)}, most, retire...)
			return err
		})
		if err != nil {
			return 0, fmt.Errorf("let go of %s: %w", c.Name, err)
		}
		return n, nil
	}
	return c
}

// Remove runs statements that each delete at most {:most} rows, one after the
// other, until so many rows are gone in all. It says how many.
func Remove(tx core.App, params dbx.Params, most int, statements ...string) (int, error) {
	removed := 0
	for _, sql := range statements {
		if removed >= most {
			break
		}
		bound := dbx.Params{"most": most - removed}
		for name, value := range params {
			bound[name] = value
		}
		done, err := tx.NonconcurrentDB().NewQuery(sql).Bind(bound).Execute()
		if err != nil {
			return removed, fmt.Errorf("remove rows: %w", err)
		}
		rows, err := done.RowsAffected()
		if err != nil {
			return removed, fmt.Errorf("remove rows: %w", err)
		}
		removed += int(rows)
	}
	return removed, nil
}

// page is how many rows Each reads at a time.
const page = 200

// Each tells somebody's rows one by one, reading a page at a time, so that
// nothing stays open meanwhile and few are in memory. ids selects the ids of the
// rows of {:person} in their order, and rows what is told of those whose ids are
// in the JSON list {:ids}, in the order of that list:
// `FROM json_each({:ids}) j JOIN … ON id = j.value ORDER BY j.key`.
func Each[Row any](ctx context.Context, app core.App, person, ids, rows string, tell func(Row) error) error {
	var all []string
	err := app.ConcurrentDB().NewQuery(ids).Bind(dbx.Params{"person": person}).WithContext(ctx).Column(&all)
	if err != nil {
		return fmt.Errorf("find what is kept: %w", err)
	}
	for some := range slices.Chunk(all, page) {
		list, err := json.Marshal(some)
		if err != nil {
			return err
		}
		var found []Row
		err = app.ConcurrentDB().NewQuery(rows).Bind(dbx.Params{"ids": string(list), "person": person}).WithContext(ctx).All(&found)
		if err != nil {
			return fmt.Errorf("read what is kept: %w", err)
		}
		for _, row := range found {
			if err := tell(row); err != nil {
				return err
			}
		}
	}
	return nil
}
