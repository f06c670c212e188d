package reflections

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"alongside/hooks/audit"
	"alongside/hooks/people"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// askSQL makes a call of which there is none that is open.
const askSQL = `INSERT INTO calls (id, learner, kind, programme, module, step, worker, made, taken, taker, ended, created, updated)
	SELECT {:id}, {:learner}, {:kind}, {:programme}, {:module}, {:step}, {:worker}, {:now}, '', '', '', {:now}, {:now}
	WHERE NOT EXISTS (SELECT 1 FROM calls WHERE learner = {:learner} AND kind = {:kind} AND ended = ''
		AND programme = {:programme} AND module = {:module} AND step = {:step} AND worker = {:worker})`

// ask makes a call, and reports whether there was none like it yet. It is for a
// transaction.
func (r *Room) ask(tx core.App, c Call) (bool, error) {
	return web.Changes(tx, askSQL, dbx.Params{
		"id": c.ID, "learner": c.Learner, "kind": c.Kind, "programme": c.Programme, "module": c.Module, "step": c.Step, "worker": c.Worker,
		"now": moment(r.now()),
	})
}

// recordCall writes down what was done about a call. It concerns the learner, who
// finds it on their page.
func (r *Room) recordCall(tx core.App, kind audit.Kind, actor string, c Call) error {
	return r.audit.Record(tx, audit.Act{Kind: kind, Actor: actor, Subject: c.Learner, Item: c.ID, Programme: c.Programme, Detail: c.Kind})
}

// Stuck tells those who walk beside a learner that they are stuck on a step, once
// while that is open. It returns ErrNobody where nobody walks beside them.
func (r *Room) Stuck(ctx context.Context, learner, module, step string) error {
	workers, err := people.WorkersOf(ctx, r.app, learner, r.now())
	if err != nil {
		return err
	}
	programmes := map[string]bool{}
	for _, w := range workers {
		programmes[w.Programme] = true
	}
	if len(programmes) == 0 {
		return ErrNobody
	}
	return r.app.RunInTransaction(func(tx core.App) error {
		for _, programme := range slices.Sorted(maps.Keys(programmes)) {
			c := Call{ID: core.GenerateDefaultRandomId(), Learner: learner, Kind: CallStuck, Programme: programme, Module: module, Step: step}
			made, err := r.ask(tx, c)
			if err == nil && made {
				err = r.recordCall(tx, audit.HelpAsked, learner, c)
			}
			if err != nil {
				return fmt.Errorf("ask for help: %w", err)
			}
		}
		return nil
	})
}

// StuckFor are the open calls of learners who are the viewer's now and who are
// stuck on a step, the oldest first.
func (r *Room) StuckFor(ctx context.Context, viewer *web.Viewer, now time.Time) ([]Call, error) {
	return r.stuckFor(ctx, viewer, now, "k.ended = ''", nil)
}

// stuckFor are the calls, open or not, of which a condition on the table k is true.
// It asks role by role, so that a call in one programme is for those who are
// the learner's in that one.
func (r *Room) stuckFor(ctx context.Context, viewer *web.Viewer, now time.Time, condition string, more dbx.Params) ([]Call, error) {
	known, all := map[string]bool{}, []Call{}
	for _, m := range viewer.Memberships {
		if m.Role != web.Mentor && m.Role != web.Facilitator {
			continue
		}
		one := *viewer
		one.Memberships = []web.Membership{m}
		whom, params := people.Whom(&one, people.Calls, people.Whole, now)
		maps.Copy(params, more)
		params["me"], params["programme"] = viewer.ID, m.Programme
		calls, err := r.callsWhere(ctx, "k.kind = 'stuck' AND k.programme = {:programme} AND k.learner != {:me} AND k.learner IN ("+whom+") AND "+condition, params)
		if err != nil {
			return nil, err
		}
		for _, c := range calls {
			if !known[c.ID] {
				known[c.ID] = true
				all = append(all, c)
			}
		}
	}
	slices.SortStableFunc(all, func(a, b Call) int { return cmp.Compare(a.Made, b.Made) })
	return all, nil
}

// Settle ends a call of somebody who was stuck, because the viewer helped. It
// returns web.ErrNotFound for whoever does not have it in StuckFor.
func (r *Room) Settle(ctx context.Context, viewer *web.Viewer, call string) error {
	found, err := r.stuckFor(ctx, viewer, r.now(), "k.ended = '' AND k.id = {:call}", dbx.Params{"call": call})
	if err != nil {
		return err
	}
	if len(found) == 0 {
		return web.ErrNotFound
	}
	c := found[0]
	return r.app.RunInTransaction(func(tx core.App) error {
		done, err := web.Changes(tx, `UPDATE calls SET ended = {:now}, taker = {:me}, taken = CASE WHEN taken = '' THEN {:now} ELSE taken END, updated = {:now}
			WHERE id = {:id} AND ended = ''`, dbx.Params{"id": c.ID, "me": viewer.ID, "now": moment(r.now())})
		if err != nil || !done {
			return err
		}
		return r.recordCall(tx, audit.HelpEnded, viewer.ID, c)
	})
}
