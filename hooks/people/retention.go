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

// retention is what `settings` holds of it: days by clock, where a manager set
// another number than the clock's own, and what the last run did.
type retention struct {
	Days map[string]int `json:"days"`
	Ran  *retentionRan  `json:"ran,omitempty"`
}

type retentionRan struct {
	At   string         `json:"at"`
	Gone map[string]int `json:"gone"`
}

func (k *Keeping) retention(ctx context.Context) (retention, error) {
	var stored string
	err := k.app.ConcurrentDB().NewQuery("SELECT COALESCE(retention, '') FROM settings LIMIT 1").WithContext(ctx).Row(&stored)
	if err != nil {
		return retention{}, fmt.Errorf("read retention: %w", err)
	}
	var r retention
	if stored != "" {
		if err := json.Unmarshal([]byte(stored), &r); err != nil {
			return retention{}, fmt.Errorf("read retention: %w", err)
		}
	}
	return r, nil
}

// storedRetention is what is stored, for a statement that changes a part of it.
const storedRetention = "CASE WHEN json_valid(retention) AND retention LIKE '{%' THEN retention ELSE '{}' END"

// days is how long a clock runs.
func (r retention) days(c Clock) int {
	if days, set := r.Days[c.Name]; set && !c.Fixed {
		return max(days, c.Least)
	}
	return c.Days
}

// clocks are those of all rooms by name, in the order of the rooms, each with
// the parts of every room that shares it.
func (k *Keeping) clocks() [][]Clock {
	var all [][]Clock
	place := map[string]int{}
	for _, keeper := range k.keepers {
		for _, c := range keeper.Clocks() {
			at, known := place[c.Name]
			if !known {
				at = len(all)
				place[c.Name], all = at, append(all, nil)
			}
			all[at] = append(all[at], c)
		}
	}
	return all
}

// due counts what goes of a clock once it runs so many days.
func due(ctx context.Context, parts []Clock, days int, now time.Time) (int, error) {
	all := 0
	for _, part := range parts {
		if part.Due == nil {
			continue
		}
		n, err := part.Due(ctx, now.AddDate(0, 0, -days))
		if err != nil {
			return 0, err
		}
		all += n
	}
	return all, nil
}

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

// setDays stores how long clocks run, and records it.
func (k *Keeping) setDays(days map[string]int, by string) error {
	text, err := json.Marshal(days)
	if err != nil {
		return err
	}
	return k.app.RunInTransaction(func(tx core.App) error {
		_, err := tx.NonconcurrentDB().NewQuery(`UPDATE settings SET retention =
			json_set(` + storedRetention + `, '$.days', json({:days}))`).
			Bind(dbx.Params{"days": string(text)}).Execute()
		if err != nil {
			return fmt.Errorf("set retention: %w", err)
		}
		return k.audit.Record(tx, audit.Act{Kind: audit.SettingsChanged, Actor: by, Detail: "retention"})
	})
}
