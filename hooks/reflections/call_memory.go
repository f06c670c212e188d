package reflections

import (
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"alongside/hooks/people"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// openCalls are the calls for help now that are open, in memory: every page asks
// whether one concerns its viewer, and only for whom one does is the database asked
// how it stands.
type openCalls struct {
	mu   sync.Mutex // one reads them at a time, so that a later reading is never overwritten by an earlier one
	held atomic.Pointer[[]openCall]
}

// An openCall is what pages need to know of one. It names nobody on a page.
type openCall struct {
	Learner string `db:"learner"`
	Worker  string `db:"worker"`
	Taker   string `db:"taker"`
	Taken   string `db:"taken"`
}

// load reads them anew. It is called at the start and after each write, outside of
// its transaction.
func (o *openCalls) load(app core.App) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	var calls []openCall
	err := app.ConcurrentDB().NewQuery("SELECT learner, worker, taker, taken FROM calls WHERE kind = 'now' AND ended = '' LIMIT 10000").All(&calls)
	if err != nil {
		return fmt.Errorf("read open calls: %w", err)
	}
	o.held.Store(&calls)
	return nil
}

// of are those that concern somebody: they asked, were told, or are on it.
func (o *openCalls) of(person string) (theirs []openCall) {
	held := o.held.Load()
	if held == nil {
		return nil
	}
	for _, c := range *held {
		if c.Learner == person || c.Worker == person || c.Taker == person {
			theirs = append(theirs, c)
		}
	}
	return theirs
}

// Begin reads what every page needs to know, and again whenever a row of it is
// changed in the dashboard.
func (r *Room) Begin() {
	again := func(e *core.RecordEvent) error {
		r.readCalls()
		return e.Next()
	}
	r.app.OnRecordAfterCreateSuccess("calls").BindFunc(again)
	r.app.OnRecordAfterUpdateSuccess("calls").BindFunc(again)
	r.app.OnRecordAfterDeleteSuccess("calls").BindFunc(again)
	r.readCalls()
	r.readConcerns()
}

// readCalls reads the open calls anew. Where that fails their own page still has
// them, and reads them again.
func (r *Room) readCalls() {
	if err := r.calls.load(r.app); err != nil {
		r.app.Logger().Error("calls in memory", "error", err)
	}
}

// onItFor is for how long "I am on it" answers for a call: after that the learner
// may ask again, and whoever is there is told anew.
const onItFor = 24 * time.Hour

// Called says what a page tells its viewer of calls for help now: whether one waits
// for them, or they are on one; and whether they asked themselves, and somebody who
// works there can see it.
func (r *Room) Called(v *web.Viewer) (state web.Calling, asked bool) {
	if v == nil {
		return "", false
	}
	calls := r.calls.of(v.ID)
	if len(calls) == 0 {
		return "", false
	}
	if now, err := r.openNow(v.ID); err == nil {
		calls = now
	} else {
		r.app.Logger().Error("calls of a viewer", "error", err) // what is in memory is better than nothing
	}
	old := moment(r.now().Add(-onItFor))
	for _, c := range calls {
		asked = asked || c.Learner == v.ID && (c.Taker != "" && c.Taken > old || c.Taker == "" && c.Worker != "")
		switch {
		case c.Taker == "" && c.Worker == v.ID:
			state = web.CalledNow
		case c.Taker == v.ID && state == "":
			state = web.OnACall
		}
	}
	return state, asked
}

// openNowSQL reads the open calls that concern somebody. Whoever does not work in its
// programme any more, since a moment ago too, was not told and is not on it.
var openNowSQL = `SELECT k.learner, k.taken, CASE WHEN ` + people.Works("k.worker", "k.programme") + ` THEN k.worker ELSE '' END AS worker,
		CASE WHEN ` + people.Works("k.taker", "k.programme") + ` THEN k.taker ELSE '' END AS taker
	FROM calls k WHERE k.kind = 'now' AND k.ended = '' AND (k.learner = {:me} OR k.worker = {:me} OR k.taker = {:me}) LIMIT 1000`

func (r *Room) openNow(person string) (calls []openCall, err error) {
	err = r.app.ConcurrentDB().NewQuery(openNowSQL).Bind(dbx.Params{"me": person, "policyNow": people.Before(r.now())}).All(&calls)
	if err != nil {
		return nil, fmt.Errorf("read open calls of %s: %w", person, err)
	}
	return calls, nil
}
