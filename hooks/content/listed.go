package content

import (
	"context"
	"fmt"
	"slices"

	"alongside/courses"

	"github.com/pocketbase/dbx"
)

// A Listed is a course as a list needs it.
type Listed struct {
	ID       string `db:"id"`
	Slug     string `db:"slug"`
	Title    string `db:"title"`
	Summary  string `db:"summary"`
	Language string `db:"language"`
	Build    string `db:"build"`
	Open     bool   `db:"open"`
	Public   bool   `db:"public"`
	Reviewed bool   `db:"reviewed"`
	Modules  int    `db:"modules"` // that are live
}

const listSQL = `SELECT c.id, c.slug, c.title, c.summary, c.language, c.build, c.open, c.public, c.reviewed,
	(SELECT COUNT(*) FROM modules m JOIN revisions r ON r.module = m.id AND r.state = 'live' AND r.language = c.language WHERE m.course = c.id) AS modules
	FROM courses c WHERE {:slug} IN ('', c.slug) ORDER BY c.title, c.id`

// List gives every course that has something live, by title.
func (c *Content) List(ctx context.Context) ([]Listed, error) {
	var all []Listed
	if err := c.app.ConcurrentDB().NewQuery(listSQL).Bind(dbx.Params{"slug": ""}).WithContext(ctx).All(&all); err != nil {
		return nil, fmt.Errorf("list courses: %w", err)
	}
	live := all[:0]
	for _, course := range all {
		if course.Modules > 0 {
			live = append(live, course)
		}
	}
	return live, nil
}

// Find gives one course, ErrNoCourse where none has this slug or none of its
// text is live.
func (c *Content) Find(ctx context.Context, slug string) (Listed, error) {
	var found []Listed
	if err := c.app.ConcurrentDB().NewQuery(listSQL).Bind(dbx.Params{"slug": slug}).WithContext(ctx).All(&found); err != nil {
		return Listed{}, fmt.Errorf("course %s: %w", slug, err)
	}
	if slug == "" || len(found) == 0 || found[0].Modules == 0 {
		return Listed{}, ErrNoCourse
	}
	return found[0], nil
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

const aboutSQL = `SELECT r.id, r.course, c.slug, '' AS module, '' AS name, r.path, r.language, r.text, '' AS source, r.hashes, '' AS outline
	FROM revisions r JOIN courses c ON c.id = r.course
	WHERE r.course = {:course} AND r.kind = 'course' AND r.state = 'live' AND r.language IN ({:language}, c.language)
	ORDER BY r.language = {:language} DESC LIMIT 1`

// About is what a course says about itself, as safe HTML, and whom it credits.
// Both are empty where the folder said nothing.
func (c *Content) About(ctx context.Context, course, language string) (page string, credited []courses.Contributor, err error) {
	var rows []revisionRow
	err = c.app.ConcurrentDB().NewQuery(aboutSQL).Bind(dbx.Params{"course": course, "language": language}).WithContext(ctx).All(&rows)
	if err != nil {
		return "", nil, fmt.Errorf("about course %s: %w", course, err)
	}
	if len(rows) == 0 {
		return "", nil, nil
	}
	around, err := c.surroundings(ctx, rows[0])
	if err != nil {
		return "", nil, err
	}
	page, credited = courses.About(courses.Source{
		Path: rows[0].Path, Lang: rows[0].Language, Text: []byte(rows[0].Text), HashesInFences: rows[0].Hashes, Resolve: around.resolve,
	})
	return page, credited, nil
}
