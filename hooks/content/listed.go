package content

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/pocketbase/dbx"
)

// A Listed is a course as a list needs it.
type Listed struct {
	ID       string `db:"id"`
	Slug     string `db:"slug"`
	Title    string `db:"title"`
	Summary  string `db:"summary"`
	Spoken   string `db:"spoken"`   // the language of title and summary
	Language string `db:"language"` // the course's own
	Build    string `db:"build"`
	Origin   string `db:"origin"` // Shipped, Imported, …
	Open     bool   `db:"open"`
	Public   bool   `db:"public"`
	Reviewed bool   `db:"reviewed"`
	Modules  int    `db:"modules"` // that are live

	Translation string `db:"translation"` // the live revision of course.md in the wanted language; "" where that is the course's own
}

const listSQL = `SELECT c.id, c.slug, c.title, c.summary, c.language AS spoken, c.language, c.build, c.origin, c.open, c.public, c.reviewed,
	(SELECT COUNT(*) FROM modules m JOIN revisions r ON r.module = m.id AND r.state = 'live' AND r.language = c.language WHERE m.course = c.id) AS modules,
	COALESCE((SELECT r.id FROM revisions r WHERE r.course = c.id AND r.kind = 'course' AND r.state = 'live'
		AND r.language = {:language} AND r.language != c.language LIMIT 1), '') AS translation
	FROM courses c WHERE {:slug} IN ('', c.slug)`

// List gives every course that has something live, by title. Titles and
// summaries are in the wanted language where course.md is live in that, else in
// the course's own.
func (c *Content) List(ctx context.Context, language string) ([]Listed, error) {
	all, err := c.listed(ctx, "", language)
	if err != nil {
		return nil, fmt.Errorf("list courses: %w", err)
	}
	live := slices.DeleteFunc(all, func(course Listed) bool { return course.Modules == 0 })
	slices.SortFunc(live, func(a, b Listed) int {
		return cmp.Or(strings.Compare(a.Title, b.Title), strings.Compare(a.ID, b.ID))
	})
	return live, nil
}

// Find gives one course, ErrNoCourse where none has this slug or none of its
// text is live. Its title and summary are as in List.
func (c *Content) Find(ctx context.Context, slug, language string) (Listed, error) {
	found, err := c.listed(ctx, slug, language)
	if err != nil {
		return Listed{}, fmt.Errorf("course %s: %w", slug, err)
	}
	if slug == "" || len(found) == 0 || found[0].Modules == 0 {
		return Listed{}, ErrNoCourse
	}
	return found[0], nil
}

func (c *Content) listed(ctx context.Context, slug, language string) ([]Listed, error) {
	var all []Listed
	err := c.app.ConcurrentDB().NewQuery(listSQL).Bind(dbx.Params{"slug": slug, "language": language}).WithContext(ctx).All(&all)
	if err != nil {
		return nil, err
	}
	for i, course := range all {
		cover, err := c.cover(ctx, course.Translation)
		if err != nil {
			return nil, err
		}
		if cover.Title != "" {
			all[i].Title, all[i].Summary, all[i].Spoken = cover.Title, cover.Summary, language
		}
	}
	return all, nil
}

// A LiveModule is the live revision of one module of a course.
type LiveModule struct {
	ID       string `db:"id"` // of the module
	Slug     string `db:"slug"`
	Revision string `db:"revision"`
	Outline  *Outline
}

const liveModulesSQL = `SELECT m.id, m.slug,
	COALESCE(MAX(CASE WHEN r.language = {:language} THEN r.id END), MAX(CASE WHEN r.language = c.language THEN r.id END)) AS revision
	FROM modules m JOIN courses c ON c.id = m.course
	JOIN revisions r ON r.module = m.id AND r.state = 'live' AND r.language IN ({:language}, c.language)
	WHERE m.course = {:course} GROUP BY m.id ORDER BY m.position, m.id`

// LiveModules lists a course's modules in order, each in the wanted language
// where it is live in that, else in the course's own. A text that nothing could
// be made of is left out.
func (c *Content) LiveModules(ctx context.Context, course, language string) ([]LiveModule, error) {
	var all []LiveModule
	err := c.app.ConcurrentDB().NewQuery(liveModulesSQL).Bind(dbx.Params{"course": course, "language": language}).WithContext(ctx).All(&all)
	if err != nil {
		return nil, fmt.Errorf("modules of course %s: %w", course, err)
	}
	revisions := make([]string, len(all))
	for i, module := range all {
		revisions[i] = module.Revision
	}
	outlines, err := c.outlines(ctx, revisions)
	if err != nil {
		return nil, fmt.Errorf("modules of course %s: %w", course, err)
	}
	for i := range all {
		all[i].Outline = outlines[all[i].Revision]
	}
	return slices.DeleteFunc(all, func(m LiveModule) bool { return m.Outline == nil || len(m.Outline.Steps) == 0 }), nil
}
