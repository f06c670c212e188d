package content

import (
	"context"
	"fmt"
	"slices"

	"alongside/courses"

	"github.com/pocketbase/dbx"
)

type mapKey struct{ from, to string }

// mapping is where everything of one revision went in another.
type mapping struct {
	same       bool // nothing moved
	steps      map[string]string
	activities map[string]Carried // by name
}

// Carried is an activity of one revision and where it is in another.
type Carried struct {
	ID string              // that it had
	To courses.ActivityMap // zero where it is gone
}

// A Carrier carries what was given to one revision over to another.
type Carrier struct{ mapping }

// Carrier finds how names, ids and positions of one revision read in another of
// the same module, in whichever language each is. Both are record ids.
func (c *Content) Carrier(ctx context.Context, from, to string) (Carrier, error) {
	found, err := c.maps.get(mapKey{from, to}, func() (mapping, error) { return c.findMap(ctx, from, to) })
	return Carrier{found}, err
}

// Step is where a step is now, "" where it is gone.
func (c Carrier) Step(id string) string {
	if c.same {
		return id
	}
	return c.steps[id]
}

// Steps carries a list of steps that are done. Those that are gone stay in it:
// a step that is put back is still done.
func (c Carrier) Steps(ids []string) []string {
	if c.same {
		return ids
	}
	var now []string
	for _, id := range ids {
		if to := c.steps[id]; to != "" {
			id = to
		}
		if !slices.Contains(now, id) {
			now = append(now, id)
		}
	}
	return now
}

// Activity is the activity whose answers are stored under a name. same says
// that its positions are what they were.
func (c Carrier) Activity(name string) (found Carried, same bool) {
	found, ok := c.activities[name]
	if !ok {
		found.ID = name
	}
	return found, c.same
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

// findMap takes both to the texts whose positions they share, then follows the
// stored maps. Where these do not lead from one to the other, or lose something
// on the way, the two texts are compared themselves: what was put back as it
// was is what it was.
func (c *Content) findMap(ctx context.Context, from, to string) (mapping, error) {
	a, err := c.original(ctx, from)
	if err != nil {
		return mapping{}, err
	}
	b, err := c.original(ctx, to)
	if err != nil {
		return mapping{}, err
	}
	old, err := c.bareModule(ctx, a)
	if err != nil {
		return mapping{}, err
	}
	if a == b {
		return unmoved(old), nil
	}
	now, err := c.bareModule(ctx, b)
	if err != nil {
		return mapping{}, err
	}
	direct := courses.Compare(old.module, now.module)
	composed, ok, err := c.composed(ctx, a, b)
	if err != nil {
		return mapping{}, err
	}
	if !ok {
		composed = direct
	}
	return joined(old, now, composed, direct), nil
}

func unmoved(m *bareModule) mapping {
	all := mapping{same: true, activities: map[string]Carried{}}
	for name, id := range m.outline.ids(m.module) {
		all.activities[name] = Carried{ID: id, To: courses.ActivityMap{To: id}}
	}
	return all
}

// joined says where everything went. What has the same name is the same
// activity; the stored maps say where its positions went, and the two texts
// where a position that was gone for a while is again.
func joined(old, now *bareModule, composed, direct courses.Map) mapping {
	all := mapping{steps: composed.Steps, activities: map[string]Carried{}}
	ids := now.outline.ids(now.module)
	for name, id := range old.outline.ids(old.module) {
		to := ids[name]
		one := Carried{ID: id}
		switch {
		case to == "":
		case composed.Activities[id].To == to:
			one.To = restored(composed.Activities[id], direct.Activities[id])
		case direct.Activities[id].To == to:
			one.To = direct.Activities[id]
		default: // the same by its name alone: shown as it was
			one.To = courses.ActivityMap{To: to, Changed: true}
		}
		all.activities[name] = one
	}
	return all
}

// restored gives positions that were lost on the way, and read now as they did
// then, their place again.
func restored(m, direct courses.ActivityMap) courses.ActivityMap {
	if m.To != direct.To || len(m.Positions) != len(direct.Positions) {
		return m
	}
	m.Positions = slices.Clone(m.Positions)
	for i, to := range m.Positions {
		back := direct.Positions[i]
		if to == 0 && back > 0 && !slices.Contains(m.Positions, back) && !slices.Contains(direct.Reworded, i+1) {
			m.Positions[i] = back
		}
	}
	return m
}

const sourceSQL = `SELECT CASE WHEN source != '' THEN source ELSE id END FROM revisions WHERE id = {:id}`

// original is the revision whose positions a revision shares: what it was
// translated from, or itself.
func (c *Content) original(ctx context.Context, id string) (string, error) {
	var original string
	err := c.app.ConcurrentDB().NewQuery(sourceSQL).Bind(dbx.Params{"id": id}).WithContext(ctx).Row(&original)
	if err != nil {
		return "", fmt.Errorf("original of revision %s: %w", id, err)
	}
	return original, nil
}
