package content

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"alongside/courses"

	"github.com/pocketbase/dbx"
)

type mapKey struct{ from, to string }

// mapping is a map between two revisions; same says that nothing moved.
type mapping struct {
	m    courses.Map
	same bool
}

// A Carrier carries what was given to one revision over to another.
type Carrier struct{ mapping }

// Carrier finds how ids and positions of one revision read in another of the
// same module, in whichever language each is. Both are record ids.
func (c *Content) Carrier(ctx context.Context, from, to string) (Carrier, error) {
	if from == to {
		return Carrier{mapping{same: true}}, nil
	}
	found, err := c.maps.get(mapKey{from, to}, func() (mapping, error) { return c.findMap(ctx, from, to) })
	return Carrier{found}, err
}

// Step is where a step is now, "" where it is gone.
func (c Carrier) Step(id string) string {
	if c.same {
		return id
	}
	return c.m.Steps[id]
}

// Steps carries a list of steps; those that are gone fall out.
func (c Carrier) Steps(ids []string) []string {
	if c.same {
		return ids
	}
	var now []string
	for _, id := range ids {
		if to := c.m.Steps[id]; to != "" && !slices.Contains(now, to) {
			now = append(now, to)
		}
	}
	return now
}

// Activity is where an activity and its positions are now.
func (c Carrier) Activity(id string) (to courses.ActivityMap, same bool) {
	if c.same {
		return courses.ActivityMap{To: id}, true
	}
	return c.m.Activities[id], false
}

// Activity is an activity as it read in a revision, empty where that has none
// by this id.
func (c *Content) Activity(ctx context.Context, revision, id string) (*courses.Activity, error) {
	found, err := c.bareModule(ctx, revision)
	if err != nil {
		return nil, err
	}
	for _, step := range found.module.Steps {
		for _, a := range step.Activities {
			if a.ID == id {
				return a, nil
			}
		}
	}
	return &courses.Activity{ID: id}, nil
}

// FormerStep finds where a step of an earlier revision of a module is now, by
// the id that it had then; "" where there was none or it is gone.
func (c *Content) FormerStep(ctx context.Context, revision, id string) (string, error) {
	original, err := c.original(ctx, revision)
	if err != nil {
		return "", err
	}
	links, err := c.chain(ctx, original)
	if err != nil {
		return "", err
	}
	toNow := courses.Map{}
	for i, l := range links {
		if i == 0 {
			toNow = l.maps
		} else {
			toNow = l.maps.Then(toNow)
		}
		if to := toNow.Steps[id]; to != "" && to != id {
			return to, nil
		}
	}
	return "", nil
}

// findMap takes both to the texts whose positions they share, then follows the
// stored maps; where these do not lead from one to the other, the two texts are
// compared themselves.
func (c *Content) findMap(ctx context.Context, from, to string) (mapping, error) {
	a, err := c.original(ctx, from)
	if err != nil {
		return mapping{}, err
	}
	b, err := c.original(ctx, to)
	if err != nil {
		return mapping{}, err
	}
	if a == b {
		return mapping{same: true}, nil
	}
	chain, err := c.chain(ctx, b)
	if err != nil {
		return mapping{}, err
	}
	if at := slices.IndexFunc(chain, func(l link) bool { return l.Previous == a }); at >= 0 {
		m := chain[at].maps
		for i := at - 1; i >= 0; i-- {
			m = m.Then(chain[i].maps)
		}
		return mapping{m: m}, nil
	}
	return c.compare(ctx, a, b)
}

func (c *Content) compare(ctx context.Context, a, b string) (mapping, error) {
	old, err := c.bareModule(ctx, a)
	if err != nil {
		return mapping{}, err
	}
	now, err := c.bareModule(ctx, b)
	if err != nil {
		return mapping{}, err
	}
	return mapping{m: courses.Compare(old.module, now.module)}, nil
}

// original is the revision whose positions a revision shares: what it was
// translated from, or itself.
func (c *Content) original(ctx context.Context, id string) (string, error) {
	found, err := c.bareModule(ctx, id)
	if err != nil || found.source == "" {
		return id, err
	}
	return found.source, nil
}

// link is one revision and the map from its predecessor.
type link struct {
	ID       string `db:"id"`
	Previous string `db:"previous"`
	Maps     string `db:"maps"`
	maps     courses.Map
}

const chainSQL = `WITH RECURSIVE chain(id, previous, maps, depth) AS (
		SELECT id, previous, maps, 0 FROM revisions WHERE id = {:id}
		UNION ALL
		SELECT r.id, r.previous, r.maps, depth + 1 FROM revisions r JOIN chain ON r.id = chain.previous WHERE depth < 1000
	) SELECT id, previous, COALESCE(maps, '') AS maps FROM chain WHERE previous != '' ORDER BY depth`

// chain is a revision's history, newest first, as far as maps were stored.
func (c *Content) chain(ctx context.Context, id string) ([]link, error) {
	var links []link
	err := c.app.ConcurrentDB().NewQuery(chainSQL).Bind(dbx.Params{"id": id}).WithContext(ctx).All(&links)
	if err != nil {
		return nil, fmt.Errorf("history of revision %s: %w", id, err)
	}
	for i := range links {
		if links[i].Maps == "" || links[i].Maps == "null" {
			return links[:i], nil
		}
		if err := json.Unmarshal([]byte(links[i].Maps), &links[i].maps); err != nil {
			return nil, fmt.Errorf("map of revision %s: %w", links[i].ID, err)
		}
	}
	return links, nil
}

// former finds the ids that activities had before.
func (c *Content) former(ctx context.Context, row revisionRow, module *courses.Module) (map[string][]string, error) {
	original := row.ID
	if row.Source != "" {
		original = row.Source
	}
	links, err := c.chain(ctx, original)
	if err != nil {
		return nil, err
	}
	former := make(map[string][]string)
	var toNow courses.Map
	for i, l := range links {
		if i == 0 {
			toNow = l.maps
		} else {
			toNow = l.maps.Then(toNow)
		}
		for old, to := range toNow.Activities {
			if to.To != "" && to.To != old && !slices.Contains(former[to.To], old) {
				former[to.To] = append(former[to.To], old)
			}
		}
	}
	return former, nil
}
