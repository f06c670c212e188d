package reflections

import (
	"context"
	"encoding/json"
	"os"
	"slices"
	"sync"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// settled is how long a file lies on the shelf before it is asked whose it is:
// its row may be on its way.
const settled = time.Hour

// sweepRecordings starts, at once and every day, to let go what a crash left on the
// shelf, until the app ends.
func (r *Room) sweepRecordings() {
	ctx, stop := context.WithCancel(context.Background())
	var running sync.WaitGroup
	sweep := func() {
		if err := r.sweep(ctx, time.Now().Add(-settled)); err != nil && ctx.Err() == nil { // the clock of the files
			r.app.Logger().Warn("sweep recordings", "error", err)
		}
	}
	r.app.OnTerminate().BindFunc(func(e *core.TerminateEvent) error {
		stop()
		running.Wait()
		return e.Next()
	})
	running.Go(sweep)
	r.app.Cron().MustAdd("recordings", "21 3 * * *", sweep)
}

// sweep removes recordings that hang on nothing any more, files that were never
// finished, and files that no row names.
func (r *Room) sweep(ctx context.Context, before time.Time) error {
	if err := r.sweepRows(ctx); err != nil {
		return err
	}
	var halves, whole []string
	err := r.shelf.each(before, func(path, name string, half bool) error {
		if half {
			halves = append(halves, path)
		} else {
			whole = append(whole, name)
		}
		return ctx.Err()
	})
	if err != nil {
		return err
	}
	for _, path := range halves {
		if err := os.Remove(path); err != nil {
			return err
		}
	}
	for some := range slices.Chunk(whole, 500) {
		if err := r.sweepFiles(ctx, some); err != nil {
			return err
		}
	}
	return nil
}

const hangsOnNothing = `reflection NOT IN (SELECT id FROM reflections) AND share NOT IN (SELECT id FROM shares) AND reply NOT IN (SELECT id FROM replies)`

// sweepRows asks first without the lock that writing takes: mostly there is none.
func (r *Room) sweepRows(ctx context.Context) error {
	var some bool
	err := r.app.ConcurrentDB().NewQuery("SELECT EXISTS (SELECT 1 FROM recordings WHERE " + hangsOnNothing + ")").WithContext(ctx).Row(&some)
	if err != nil || !some {
		return err
	}
	return r.app.RunInTransaction(func(tx core.App) error {
		_, err := r.clearWhere(tx, hangsOnNothing, nil, -1)
		return err
	})
}

const strayFilesSQL = "SELECT j.value FROM json_each({:names}) j WHERE NOT EXISTS (SELECT 1 FROM recordings WHERE file = j.value)"

func (r *Room) sweepFiles(ctx context.Context, names []string) error {
	list, err := json.Marshal(names)
	if err != nil {
		return err
	}
	var stray []string
	err = r.app.ConcurrentDB().NewQuery(strayFilesSQL).Bind(dbx.Params{"names": string(list)}).WithContext(ctx).Column(&stray)
	if err != nil {
		return err
	}
	return r.shelf.remove(stray...)
}
