package reflections

import (
	"context"
	"encoding/json"
	"maps"
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
	found := map[string]string{} // where each file lies, by its name
	err := r.shelf.each(before, func(path, name string, half bool) error {
		if half {
			return os.Remove(path)
		}
		found[name] = path
		return ctx.Err()
	})
	if err != nil {
		return err
	}
	for some := range slices.Chunk(slices.Collect(maps.Keys(found)), 500) {
		stray, err := r.strayFiles(ctx, some)
		if err != nil {
			return err
		}
		for _, name := range stray {
			if err := os.Remove(found[name]); err != nil {
				return err
			}
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

func (r *Room) strayFiles(ctx context.Context, names []string) (stray []string, err error) {
	list, err := json.Marshal(names)
	if err != nil {
		return nil, err
	}
	err = r.app.ConcurrentDB().NewQuery(strayFilesSQL).Bind(dbx.Params{"names": string(list)}).WithContext(ctx).Column(&stray)
	return stray, err
}
