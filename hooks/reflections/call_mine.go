package reflections

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"slices"
	"time"

	"alongside/hooks/audit"
	"alongside/hooks/people"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// CallsPage is `/me/calls`, "reflections/calls": for what the viewer asked, who
// was told, and who is on it. It looks again by itself: the template "calls" alone.
// Its forms post to /me/calls/{call}/back nothing.
type CallsPage struct {
	web.Base
	Calls   []MyCall        // that are open
	Ended   []MyCall        // lately
	Numbers []web.HelpGroup // where one of them is for now
	Tag     string          // another once anything of it shows differently
}

// Now reports whether one of them is for help now.
func (p *CallsPage) Now() bool { return slices.ContainsFunc(p.Calls, MyCall.Now) }

// A MyCall is a call of the viewer's own.
type MyCall struct {
	Call
	Told  []Reached // of one that is open, those who can see it
	Again bool      // nobody is on it for a while: the learner can tell them once more
}

// endedFor is for how long a learner reads what became of a call.
const endedFor = 7 * 24 * time.Hour

// Reached is somebody who can see what a learner asked for.
type Reached struct {
	Called string
	Away   string // their last day away, an ISO date; "" while they are here
}

// Now reports whether it is for help now.
func (c MyCall) Now() bool { return c.Kind == CallNow }

// CallsOf are a learner's own open calls to be helped, with whom they reached, the
// newest first.
func (r *Room) CallsOf(ctx context.Context, learner string) ([]MyCall, error) {
	rows, err := r.callsWhere(ctx, "k.learner = {:learner} AND k.kind IN ('stuck', 'now') AND k.ended = ''", dbx.Params{"learner": learner})
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	workers, err := people.WorkersOf(ctx, r.app, learner, r.now())
	if err != nil {
		return nil, err
	}
	away, err := people.AwayAround(ctx, r.app, learner, r.now())
	if err != nil {
		return nil, err
	}
	var calls []MyCall
	for i := len(rows) - 1; i >= 0; i-- {
		calls = addCall(calls, rows[i], toldOf(rows[i], workers, away))
	}
	for i, c := range calls {
		calls[i].Again = c.Now() && c.OnIt == "" && c.Updated <= moment(r.now().Add(-againAfter))
	}
	return calls, nil
}

// toldOf are those who can see what a row asks for.
func toldOf(row Call, workers []people.Worker, away map[people.Callee]string) (told []Reached) {
	if row.Kind == CallNow && row.Flagged != "" {
		told = append(told, Reached{row.Flagged, away[people.Callee{ID: row.Worker, Programme: row.Programme}]})
	}
	for _, w := range workers {
		if row.Kind == CallStuck && w.Programme == row.Programme {
			told = append(told, Reached{w.Called, away[people.Callee{ID: w.ID, Programme: w.Programme}]})
		}
	}
	return told
}

// EndedOf are a learner's own calls to be helped that ended lately, the last one
// first.
func (r *Room) EndedOf(ctx context.Context, learner string) (calls []MyCall, err error) {
	rows, err := r.callsWhere(ctx, "k.learner = {:learner} AND k.kind IN ('stuck', 'now') AND k.ended > {:since}",
		dbx.Params{"learner": learner, "since": moment(r.now().Add(-endedFor))})
	slices.SortStableFunc(rows, func(a, b Call) int { return cmp.Compare(b.Ended, a.Ended) })
	for _, row := range rows {
		calls = addCall(calls, row, nil)
	}
	return calls, err
}

// HasAsked reports whether a learner asked to be helped and that is open.
func (r *Room) HasAsked(ctx context.Context, learner string) (asked bool, err error) {
	err = r.app.ConcurrentDB().NewQuery("SELECT EXISTS (SELECT 1 FROM calls WHERE learner = {:learner} AND kind IN ('stuck', 'now') AND ended = '')").
		Bind(dbx.Params{"learner": learner}).WithContext(ctx).Row(&asked)
	if err != nil {
		return false, fmt.Errorf("open calls of %s: %w", learner, err)
	}
	return asked, nil
}

// addCall adds a row to what the learner sees: what they asked for once shows once,
// also where it went to several people or programmes.
func addCall(calls []MyCall, row Call, told []Reached) []MyCall {
	for i, known := range calls {
		if known.Kind == row.Kind && known.Module == row.Module && known.Step == row.Step && known.Ended == row.Ended {
			calls[i].Told = append(calls[i].Told, told...)
			calls[i].Updated = max(known.Updated, row.Updated)
			if known.Taken == "" {
				calls[i].Taken, calls[i].OnIt = row.Taken, row.OnIt
			}
			return calls
		}
	}
	return append(calls, MyCall{Call: row, Told: told})
}

func (r *Room) showCalls(e *core.RequestEvent) (err error) {
	ctx, viewer, page := e.Request.Context(), web.Current(e), &CallsPage{}
	if page.Calls, err = r.CallsOf(ctx, viewer.ID); err != nil {
		return err
	}
	if page.Ended, err = r.EndedOf(ctx, viewer.ID); err != nil {
		return err
	}
	if page.Now() {
		page.Numbers = web.HelpGroups(e)
	}
	if page.Tag, err = web.TagOf(e, [][]MyCall{page.Calls, page.Ended}); err != nil {
		return err
	}
	if web.IsFragment(e) {
		return web.ShowAgain(e, page.Tag, "reflections/calls", "calls", page)
	}
	return web.Show(e, http.StatusOK, "reflections/calls", page)
}

// takeCallBack ends what the learner asked for, wherever it went.
func (r *Room) takeCallBack(e *core.RequestEvent) error {
	viewer, ctx := web.Current(e), e.Request.Context()
	if _, err := web.Form(e); err != nil {
		return err
	}
	found, err := r.callsWhere(ctx, "k.id = {:id} AND k.learner = {:me} AND k.kind IN ('stuck', 'now')", dbx.Params{"id": e.Request.PathValue("call"), "me": viewer.ID})
	if err != nil {
		return err
	}
	if len(found) == 0 {
		return web.ErrNotFound
	}
	if err := r.endCalls(viewer.ID, found[0]); err != nil {
		return err
	}
	web.Notify(e, "call-back")
	return web.SeeOther(e, "/me/calls")
}

// endCalls ends all open calls of a learner that are the same to them. That nobody
// took it says that they ended it themselves.
func (r *Room) endCalls(learner string, like Call) error {
	defer r.readCalls()
	return r.app.RunInTransaction(func(tx core.App) error {
		done, err := web.Changes(tx, `UPDATE calls SET ended = {:now}, taken = '', taker = '', updated = {:now}
			WHERE learner = {:learner} AND kind = {:kind} AND module = {:module} AND step = {:step} AND ended = ''`,
			dbx.Params{"learner": learner, "kind": like.Kind, "module": like.Module, "step": like.Step, "now": moment(r.now())})
		if err != nil {
			return fmt.Errorf("take a call back: %w", err)
		}
		if !done {
			return nil
		}
		return r.recordCall(tx, audit.HelpEnded, learner, like)
	})
}
