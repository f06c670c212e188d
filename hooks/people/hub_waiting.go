package people

import (
	"fmt"
	"maps"

	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// A Waiting is how much waits for somebody to do something about it.
type Waiting struct {
	Count int    `db:"count"`
	First string `db:"first"` // ISO date of what waits longest
}

// What waits: those who asked to be erased, and holds whose day has passed.
const (
	erasuresWaiting = "SELECT COUNT(*) AS count, COALESCE(MIN(asked), '') AS first FROM erasures WHERE state = 'asked'"
	holdsLate       = "SELECT COUNT(*) AS count, COALESCE(MIN(until), '') AS first FROM holds WHERE ended = '' AND until <= {:now}"
)

// HoldsLate are the holds whose day has passed, of those that are the viewer's to
// end.
func HoldsLate(e *core.RequestEvent) (Waiting, error) {
	condition, params := ofTheirs(web.Current(e))
	late, err := waiting(e, Holds, holdsLate+" AND "+condition, params)
	late.First = dayBefore(late.First)
	return late, err
}

// waiting counts what waits among the people of whom the viewer sees a matter.
func waiting(e *core.RequestEvent, matter Matter, what string, more dbx.Params) (Waiting, error) {
	whom, params := Whom(web.Current(e), matter, Whole, web.Now(e))
	maps.Copy(params, more)
	params["now"] = Before(web.Now(e))
	var w Waiting
	err := e.App.ConcurrentDB().NewQuery(what + " AND person IN (" + whom + ")").
		Bind(params).WithContext(e.Request.Context()).One(&w)
	if err != nil {
		return w, fmt.Errorf("what waits of %s: %w", matter, err)
	}
	w.First = Moment(w.First)
	return w, nil
}
