package signin

import (
	"context"
	"time"

	"github.com/pocketbase/pocketbase/core"
)

// Begin starts what the desk does by itself, until the app ends: it stores when
// people were last seen. What is old goes with its clocks, see Keeper.
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
