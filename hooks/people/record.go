package people

import (
	"alongside/hooks/audit"
	"alongside/hooks/web"

	"github.com/pocketbase/pocketbase/core"
)

// acting runs one act of the viewer in a transaction and records it there, so
// that there is never the one without the other. do returns what to record
// besides the actor.
func (o *Office) acting(e *core.RequestEvent, do func(tx core.App) ([]audit.Act, error)) error {
	return e.App.RunInTransaction(func(tx core.App) error {
		acts, err := do(tx)
		if err != nil {
			return err
		}
		for _, act := range acts {
			act.Actor = web.Current(e).ID
			if err := o.audit.Record(tx, act); err != nil {
				return err
			}
		}
		return nil
	})
}
