package reflections

import (
	"context"
	"fmt"
	"time"

	"alongside/hooks/audit"
	"alongside/hooks/people"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// Erase removes what hangs on what others read first. Of somebody who answered, the
// threads stay with their learners, who find there that they are not here any more;
// what was begun and never sent goes. Drafts of concerns go with their keys, those
// about the person too: docs/security.md says why concerns stay.
func (k *Keeper) Erase(tx core.App, person string, most int) (int, error) {
	tx.TxInfo().OnComplete(func(error) error { // pages know of open calls without asking
		k.readCalls()
		return nil
	})
	removed, err := people.Remove(tx, dbx.Params{"person": person}, most,
		"DELETE FROM replies WHERE id IN (SELECT r.id FROM shares s JOIN replies r ON r.share = s.id WHERE s.learner = {:person} LIMIT {:most})",
		"DELETE FROM replies WHERE id IN (SELECT id FROM replies WHERE writer = {:person} AND state = 'draft' LIMIT {:most})",
		"DELETE FROM shares WHERE id IN (SELECT id FROM shares WHERE learner = {:person} LIMIT {:most})",
		"DELETE FROM calls WHERE id IN (SELECT id FROM calls WHERE learner = {:person} LIMIT {:most})",
		"DELETE FROM reflections WHERE id IN ("+mineSQL+" LIMIT {:most})")
	if err != nil || removed >= most {
		return removed, err
	}
	gone, err := k.clearConcerns(tx, "state = 'draft' AND (raised_by = {:person} OR about = {:person} AND raised_by "+notHeld+")", dbx.Params{"person": person}, most-removed)
	return removed + gone, err
}

// clearConcerns lets concerns go with all that was done about them, and their keys.
func (k *Keeper) clearConcerns(tx core.App, condition string, params dbx.Params, most int) (int, error) {
	bound := dbx.Params{"most": most}
	for name, value := range params {
		bound[name] = value
	}
	var ids []string
	err := tx.NonconcurrentDB().NewQuery("SELECT id FROM concerns WHERE " + condition + " LIMIT {:most}").Bind(bound).Column(&ids)
	if err != nil {
		return 0, fmt.Errorf("find concerns: %w", err)
	}
	for _, id := range ids {
		for _, sql := range []string{"DELETE FROM concern_acts WHERE concern = {:id}", "DELETE FROM concerns WHERE id = {:id}"} {
			if _, err := tx.NonconcurrentDB().NewQuery(sql).Bind(dbx.Params{"id": id}).Execute(); err != nil {
				return 0, fmt.Errorf("remove concern %s: %w", id, err)
			}
		}
		if err := k.vault.Forget(tx, concernOwner(id)); err != nil {
			return 0, err
		}
	}
	return len(ids), nil
}

// What goes a while after a learner left.
const (
	whoLeft        = "IN (" + people.Left + ")"
	notHeld        = "NOT IN (" + audit.OnHold + ")"
	leftSQL        = "SELECT id FROM reflections WHERE user " + whoLeft + " AND user " + notHeld
	sharesLeftSQL  = "SELECT id FROM shares WHERE learner " + whoLeft + " AND learner " + notHeld
	repliesLeftSQL = "SELECT r.id FROM shares s JOIN replies r ON r.share = s.id WHERE s.learner " + whoLeft + " AND s.learner " + notHeld
	callsLeftSQL   = "SELECT id FROM calls WHERE learner " + whoLeft + " AND learner " + notHeld
)

// closedSQL are concerns that are over, of nobody who is on hold.
const closedSQL = "state = 'closed' AND closed != '' AND closed < {:before} AND " + nobodyHeld

// draftsLeftSQL are concerns that somebody began and did not raise, who left.
const draftsLeftSQL = "state = 'draft' AND raised_by " + whoLeft + " AND " + nobodyHeld

// nobodyHeld is the condition that nobody is on hold whom a concern is about, whom it
// names, or who raised it.
const nobodyHeld = "about " + notHeld + " AND staff " + notHeld + " AND raised_by " + notHeld

// Clocks has the one of those who have left, and that of closed concerns.
func (k *Keeper) Clocks() []people.Clock {
	left := people.NewClock(k.app, people.AfterLeaving(), repliesLeftSQL+" UNION ALL "+sharesLeftSQL+" UNION ALL "+callsLeftSQL+" UNION ALL "+leftSQL+
		" UNION ALL SELECT id FROM concerns WHERE "+draftsLeftSQL,
		"DELETE FROM replies WHERE id IN ("+repliesLeftSQL+" LIMIT {:most})",
		"DELETE FROM shares WHERE id IN ("+sharesLeftSQL+" LIMIT {:most})",
		"DELETE FROM calls WHERE id IN ("+callsLeftSQL+" LIMIT {:most})",
		"DELETE FROM reflections WHERE id IN ("+leftSQL+" LIMIT {:most})")
	rest := left.Retire
	left.Retire = func(ctx context.Context, before time.Time, most int) (int, error) {
		defer k.readCalls()
		n, err := rest(ctx, before, most)
		if err != nil || n >= most {
			return n, err
		}
		drafts, err := k.retireConcerns(draftsLeftSQL, before, most-n)
		return n + drafts, err
	}
	closed := people.NewClock(k.app, people.Clock{Name: "concerns", Days: 6 * 365, Least: 366}, "SELECT id FROM concerns WHERE "+closedSQL)
	closed.Retire = func(_ context.Context, before time.Time, most int) (int, error) {
		return k.retireConcerns(closedSQL, before, most)
	}
	return []people.Clock{left, closed}
}

func (k *Keeper) retireConcerns(condition string, before time.Time, most int) (n int, err error) {
	err = k.app.RunInTransaction(func(tx core.App) (err error) {
		n, err = k.clearConcerns(tx, condition, dbx.Params{"before": people.Before(before)}, most)
		return err
	})
	return n, err
}
