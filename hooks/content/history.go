package content

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"alongside/courses"

	"github.com/pocketbase/dbx"
)

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

// composed joins the stored maps from one original to a later one; ok is false
// where they do not lead there.
func (c *Content) composed(ctx context.Context, from, to string) (m courses.Map, ok bool, err error) {
	links, err := c.chain(ctx, to)
	if err != nil {
		return m, false, err
	}
	at := slices.IndexFunc(links, func(l link) bool { return l.Previous == from })
	if at < 0 {
		return m, false, nil
	}
	m = links[at].maps
	for i := at - 1; i >= 0; i-- {
		m = m.Then(links[i].maps)
	}
	return m, true, nil
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
	var toNow courses.Map
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

const wasLiveSQL = `SELECT COUNT(*) FROM revisions WHERE id = {:id} AND module = {:module} AND published != ''`

// Earlier is a revision that a page of a module was made from: one that is or
// was live. It returns nil for any other, and for what is none at all.
func (c *Content) Earlier(ctx context.Context, module, revision, build string) (*Compiled, error) {
	var live int
	err := c.app.ConcurrentDB().NewQuery(wasLiveSQL).Bind(dbx.Params{"id": revision, "module": module}).WithContext(ctx).Row(&live)
	if err != nil {
		return nil, fmt.Errorf("revision %q: %w", revision, err)
	}
	if live == 0 {
		return nil, nil
	}
	return c.Compiled(ctx, revision, build)
}

const formerModuleSQL = `SELECT m.slug FROM redirects d JOIN courses c ON c.id = d.course JOIN modules m ON m.id = d.module
	WHERE c.slug = {:course} AND d.slug = {:module}`

// FormerModule finds the slug that a module has now by one that it had; ""
// where none had it.
func (c *Content) FormerModule(ctx context.Context, course, module string) (string, error) {
	var slugs []string
	err := c.app.ConcurrentDB().NewQuery(formerModuleSQL).Bind(dbx.Params{"course": course, "module": module}).WithContext(ctx).Column(&slugs)
	if err != nil {
		return "", fmt.Errorf("former address %s/%s: %w", course, module, err)
	}
	if len(slugs) == 0 {
		return "", nil
	}
	return slugs[0], nil
}
