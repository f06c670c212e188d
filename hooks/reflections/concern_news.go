package reflections

import (
	"context"
	"fmt"
	"time"

	"alongside/hooks/notify"
	"alongside/hooks/people"

	"github.com/pocketbase/dbx"
)

// concernNews counts for the daily mail the concerns that wait for those who answer
// for them. Its words say nothing of concerns: whoever sees such a mail learns that a
// task waits.
type concernNews struct{ room *Room }

// concernsWaitSQL reads those that are open, but for those that are to be looked at
// on a day that has not come.
const concernsWaitSQL = "SELECT " + columnsOfConcern + ` FROM concerns n
	WHERE n.state NOT IN ('draft', 'closed') AND (n.review = '' OR n.review <= {:policyNow}) LIMIT 10000`

// Waiting counts by person. Of one that was changed by hand nobody knows from whom it
// was hidden, so nobody is told of it.
func (n concernNews) Waiting(ctx context.Context, now time.Time) ([]notify.Count, error) {
	var rows []Concern
	err := n.room.app.ConcurrentDB().NewQuery(concernsWaitSQL).Bind(dbx.Params{"policyNow": people.Before(now)}).WithContext(ctx).All(&rows)
	if err != nil {
		return nil, fmt.Errorf("count concerns that wait: %w", err)
	}
	waits, leads := map[string]int{}, map[string][]people.Member{}
	for _, c := range rows {
		if ok, err := c.isTrue(n.room.app, n.room.vault); err != nil || !ok {
			continue // without the key no daily mail goes out
		}
		if _, known := leads[c.Programme]; !known {
			if leads[c.Programme], err = people.LeadsOf(ctx, n.room.app, c.Programme, now); err != nil {
				return nil, err
			}
		}
		for _, lead := range c.readersAmong(leads[c.Programme]) {
			waits[lead.ID]++
		}
	}
	var counts []notify.Count
	for person, count := range waits {
		counts = append(counts, notify.Count{Person: person, Kind: "tasks", Count: count})
	}
	return counts, nil
}
