package reflections

import (
	"fmt"

	"alongside/hooks/audit"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// remove deletes a reflection, and says whether something of it is kept because of
// a hold.
func (r *Room) remove(learner, id string) (held bool, err error) {
	err = r.app.RunInTransaction(func(tx core.App) error {
		shares, err := sharesIn(tx, learner, id)
		if err != nil {
			return err
		}
		held, err = isOnHold(tx, learner)
		if held = held && len(shares) > 0; err != nil {
			return err
		}
		if held {
			err = r.hide(tx, learner, id, shares)
		} else {
			err = r.removeAll(tx, learner, id)
		}
		if err != nil {
			return err
		}
		return r.audit.Record(tx, audit.Act{Kind: audit.ReflectionDeleted, Actor: learner, Subject: learner, Item: id})
	})
	return held, err
}

// sharesIn reads the shares of a reflection in a transaction: it may have been
// shared since its page was shown.
func sharesIn(tx core.App, learner, id string) (all []Share, err error) {
	err = tx.NonconcurrentDB().NewQuery("SELECT " + columnsOfShare + " FROM shares s WHERE s.learner = {:learner} AND s.reflection = {:id}").
		Bind(dbx.Params{"learner": learner, "id": id}).All(&all)
	if err != nil {
		return nil, fmt.Errorf("read shares: %w", err)
	}
	return all, nil
}

func isOnHold(tx core.App, person string) (yes bool, err error) {
	err = tx.NonconcurrentDB().NewQuery("SELECT {:person} IN (" + audit.OnHold + ")").Bind(dbx.Params{"person": person}).Row(&yes)
	return yes, err
}

// hide takes a reflection back from everybody who could read something of it. What
// only the learner could read goes; what was shared, said there and answered is
// kept sealed, for as long as the learner is on hold.
func (r *Room) hide(tx core.App, learner, id string, shares []Share) error {
	for _, s := range shares {
		if s.Withdrawn != "" {
			continue
		}
		if err := r.withdraw(tx, s); err != nil {
			return err
		}
	}
	if err := r.clearStand(tx, "reflection", id); err != nil {
		return err
	}
	return web.Exec(tx, "UPDATE reflections SET state = 'deleted', sealed = '', how = '', updated = {:now} WHERE id = {:id} AND user = {:user}",
		dbx.Params{"id": id, "user": learner, "now": moment(r.now())})
}

const sharesOfOne = "SELECT id FROM shares WHERE reflection = {:id} AND learner = {:user}"

// removeAll removes a reflection with everything that hangs on it.
func (r *Room) removeAll(tx core.App, learner, id string) error {
	params := dbx.Params{"id": id, "user": learner}
	const replies = "SELECT id FROM replies WHERE share IN (" + sharesOfOne + ")"
	_, err := r.clearWhere(tx, "owner = {:user} AND (reflection = {:id} OR share IN ("+sharesOfOne+") OR reply IN ("+replies+"))", params, -1)
	if err != nil {
		return err
	}
	for _, sql := range []string{
		"DELETE FROM replies WHERE share IN (" + sharesOfOne + ")",
		"DELETE FROM shares WHERE reflection = {:id} AND learner = {:user}",
		"DELETE FROM reflections WHERE id = {:id} AND user = {:user}",
	} {
		if err := web.Exec(tx, sql, params); err != nil {
			return err
		}
	}
	return nil
}
