package content

import (
	"context"
	"fmt"
	"slices"

	"alongside/courses"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/security"
)

// A Forgotten is a story that is taken back, by the text in which it stands.
type Forgotten struct {
	Course string // record id
	Path   string
	Story  string   // id
	At     string   // the moment, as the database writes it: what was stored later under that id is another story
	Told   []string // what it says, in any reading
}

// Told is what a story says in every revision of a text that has it, each reading
// once: to be found wherever else it stands.
func (c *Content) Told(ctx context.Context, db dbx.Builder, o Forgotten) ([]string, error) {
	rows, err := c.revisionsAt(ctx, db, o)
	if err != nil {
		return nil, err
	}
	var told []string
	for _, row := range rows {
		for _, one := range courses.Stories(courses.Compile(row.source())) {
			if one.ID == o.Story && !slices.Contains(told, one.Words) {
				told = append(told, one.Words)
			}
		}
	}
	return told, nil
}

const revisionsOfSQL = `SELECT r.id, r.path, r.language, r.text, r.hashes, r.source, r.created, r.message FROM revisions r WHERE r.course = {:course}`

// revisionsAt are all revisions of a text until a moment, and of its translations: of its module,
// whatever its file was called, else of its path.
func (c *Content) revisionsAt(ctx context.Context, db dbx.Builder, o Forgotten) ([]revisionRow, error) {
	var rows []revisionRow
	err := db.NewQuery(revisionsOfSQL + ` AND r.created <= {:at} AND (r.path = {:path} OR r.module != '' AND r.module IN (
		SELECT module FROM revisions WHERE course = {:course} AND path = {:path}))`).
		Bind(dbx.Params{"course": o.Course, "path": o.Path, "at": o.At}).WithContext(ctx).All(&rows)
	if err != nil {
		return nil, fmt.Errorf("revisions of %s: %w", o.Path, err)
	}
	return rows, nil
}

func (row revisionRow) source() courses.Source {
	return courses.Source{Path: row.Path, Slug: row.Name, Lang: row.Language, Text: []byte(row.Text), HashesInFences: row.Hashes}
}

// Forget takes a story out of every revision of a course, live, former and draft:
// out of its own text under its id, and out of every other wherever it is quoted.
// Their texts change under their ids, which nothing else ever does, so the course is
// compiled anew. A text keeps the sum that it was stored under: brought in again as
// it was, it stays what it is now.
//
// It gives the paths of the files that a text named and does not name any more. Renew
// must follow once the transaction is stored.
func (c *Content) Forget(ctx context.Context, tx core.App, o Forgotten) (lost []string, err error) {
	own, err := c.revisionsAt(ctx, tx.NonconcurrentDB(), o)
	if err != nil {
		return nil, err
	}
	var all []revisionRow
	if err := tx.NonconcurrentDB().NewQuery(revisionsOfSQL).Bind(dbx.Params{"course": o.Course}).WithContext(ctx).All(&all); err != nil {
		return nil, fmt.Errorf("revisions of course %s: %w", o.Course, err)
	}
	for _, row := range all {
		id := ""
		if slices.ContainsFunc(own, func(one revisionRow) bool { return one.ID == row.ID }) {
			id = o.Story
		}
		text, found := courses.Forget(row.source(), id, o.Told)
		if courses.Quotes(row.Message, o.Told) {
			row.Message, found = "", true
		}
		if !found {
			continue
		}
		lost = append(lost, NotNamed(row.source(), text)...)
		err := web.Exec(tx, "UPDATE revisions SET text = {:text}, message = {:message} WHERE id = {:id}",
			dbx.Params{"id": row.ID, "text": string(text), "message": row.Message})
		if err != nil {
			return nil, fmt.Errorf("forget in revision %s: %w", row.ID, err)
		}
	}
	return lost, web.Exec(tx, "UPDATE courses SET build = {:build} WHERE id = {:id}", dbx.Params{"id": o.Course, "build": security.PseudorandomString(15)})
}

// NotNamed are the paths of the files that a text names, and does not as it reads now.
func NotNamed(was courses.Source, text []byte) []string {
	now := was
	now.Text = text
	left := courses.FilesIn(now)
	return slices.DeleteFunc(courses.FilesIn(was), func(path string) bool { return slices.Contains(left, path) })
}

// Renew drops everything that is kept in memory of revisions: one of them has
// changed under its id.
func (c *Content) Renew() {
	c.compiled.drop()
	c.bare.drop()
	c.outlined.drop()
	c.covers.drop()
	c.maps.drop()
	c.kept.drop()
}

// A RevisionSource is a revision as it compiles.
type RevisionSource struct {
	Path    string
	Created string
	row     revisionRow
}

// Source is what it compiles from, for its structure.
func (r RevisionSource) Source() courses.Source { return r.row.source() }

// EachRevision gives every revision of a course, of each state.
func (c *Content) EachRevision(ctx context.Context, course string, do func(RevisionSource) error) error {
	var rows []revisionRow
	if err := c.app.ConcurrentDB().NewQuery(revisionsOfSQL).Bind(dbx.Params{"course": course}).WithContext(ctx).All(&rows); err != nil {
		return fmt.Errorf("revisions of course %s: %w", course, err)
	}
	for _, row := range rows {
		if err := do(RevisionSource{row.Path, row.Created, row}); err != nil {
			return err
		}
	}
	return nil
}
