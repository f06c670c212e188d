package reflections

import (
	"context"
	"fmt"

	"alongside/hooks/audit"

	"github.com/pocketbase/pocketbase/core"
)

// noLongerHeldSQL are reflections that stayed only because of a hold which is over.
const noLongerHeldSQL = `SELECT id, user FROM reflections WHERE state = 'deleted' AND user NOT IN (` + audit.OnHold + `) LIMIT 500`

// letHeldGo removes what learners deleted while they were on hold, once they are
// not any more.
func (r *Room) letHeldGo(ctx context.Context) error {
	gone, err := r.letTakenBackGo()
	if err != nil {
		return err
	}
	defer func() {
		if gone {
			r.truncateLog(ctx)
		}
	}()
	var rows []struct {
		ID   string `db:"id"`
		User string `db:"user"`
	}
	err = r.app.ConcurrentDB().NewQuery(noLongerHeldSQL).WithContext(ctx).All(&rows)
	if err != nil || len(rows) == 0 {
		return err
	}
	gone = true
	for _, row := range rows {
		err := r.app.RunInTransaction(func(tx core.App) error {
			if held, err := isOnHold(tx, row.User); held || err != nil {
				return err
			}
			return r.removeAll(tx, row.User, row.ID)
		})
		if err != nil {
			return fmt.Errorf("let reflection %s go: %w", row.ID, err)
		}
	}
	return nil
}

// letHeldGoNightly does so once a day.
func (r *Room) letHeldGoNightly() {
	r.app.Cron().MustAdd("deleted-reflections", "27 3 * * *", func() {
		if err := r.letHeldGo(context.Background()); err != nil {
			r.app.Logger().Warn("let deleted reflections go", "error", err)
		}
	})
}
