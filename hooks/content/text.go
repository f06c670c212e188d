package content

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"alongside/courses"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// Written is the origin of a course that was begun on this site.
const Written = "written"

// A Course is a course as those need it who write it, live or not.
type Course struct {
	ID        string `db:"id"`
	Slug      string `db:"slug"`
	Title     string `db:"title"`
	Language  string `db:"language"` // BCP 47
	Build     string `db:"build"`
	Origin    string `db:"origin"`
	Programme string `db:"programme"` // whose it is; "" for the site's
	Hashes    bool   `db:"hashes"`    // its modules compile with courses.Source.HashesInFences
}

const courseSQL = `SELECT c.id, c.slug, c.title, c.language, c.build, c.origin, c.programme,
	EXISTS (SELECT 1 FROM revisions r WHERE r.course = c.id AND r.hashes = TRUE) AS hashes FROM courses c WHERE c.slug = {:slug}`

// Course finds one by its slug, ErrNoCourse where none has it.
func (c *Content) Course(ctx context.Context, slug string) (course Course, err error) {
	err = c.app.ConcurrentDB().NewQuery(courseSQL).Bind(dbx.Params{"slug": slug}).WithContext(ctx).One(&course)
	if errors.Is(err, sql.ErrNoRows) {
		return course, ErrNoCourse
	}
	if err != nil {
		return course, fmt.Errorf("course %s: %w", slug, err)
	}
	return course, nil
}

// A Text is one file of a course that people write on, in the course's own
// language: a module, course.md or the glossary.
type Text struct {
	Course   Course
	Module   string // record id; "" for what is no module, or a new one
	Name     string // in addresses: the slug of a module, else the file's name
	Path     string
	Kind     string // a courses.FileKind: module, course, glossary
	Revision string // the live one; "" where none is
	Text     string
}

// ErrNoText is returned for a name under which a course has no live text.
var ErrNoText = errors.New("no such text")

const liveTextSQL = `SELECT r.id, r.module, r.path, r.kind, r.text, COALESCE(m.slug, r.path) AS name, COALESCE(m.position, 0) AS position
	FROM revisions r LEFT JOIN modules m ON m.id = r.module
	WHERE r.course = {:course} AND r.state = 'live' AND r.language = {:language} AND r.kind IN ('module', 'course', 'glossary')`

// LiveTexts are the live texts of a course in its own language: course.md first,
// then the modules in order, then the glossary.
func (c *Content) LiveTexts(ctx context.Context, course Course) ([]Text, error) {
	return c.liveTexts(ctx, course, " ORDER BY CASE r.kind WHEN 'course' THEN 0 WHEN 'module' THEN 1 ELSE 2 END, position, r.path", nil)
}

// LiveText is the live text under a name, ErrNoText where there is none.
func (c *Content) LiveText(ctx context.Context, course Course, name string) (Text, error) {
	found, err := c.liveTexts(ctx, course, " AND COALESCE(m.slug, r.path) = {:name}", dbx.Params{"name": name})
	if err != nil {
		return Text{}, err
	}
	if len(found) == 0 {
		return Text{}, ErrNoText
	}
	return found[0], nil
}

func (c *Content) liveTexts(ctx context.Context, course Course, which string, params dbx.Params) ([]Text, error) {
	var rows []struct {
		ID       string `db:"id"`
		Module   string `db:"module"`
		Path     string `db:"path"`
		Kind     string `db:"kind"`
		Text     string `db:"text"`
		Name     string `db:"name"`
		Position int    `db:"position"`
	}
	bound := dbx.Params{"course": course.ID, "language": course.Language}
	for name, value := range params {
		bound[name] = value
	}
	if err := c.app.ConcurrentDB().NewQuery(liveTextSQL + which).Bind(bound).WithContext(ctx).All(&rows); err != nil {
		return nil, fmt.Errorf("texts of course %s: %w", course.Slug, err)
	}
	texts := make([]Text, len(rows))
	for i, row := range rows {
		texts[i] = Text{Course: course, Module: row.Module, Name: row.Name, Path: row.Path, Kind: row.Kind, Revision: row.ID, Text: row.Text}
	}
	return texts, nil
}

// RevisionText is the text of one revision, whatever its state.
func (c *Content) RevisionText(ctx context.Context, revision string) (string, error) {
	row, err := c.revision(ctx, revision)
	return row.Text, err
}

// Provisional compiles a text that nobody has published, as it would be shown in
// its course now: with the live glossary, media and addresses. Its Revision is a
// name of its own, which no row has.
func (c *Content) Provisional(ctx context.Context, t Text) (*Compiled, error) {
	name := "text " + digest([]byte(strings.Join([]string{t.Course.ID, t.Path, t.Text}, "\x00")))
	return c.compiled.get(compiledKey{name, t.Course.Build}, func() (*Compiled, error) {
		return c.compileRow(ctx, name, t.Course.Build, t.row(), true)
	})
}

func (t Text) row() revisionRow {
	row := revisionRow{
		ID: t.Revision, Course: t.Course.ID, Slug: t.Course.Slug, Module: t.Module,
		Path: t.Path, Language: t.Course.Language, Text: t.Text, Hashes: t.Course.Hashes,
	}
	if t.Kind == string(courses.FileModule) {
		row.Name = t.Name
	}
	return row
}

// AddRevision stores a text as a revision in the state draft, by somebody, with
// what they say of it. It follows on what is live. It stores nothing else: states
// of the work on it are those of who calls it.
func (c *Content) AddRevision(tx core.App, t Text, by, message string) (id string, err error) {
	collection, err := tx.FindCollectionByNameOrId("revisions")
	if err != nil {
		return "", err
	}
	record := core.NewRecord(collection)
	record.Load(map[string]any{
		"course": t.Course.ID, "module": t.Module, "path": t.Path, "kind": t.Kind, "language": t.Course.Language,
		"text": t.Text, "sha256": digest([]byte(t.Text)), "state": draft, "author": by, "message": message,
		"hashes": t.Course.Hashes, "previous": t.Revision,
	})
	if err := tx.Save(record); err != nil {
		return "", fmt.Errorf("add a revision of %s/%s: %w", t.Course.Slug, t.Path, err)
	}
	return record.Id, nil
}

// States of a revision that is not live, which authoring sets.
const (
	Draft    = draft
	InReview = "in review"
	Approved = "approved"
)

// SetState says how far a revision is that was never live.
func (c *Content) SetState(tx core.App, revision, state string) error {
	_, err := tx.NonconcurrentDB().Update("revisions", dbx.Params{"state": state},
		dbx.And(dbx.HashExp{"id": revision}, dbx.In("state", Draft, InReview, Approved))).Execute()
	if err != nil {
		return fmt.Errorf("set revision %s to %s: %w", revision, state, err)
	}
	return nil
}

// TakeNameOff takes an author's name off revisions, at most so many, and says how many
// there were.
func (c *Content) TakeNameOff(tx core.App, person string, most int) (int, error) {
	done, err := tx.NonconcurrentDB().NewQuery("UPDATE revisions SET author = '' WHERE id IN (SELECT id FROM revisions WHERE author = {:person} LIMIT {:most})").
		Bind(dbx.Params{"person": person, "most": most}).Execute()
	if err != nil {
		return 0, fmt.Errorf("take an author's name off: %w", err)
	}
	rows, err := done.RowsAffected()
	return int(rows), err
}
