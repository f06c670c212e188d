package reflections

import (
	"context"

	"alongside/hooks/audit"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// settledSQL is the condition that the viewer settled a call k not long ago, and
// that the learner did not ask anew.
const settledSQL = `k.taker = {:me} AND k.ended > {:since} AND NOT EXISTS (SELECT 1 FROM calls o WHERE o.learner = k.learner AND o.kind = k.kind
	AND o.ended = '' AND o.programme = k.programme AND o.module = k.module AND o.step = k.step)`

// HelpedBy are those whose call the viewer settled not long ago, and still can put
// back.
func (r *Room) HelpedBy(ctx context.Context, viewer *web.Viewer) ([]Call, error) {
	return r.settledBy(ctx, viewer, "1", nil)
}

func (r *Room) settledBy(ctx context.Context, viewer *web.Viewer, condition string, more dbx.Params) ([]Call, error) {
	params := dbx.Params{"since": moment(r.now().Add(-soonAgain))}
	for name, value := range more {
		params[name] = value
	}
	return r.stuckFor(ctx, viewer, r.now(), settledSQL+" AND "+condition, params)
}

// Unsettle lets a call wait again that the viewer settled not long ago. It returns
// web.ErrNotFound for whoever does not have it in HelpedBy.
func (r *Room) Unsettle(ctx context.Context, viewer *web.Viewer, call string) error {
	found, err := r.settledBy(ctx, viewer, "k.id = {:call}", dbx.Params{"call": call})
	if err != nil {
		return err
	}
	if len(found) == 0 {
		return web.ErrNotFound
	}
	return r.app.RunInTransaction(func(tx core.App) error {
		done, err := web.Changes(tx, "UPDATE calls AS k SET ended = '', taken = '', taker = '', updated = {:now} WHERE k.id = {:call} AND "+settledSQL,
			dbx.Params{"call": call, "me": viewer.ID, "since": moment(r.now().Add(-soonAgain)), "now": moment(r.now())})
		if err != nil || !done {
			return err
		}
		return r.recordCall(tx, audit.HelpReopened, viewer.ID, found[0])
	})
}
