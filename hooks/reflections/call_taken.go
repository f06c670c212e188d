package reflections

import (
	"fmt"
	"time"

	"alongside/hooks/audit"
	"alongside/hooks/people"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// What those who were told do about a call for help now. To them all calls of a
// learner in a programme are one.
const (
	theirCallSQL = " WHERE learner = {:learner} AND programme = {:programme} AND kind = 'now' AND ended = '' AND "
	onItSQL      = "UPDATE calls SET taken = {:now}, taker = {:me}, updated = {:now}" + theirCallSQL

	takeOverSQL = onItSQL + "taker != {:me}"
	letGoSQL    = "UPDATE calls SET taken = '', taker = '', updated = {:now}" + theirCallSQL + "taker = {:me}"
	finishSQL   = "UPDATE calls SET ended = {:now}, updated = {:now}" + theirCallSQL + "taker = {:me}"
)

// takeSQL leaves it with whoever is on it, while they work there.
var takeSQL = onItSQL + "(taken = '' OR NOT " + people.Works("calls.taker", "calls.programme") + ")"

// take says that the viewer is on it. Where somebody else was quicker nothing
// changes, and the viewer is told so.
func (r *Room) take(viewer *web.Viewer, c Call) (notice string, err error) {
	done, err := r.change(viewer, c, takeSQL, audit.HelpTaken, nil)
	if done || c.Taker == viewer.ID {
		return "call-on-it", err
	}
	return "call-taken", err
}

// takeOver says that the viewer is on it instead of whoever was.
func (r *Room) takeOver(viewer *web.Viewer, c Call) (notice string, err error) {
	_, err = r.change(viewer, c, takeOverSQL, audit.HelpTaken, nil)
	return "call-on-it", err
}

// finish ends a call that the viewer was on.
func (r *Room) finish(viewer *web.Viewer, c Call) (notice string, err error) {
	done, err := r.change(viewer, c, finishSQL, audit.HelpEnded, nil)
	if !done {
		return nothingChanged(c), err
	}
	return "call-done", err
}

// letGo says that the viewer is not on it after all: it waits again for all who were
// told, and mail goes to the others.
func (r *Room) letGo(viewer *web.Viewer, c Call) (notice string, err error) {
	var others []string
	done, err := r.change(viewer, c, letGoSQL, audit.HelpReopened, func(tx core.App) (err error) {
		if others, err = r.othersTold(tx, viewer, c); err != nil {
			return err
		}
		for _, other := range others {
			once := RowID(c.Learner, r.now().UTC().Truncate(soonAgain).Format(time.RFC3339), "again")
			if err := r.urgent(tx, other, once); err != nil {
				return err
			}
		}
		return nil
	})
	if !done {
		return nothingChanged(c), err
	}
	if len(others) == 0 {
		return "call-let-go-alone", err
	}
	return "call-let-go", err
}

// nothingChanged says how a call stands that the viewer is not on.
func nothingChanged(c Call) (notice string) {
	if c.Taker == "" {
		return "call-waits"
	}
	return "call-taken"
}

// othersTold are those who were told of a call besides the viewer, and work there.
func (r *Room) othersTold(tx core.App, viewer *web.Viewer, c Call) (others []string, err error) {
	err = tx.DB().NewQuery("SELECT DISTINCT k.worker FROM calls k WHERE k.learner = {:learner} AND k.programme = {:programme} AND k.kind = 'now' AND k.ended = '' AND k.worker != {:me} AND " +
		people.Works("k.worker", "k.programme")).
		Bind(dbx.Params{"learner": c.Learner, "programme": c.Programme, "me": viewer.ID, "policyNow": people.Before(r.now())}).Column(&others)
	if err != nil {
		return nil, fmt.Errorf("who else was told: %w", err)
	}
	return others, nil
}

// change does something about a call, with what else belongs to it, and puts it on
// record. It reports whether anything changed.
func (r *Room) change(viewer *web.Viewer, c Call, sql string, kind audit.Kind, also func(tx core.App) error) (done bool, err error) {
	defer r.readCalls() // it is stored, whatever becomes of that
	err = r.app.RunInTransaction(func(tx core.App) (err error) {
		done, err = web.Changes(tx, sql, dbx.Params{
			"learner": c.Learner, "programme": c.Programme, "me": viewer.ID, "now": moment(r.now()), "policyNow": people.Before(r.now()),
		})
		if err != nil || !done {
			return err
		}
		if also != nil {
			if err := also(tx); err != nil {
				return err
			}
		}
		return r.recordCall(tx, kind, viewer.ID, c)
	})
	if err != nil {
		return false, fmt.Errorf("change a call, %s: %w", kind, err)
	}
	return done, nil
}
