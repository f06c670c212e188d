package reflections

import (
	"fmt"
	"slices"
	"sync"
	"sync/atomic"

	"alongside/hooks/web"

	"github.com/pocketbase/pocketbase/core"
)

// openCalls are the calls for help now that are open, in memory: every page asks
// whether its viewer is called, and may not ask the database for it.
type openCalls struct {
	mu   sync.Mutex // one reads them at a time, so that a later reading is never overwritten by an earlier one
	held atomic.Pointer[[]openCall]
}

// An openCall is what pages need to know of one. It names nobody on a page.
type openCall struct {
	Learner   string `db:"learner"`
	Worker    string `db:"worker"`
	Programme string `db:"programme"`
	Taker     string `db:"taker"`
}

// load reads them anew. It is called at the start and after each write, outside of
// its transaction.
func (o *openCalls) load(app core.App) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	var calls []openCall
	err := app.ConcurrentDB().NewQuery("SELECT learner, worker, programme, taker FROM calls WHERE kind = 'now' AND ended = '' LIMIT 10000").All(&calls)
	if err != nil {
		return fmt.Errorf("read open calls: %w", err)
	}
	o.held.Store(&calls)
	return nil
}

func (o *openCalls) all() []openCall {
	if held := o.held.Load(); held != nil {
		return *held
	}
	return nil
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

// Called says what a page tells its viewer of calls for help now: whether one waits
// for them, or they are on one; and whether they asked themselves. It asks nothing
// of the database.
func (r *Room) Called(v *web.Viewer) (state web.Calling, asked bool) {
	if v == nil {
		return "", false
	}
	for _, c := range r.calls.all() {
		asked = asked || c.Learner == v.ID
		if c.Worker != v.ID && c.Taker != v.ID || !worksIn(v, c.Programme) {
			continue
		}
		switch {
		case c.Taker == "":
			state = web.CalledNow
		case c.Taker == v.ID && state == "":
			state = web.OnACall
		}
	}
	return state, asked
}

func worksIn(v *web.Viewer, programme string) bool {
	return slices.ContainsFunc(v.Memberships, func(m web.Membership) bool { return m.Role != web.Learner && m.Programme == programme })
}
