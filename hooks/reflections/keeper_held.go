package reflections

import (
	"fmt"

	"alongside/hooks/audit"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// takenBackSQL are shares that were taken back while their learner was on hold,
// which is over: what the reader saw was kept for that, and goes now.
const takenBackSQL = "SELECT id FROM shares WHERE withdrawn != '' AND sealed != '' AND learner NOT IN (" + audit.OnHold + ")"

// letTakenBackGo removes what was kept of them only because of a hold, and reports
// whether there was any.
func (r *Room) letTakenBackGo() (gone bool, err error) {
	err = r.app.RunInTransaction(func(tx core.App) error {
		if _, err := r.clearWhere(tx, "share IN ("+takenBackSQL+")", dbx.Params{}, -1); err != nil {
			return err
		}
		if gone, err = web.Changes(tx, "UPDATE shares SET sealed = '' WHERE id IN ("+takenBackSQL+")", dbx.Params{}); err != nil {
			return fmt.Errorf("let what was taken back go: %w", err)
		}
		return nil
	})
	return gone, err
}
