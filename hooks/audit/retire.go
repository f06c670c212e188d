package audit

import (
	"database/sql"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"
)

// leastKept is how long every row is kept, whatever the clock says: the
// database refuses to remove a younger one.
const leastKept = 366 * 24 * time.Hour

// Retire removes the oldest rows, at most so many, as far as they are older than
// a moment and than a year, and says how many. It records that it did, as part
// of the same transaction: that row is where the chain now begins.
func (l *Log) Retire(tx core.App, before time.Time, most int) (int, error) {
	if year := l.now().Add(-leastKept); before.After(year) {
		before = year
	}
	first, end, err := oldRows(tx, before, most)
	if err != nil || end == nil {
		return 0, err
	}
	act := Act{Kind: ActsRetired, Item: end.MAC, Detail: strconv.Itoa(end.Number)}
	if err := l.Record(tx, act); err != nil {
		return 0, err
	}
	_, err = tx.NonconcurrentDB().NewQuery("DELETE FROM audit WHERE number <= {:number}").
		Bind(dbx.Params{"number": end.Number}).Execute()
	if err != nil {
		return 0, fmt.Errorf("retire acts: %w", err)
	}
	return end.Number - first + 1, nil
}

// Due counts the rows that Retire would remove.
func (l *Log) Due(app core.App, before time.Time) (int, error) {
	if year := l.now().Add(-leastKept); before.After(year) {
		before = year
	}
	first, end, err := oldRows(app, before, 1<<30)
	if err != nil || end == nil {
		return 0, err
	}
	return end.Number - first + 1, nil
}

// oldRows finds the first number, and the last row of those that may go: all
// that stand before the first one that is young.
func oldRows(app core.App, before time.Time, most int) (first int, end *row, err error) {
	moment, err := types.ParseDateTime(before)
	if err != nil {
		return 0, nil, err
	}
	var found struct {
		First sql.NullInt64 `db:"first"`
		Young sql.NullInt64 `db:"young"`
	}
	err = app.DB().NewQuery(`SELECT (SELECT MIN(number) FROM audit) AS first,
			(SELECT COALESCE((SELECT MIN(number) FROM audit WHERE at >= {:before}), (SELECT MAX(number) FROM audit))) AS young`).
		Bind(dbx.Params{"before": moment.String()}).One(&found)
	if err != nil {
		return 0, nil, fmt.Errorf("find old acts: %w", err)
	}
	first = int(found.First.Int64)
	until := min(int(found.Young.Int64)-1, first+most-1)
	var last row
	err = app.DB().NewQuery("SELECT " + columns + " FROM audit WHERE number <= {:until} ORDER BY number DESC LIMIT 1").
		Bind(dbx.Params{"until": until}).One(&last)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil, nil
	}
	if err != nil {
		return 0, nil, fmt.Errorf("find old acts: %w", err)
	}
	return first, &last, nil
}
