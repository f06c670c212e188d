package notify

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// chunk is how many rows go into one transaction: everybody else's writes wait
// for that long, and no longer.
const chunk = 200

// MakeDigests lays the daily mail into the outbox for everybody who wants one and
// for whom something waits. Run twice on a day it makes nothing new.
func (p *Post) MakeDigests(ctx context.Context) error {
	if !IsSetUp(p.app) {
		return nil
	}
	waits, err := p.waitingFor(ctx)
	if err != nil {
		return err
	}
	want, err := p.people.WantDigest(ctx)
	if err != nil {
		return err
	}
	served, err := p.servedToday(ctx)
	if err != nil {
		return err
	}
	to := slices.DeleteFunc(want, func(r Recipient) bool { return len(waits[r.ID]) == 0 || served[r.ID] })
	for some := range slices.Chunk(to, chunk) {
		if err := p.app.RunInTransaction(func(tx core.App) error { return p.putDigests(tx, some) }); err != nil {
			return err
		}
	}
	return nil
}

func (p *Post) putDigests(tx core.App, to []Recipient) error {
	now := p.now()
	for _, r := range to {
		if err := p.put(tx, digest, r.ID, now.UTC().Format(time.DateOnly), now); err != nil {
			return err
		}
	}
	return nil
}

// waitingFor is what waits for whom, in the order of the sources.
func (p *Post) waitingFor(ctx context.Context) (map[string][]Count, error) {
	all := map[string][]Count{}
	for _, source := range p.sources {
		counts, err := source.Waiting(ctx, p.now())
		if err != nil {
			return nil, fmt.Errorf("what waits for people: %w", err)
		}
		for _, one := range counts {
			if one.Count > 0 {
				all[one.Person] = with(all[one.Person], one)
			}
		}
	}
	return all, nil
}

// with adds a count to those of one person. What two sources call by the same kind is
// one line, so that nobody can tell them apart.
func with(counts []Count, one Count) []Count {
	for i := range counts {
		if counts[i].Kind == one.Kind {
			counts[i].Count += one.Count
			return counts
		}
	}
	return append(counts, one)
}

// servedToday are those who had a daily mail today, or for whom one is on its way.
func (p *Post) servedToday(ctx context.Context) (map[string]bool, error) {
	var people []string
	err := p.app.ConcurrentDB().NewQuery("SELECT person FROM outbox WHERE kind = 'digest' AND (state = 'waiting' OR sent >= {:today})").
		Bind(dbx.Params{"today": moment(beginOf(p.now()))}).WithContext(ctx).Column(&people)
	if err != nil {
		return nil, fmt.Errorf("who had a daily mail: %w", err)
	}
	served := make(map[string]bool, len(people))
	for _, one := range people {
		served[one] = true
	}
	return served, nil
}

// hadOneToday reports whether a daily mail went to somebody today.
func (p *Post) hadOneToday(ctx context.Context, person string) (had bool, err error) {
	err = p.app.ConcurrentDB().NewQuery("SELECT EXISTS (SELECT 1 FROM outbox WHERE person = {:person} AND kind = 'digest' AND sent >= {:today})").
		Bind(dbx.Params{"person": person, "today": moment(beginOf(p.now()))}).WithContext(ctx).Row(&had)
	if err != nil {
		return false, fmt.Errorf("daily mails of %s: %w", person, err)
	}
	return had, nil
}
