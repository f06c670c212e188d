package people

import (
	"context"
	"encoding/json"
	"fmt"
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

func (k *Keeping) retention(ctx context.Context) (retention, error) { return retentionOf(ctx, k.app) }

func retentionOf(ctx context.Context, app core.App) (retention, error) {
	var stored string
	err := app.ConcurrentDB().NewQuery("SELECT COALESCE(retention, '') FROM settings LIMIT 1").WithContext(ctx).Row(&stored)
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
