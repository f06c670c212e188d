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
// while that is open, and tells them once more where nobody is on it for a while. What is open and reaches nobody any more ends first. It returns
// ErrNobody where there is nobody to flag.
func (r *Room) AskNow(ctx context.Context, learner string) error {
	callees, err := people.CalleesOf(ctx, r.app, learner, r.now())
	if err != nil {
		return err
	}
	if len(callees) == 0 {
		return ErrNobody
	}
	err = r.app.RunInTransaction(func(tx core.App) error {
		if err := r.endStranded(tx, learner); err != nil {
			return err
		}
		again, err := r.tellAgain(ctx, tx, learner)
		if err != nil {
			return err
		}
		callees, recorded := append(callees, again...), false
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

// strandedSQL ends calls for help now that reach nobody any more: who was told or is
// on it left, or said a day ago that they are on it.
var strandedSQL = `UPDATE calls SET ended = {:now}, taken = '', taker = '', updated = {:now}
	WHERE learner = {:learner} AND kind = 'now' AND ended = '' AND CASE WHEN taken = '' THEN NOT ` + people.Works("calls.worker", "calls.programme") + `
		ELSE taken <= {:old} OR NOT ` + people.Works("calls.taker", "calls.programme") + ` END`

func (r *Room) endStranded(tx core.App, learner string) error {
	_, err := web.Changes(tx, strandedSQL, dbx.Params{"learner": learner, "now": moment(r.now()), "policyNow": people.Before(r.now()), "old": moment(r.now().Add(-onItFor))})
	if err != nil {
		return fmt.Errorf("end calls that reach nobody: %w", err)
	}
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
