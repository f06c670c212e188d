package content

import (
	"context"
	"fmt"

	"alongside/courses"

	"github.com/pocketbase/dbx"
)

// cover is what a revision of course.md says for lists, kept by its id like
// everything that is made of a revision. It is empty for no revision.
func (c *Content) cover(ctx context.Context, revision string) (courses.Cover, error) {
	if revision == "" {
		return courses.Cover{}, nil
	}
	return c.covers.get(revision, func() (courses.Cover, error) {
		row, err := c.revision(ctx, revision)
		return courses.CoverOf(courses.Source{
			Path: row.Path, Lang: row.Language, Text: []byte(row.Text), HashesInFences: row.Hashes,
		}), err
	})
}

// About is what a course says about itself, and whom it credits. Both are empty
// where the folder said nothing.
type About struct {
	Page     string // safe HTML
	Language string // of the page
	Credited []courses.Contributor
}

const aboutSQL = `SELECT r.id, r.course, c.slug, '' AS module, '' AS name, r.path, r.language, r.text, '' AS source, r.hashes, '' AS outline
	FROM revisions r JOIN courses c ON c.id = r.course
	WHERE r.course = {:course} AND r.kind = 'course' AND r.state = 'live' AND r.language IN ({:language}, c.language)
	ORDER BY r.language = {:language} DESC`

// About reads it in the wanted language where course.md is live in that. What
// the translation leaves out is as in the course's own.
func (c *Content) About(ctx context.Context, course, language string) (About, error) {
	var rows []revisionRow
	err := c.app.ConcurrentDB().NewQuery(aboutSQL).Bind(dbx.Params{"course": course, "language": language}).WithContext(ctx).All(&rows)
	if err != nil {
		return About{}, fmt.Errorf("about course %s: %w", course, err)
	}
	var about About
	for _, row := range rows {
		around, err := c.surroundings(ctx, row, false)
		if err != nil {
			return About{}, err
		}
		page, credited := courses.About(courses.Source{
			Path: row.Path, Lang: row.Language, Text: []byte(row.Text), HashesInFences: row.Hashes, Resolve: around.resolve,
		})
		if about.Page == "" {
			about.Page, about.Language = page, row.Language
		}
		if len(about.Credited) == 0 {
			about.Credited = credited
		}
	}
	return about, nil
}
