package reflections

import (
	"context"
	"fmt"
	"time"

	"alongside/hooks/audit"
	"alongside/hooks/people"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// AskNow flags those who are there for a learner who needs help now, each once
// while that is open. It returns ErrNobody where there is nobody to flag.
func (r *Room) AskNow(ctx context.Context, learner string) error {
	callees, err := people.CalleesOf(ctx, r.app, learner, r.now())
	if err != nil {
		return err
	}
	if len(callees) == 0 {
		return ErrNobody
	}
	err = r.app.RunInTransaction(func(tx core.App) error {
		recorded := false
		for _, to := range callees {
			c := Call{ID: core.GenerateDefaultRandomId(), Learner: learner, Kind: CallNow, Programme: to.Programme, Worker: to.ID}
			made, err := r.flag(tx, &c)
			if err != nil {
				return fmt.Errorf("ask for help now: %w", err)
			}
			if made && !recorded {
				if err := r.recordCall(tx, audit.HelpAsked, learner, c); err != nil {
					return err
				}
				recorded = true
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	r.readCalls() // it is stored, whatever becomes of that
	return nil
}

// soonAgain is for how long a call that ended is the same one when it is asked anew,
// and how long mail that goes at once is one mail: pressed without end, the button
// makes no flood.
const soonAgain = time.Hour

// flag makes a call to one person, or opens again the one that ended not long ago,
// with mail that goes at once.
func (r *Room) flag(tx core.App, c *Call) (bool, error) {
	made, err := r.reopen(tx, c)
	if err == nil && !made {
		made, err = r.ask(tx, *c)
	}
	if err != nil || !made {
		return false, err
	}
	return true, r.urgent(tx, c.Worker, RowID(c.Learner, r.now().UTC().Truncate(soonAgain).Format(time.RFC3339), CallNow))
}

// lastSQL is the last call of its kind to one person, where it ended not long ago.
const lastSQL = `SELECT COALESCE((SELECT CASE WHEN ended > {:since} THEN id ELSE '' END FROM calls
	WHERE learner = {:learner} AND kind = {:kind} AND programme = {:programme} AND worker = {:worker} ORDER BY ended = '' DESC, ended DESC LIMIT 1), '')`

// reopen lets a call wait anew that ended not long ago, and reports whether there
// was one. It gives the call its id.
func (r *Room) reopen(tx core.App, c *Call) (bool, error) {
	var id string
	err := tx.DB().NewQuery(lastSQL).Bind(dbx.Params{
		"learner": c.Learner, "kind": c.Kind, "programme": c.Programme, "worker": c.Worker, "since": moment(r.now().Add(-soonAgain)),
	}).Row(&id)
	if err != nil || id == "" {
		return false, err
	}
	c.ID = id
	return web.Changes(tx, "UPDATE calls SET made = {:now}, taken = '', taker = '', ended = '', updated = {:now} WHERE id = {:id}",
		dbx.Params{"id": id, "now": moment(r.now())})
}

// flaggedTo is the condition that a call on the table k for help now is the
// viewer's to answer: they were flagged by name, and still work in that programme.
func flaggedTo(v *web.Viewer) (string, dbx.Params) {
	in, params := "''", dbx.Params{"me": v.ID}
	for i, m := range v.Memberships {
		if m.Role != web.Learner && m.Programme != "" {
			name := fmt.Sprintf("in%d", i)
			in += ", {:" + name + "}"
			params[name] = m.Programme
		}
	}
	return "k.kind = 'now' AND k.ended = '' AND k.worker = {:me} AND k.programme != '' AND k.programme IN (" + in + ")", params
}

// takeSQL says on all calls of a learner in a programme who is on it, once.
const takeSQL = `UPDATE calls SET taken = {:now}, taker = {:me}, updated = {:now}
	WHERE learner = {:learner} AND programme = {:programme} AND kind = 'now' AND ended = '' AND taken = ''`

// take says that the viewer is on it. Where somebody else was quicker nothing
// changes.
func (r *Room) take(viewer *web.Viewer, c Call) error {
	err := r.app.RunInTransaction(func(tx core.App) error {
		done, err := web.Changes(tx, takeSQL, dbx.Params{"learner": c.Learner, "programme": c.Programme, "me": viewer.ID, "now": moment(r.now())})
		if err != nil || !done {
			return err
		}
		return r.recordCall(tx, audit.HelpTaken, viewer.ID, c)
	})
	if err != nil {
		return fmt.Errorf("take a call: %w", err)
	}
	r.readCalls() // it is stored, whatever becomes of that
	return nil
}

// finish ends a call for help now that the viewer was on.
func (r *Room) finish(viewer *web.Viewer, c Call) error {
	err := r.app.RunInTransaction(func(tx core.App) error {
		done, err := web.Changes(tx, `UPDATE calls SET ended = {:now}, updated = {:now}
			WHERE learner = {:learner} AND programme = {:programme} AND kind = 'now' AND ended = '' AND taker = {:me}`,
			dbx.Params{"learner": c.Learner, "programme": c.Programme, "me": viewer.ID, "now": moment(r.now())})
		if err != nil || !done {
			return err
		}
		return r.recordCall(tx, audit.HelpEnded, viewer.ID, c)
	})
	if err != nil {
		return fmt.Errorf("end a call: %w", err)
	}
	r.readCalls() // it is stored, whatever becomes of that
	return nil
}
