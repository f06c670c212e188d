package signin

import (
	"context"
	"fmt"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// forgetSessionsAfter is how long the row of a session stays after its end, so
// that a person can still be told where they were signed in.
const forgetSessionsAfter = 90 * 24 * time.Hour

// Begin starts what the desk does by itself, until the app ends: it stores when
// people were last seen, and forgets what is old.
func (d *Desk) Begin() {
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() {
		defer close(done)
		d.writeSeen(ctx)
	}()
	d.app.OnTerminate().BindFunc(func(e *core.TerminateEvent) error {
		stop()
		<-done
		return e.Next()
	})
	d.app.Cron().MustAdd("forget_sessions", "17 * * * *", func() { d.warn(d.Forget()) })
}

// writeSeen stores at every tick, and once more at the end.
func (d *Desk) writeSeen(ctx context.Context) {
	tick := time.NewTicker(writeSeenEvery)
	defer tick.Stop()
	for ctx.Err() == nil {
		select {
		case <-tick.C:
		case <-ctx.Done():
		}
		d.warn(d.seen.write(d.app))
	}
}

func (d *Desk) warn(err error) {
	if err != nil {
		d.app.Logger().Warn("sign-in desk", "error", err)
	}
}

// Forget deletes kept forms after a day and sessions some time after their end.
func (d *Desk) Forget() error {
	now := d.now()
	_, err := d.app.DB().Delete("kept_posts", before("created", now.Add(-keepFor))).Execute()
	if err != nil {
		return fmt.Errorf("forget kept forms: %w", err)
	}
	_, err = d.app.DB().Delete("sessions", before("expires", now.Add(-forgetSessionsAfter))).Execute()
	if err != nil {
		return fmt.Errorf("forget sessions: %w", err)
	}
	return nil
}

func before(field string, moment time.Time) dbx.Expression {
	return dbx.NewExp("[["+field+"]] < {:moment}", dbx.Params{"moment": databaseTime(moment)})
}
