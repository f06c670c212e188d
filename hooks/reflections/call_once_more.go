package reflections

import (
	"context"
	"fmt"
	"slices"
	"time"

	"alongside/hooks/people"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// againAfter is how long a call for help now waits for somebody to be on it, until the
// learner can tell those who were told once more.
const againAfter = 30 * time.Minute

// tellAgain sends mail once more to those who were told of calls on which nobody is
// for a while, and names the next one who is here in each of their programmes.
func (r *Room) tellAgain(ctx context.Context, tx core.App, learner string) (next []people.Callee, err error) {
	var told []people.Callee
	err = tx.DB().NewQuery("SELECT k.worker AS id, k.programme FROM calls k WHERE k.learner = {:learner} AND k.kind = 'now' AND k.ended = '' AND " +
		people.Works("k.worker", "k.programme")).Bind(dbx.Params{"learner": learner, "policyNow": people.Before(r.now())}).All(&told)
	if err != nil {
		return nil, fmt.Errorf("who was told of %s: %w", learner, err)
	}
	here, err := people.NextCalleesOf(ctx, tx, learner, r.now())
	if err != nil {
		return nil, err
	}
	found := map[string]bool{}
	for _, to := range told {
		due, err := web.Changes(tx, `UPDATE calls SET updated = {:now} WHERE learner = {:learner} AND kind = 'now' AND programme = {:programme} AND worker = {:worker}
			AND ended = '' AND taken = '' AND updated <= {:old}`, dbx.Params{
			"learner": learner, "programme": to.Programme, "worker": to.ID, "now": moment(r.now()), "old": moment(r.now().Add(-againAfter)),
		})
		if err != nil {
			return nil, fmt.Errorf("tell once more: %w", err)
		}
		if !due {
			continue
		}
		if err := r.urgent(tx, to.ID, RowID(learner, moment(r.now()), "once-more")); err != nil {
			return nil, err
		}
		for _, c := range here {
			if c.Programme == to.Programme && !found[c.Programme] && !slices.Contains(told, c) {
				found[c.Programme], next = true, append(next, c)
			}
		}
	}
	return next, nil
}
