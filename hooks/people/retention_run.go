package people

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"alongside/hooks/audit"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// Begin starts what the keeping does by itself, until the app ends.
func (k *Keeping) Begin() {
	ctx, stop := context.WithCancel(context.Background())
	k.app.OnTerminate().BindFunc(func(e *core.TerminateEvent) error {
		stop()
		return e.Next()
	})
	warn := func(err error) {
		if err != nil && ctx.Err() == nil {
			k.app.Logger().Warn("retention", "error", err)
		}
	}
	k.app.Cron().MustAdd("retention", "43 2 * * *", func() { warn(k.Run(ctx)) })
	k.app.Cron().MustAdd("retention_of_a_day", "17 * * * *", func() {
		_, err := k.letGo(ctx, retention{}, func(c Clock) bool { return c.Fixed })
		warn(err)
	})
}

// Run lets everything go that was kept long enough, and records what it did. It
// also finishes erasures of which something came in late.
func (k *Keeping) Run(ctx context.Context) error {
	r, err := k.retention(ctx)
	if err != nil {
		return err
	}
	gone, err := k.letGo(ctx, r, func(Clock) bool { return true })
	if err != nil {
		return err
	}
	if _, err := k.Replay(ctx); err != nil {
		return err
	}
	if err := k.noteRun(gone); err != nil {
		return err
	}
	return k.truncateLog(ctx)
}

func (k *Keeping) letGo(ctx context.Context, r retention, which func(Clock) bool) (map[string]int, error) {
	gone := map[string]int{}
	for _, parts := range k.clocks() {
		before := k.now().AddDate(0, 0, -r.days(parts[0]))
		for _, part := range parts {
			if part.Retire == nil || !which(part) {
				continue
			}
			n, err := retireAll(ctx, part, before)
			if err != nil {
				return gone, err
			}
			gone[part.Name] += n
		}
	}
	return gone, nil
}

// retireAll lets go chunk by chunk: everybody else's writes come in between.
func retireAll(ctx context.Context, part Clock, before time.Time) (int, error) {
	for all := 0; ; {
		if err := ctx.Err(); err != nil {
			return all, err
		}
		n, err := part.Retire(ctx, before, chunk)
		if all += n; err != nil || n < chunk {
			return all, err
		}
	}
}

// noteRun keeps what a run did beside the clocks, and in the record.
func (k *Keeping) noteRun(gone map[string]int) error {
	ran, err := json.Marshal(retentionRan{At: Before(k.now()), Gone: gone})
	if err != nil {
		return err
	}
	return k.app.RunInTransaction(func(tx core.App) error {
		_, err := tx.NonconcurrentDB().NewQuery(`UPDATE settings SET retention =
			json_set(` + storedRetention + `, '$.ran', json({:ran}))`).
			Bind(dbx.Params{"ran": string(ran)}).Execute()
		if err != nil {
			return fmt.Errorf("note retention: %w", err)
		}
		return k.audit.Record(tx, audit.Act{Kind: audit.RetentionRan, Detail: k.countsInOrder(gone)})
	})
}

// countsInOrder is what a run did in words that never change: "cards 2, left 10".
func (k *Keeping) countsInOrder(gone map[string]int) string {
	var said []string
	for _, parts := range k.clocks() {
		if n := gone[parts[0].Name]; n > 0 {
			said = append(said, parts[0].Name+" "+strconv.Itoa(n))
		}
	}
	return strings.Join(said, ", ")
}
