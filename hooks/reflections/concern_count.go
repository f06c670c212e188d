package reflections

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"alongside/hooks/people"
	"alongside/hooks/vault"
	"alongside/hooks/web"
)

// countedFor is how far back a manager's numbers reach.
const countedFor = 365 * 24 * time.Hour

// CountConcerns are the numbers and times of concerns in the programmes that a
// viewer manages, without those about themselves. It says nothing of any one.
func (r *Room) CountConcerns(ctx context.Context, viewer *web.Viewer) (people.ConcernCounts, error) {
	which, params := people.ProgrammesOf(viewer, people.Concerns, people.Counts)
	params["me"], params["since"] = viewer.ID, moment(r.now().Add(-countedFor))
	var rows []Concern
	err := r.app.ConcurrentDB().NewQuery("SELECT " + columnsOfConcern + " FROM concerns n WHERE n.programme IN (" + which + `)
		AND n.state != 'draft' AND n.staff != {:me} AND n.about != {:me} AND (n.state != 'closed' OR n.raised > {:since}) LIMIT 10000`).
		Bind(params).WithContext(ctx).All(&rows)
	if err != nil {
		return people.ConcernCounts{}, fmt.Errorf("count concerns: %w", err)
	}
	var counts people.ConcernCounts
	var took []time.Duration
	for _, c := range rows {
		ok, err := c.isTrue(r.app, r.vault)
		if errors.Is(err, vault.ErrNoKey) {
			return people.ConcernCounts{Unknown: true}, nil // nobody can tell about whom they are
		}
		if err != nil {
			return counts, err
		}
		if !ok && c.namesByHand(r.app, r.vault, viewer.ID) {
			continue
		}
		took = r.count(&counts, took, c)
	}
	counts.Took = middle(took)
	return counts, nil
}

func (r *Room) count(counts *people.ConcernCounts, took []time.Duration, c Concern) []time.Duration {
	raised, err := time.Parse(time.RFC3339Nano, people.Moment(c.Raised))
	if err != nil {
		return took
	}
	counts.Year++
	if c.State != ConcernClosed {
		counts.Open++
	}
	if c.State == ConcernRaised {
		counts.Waiting++
		counts.Longest = max(counts.Longest, hours(r.now().Sub(raised)))
		return took
	}
	if acknowledged, err := time.Parse(time.RFC3339Nano, people.Moment(c.Acked)); err == nil {
		took = append(took, acknowledged.Sub(raised))
	}
	return took
}

// hours are full hours.
func hours(d time.Duration) int { return int(d.Hours()) }

// middle is how many hours the one in the middle took; -1 where there is none.
func middle(all []time.Duration) int {
	if len(all) == 0 {
		return -1
	}
	slices.Sort(all)
	return hours(all[len(all)/2])
}
