package learning

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"iter"
	"strconv"
	"strings"

	"alongside/hooks/content"
	"alongside/hooks/reflections"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// where is where a person is in a module: everything that its pages need from
// the database, read in one statement.
type where struct {
	Course      string // record id
	CourseSlug  string
	CourseTitle string
	CourseLang  string
	Build       string
	Open        bool   // may enrol without staff
	Public      bool   // guests may read it
	Module      string // record id
	ModuleSlug  string
	Revision    string // the live one
	Enrolment   string // record id; "" where there is none
	Place       at     // where they stopped
	Answers     []storedAnswer
	Reflections []reflections.Stored

	Withdrawn bool              // the module is not live any more
	compiled  *content.Compiled // the live revision
}

// at is a step as of a revision; both are empty for who was nowhere yet.
type at struct{ revision, step string }

// storedAnswer is a row of `answers` as it stands.
type storedAnswer struct {
	Activity, Revision, Positions, Sealed string
	Tried, Draft                          bool
}

// asking is which of the statements is asked: how many answers it looks for, and
// whether in a module that is live.
type asking struct {
	names     int
	withdrawn bool
}

// sql reads where somebody is. Its parameters are the person, the course, the
// module, the language, and then the names of the answers.
//
// It is written so that SQLite makes no table of its own to answer it: a list
// of three after IN, or an ORDER BY, would cost as much as all the rest.
func (a asking) sql() string {
	answers, written := "''", "''"
	if a.names > 0 {
		answers = `(SELECT group_concat(` + packed("a.activity", "a.revision", "a.positions", "a.sealed", "a.tried", "a.draft") + `, '` + rowEnd + `')
			FROM answers a WHERE a.enrolment = en.id AND a.module = m.id AND (` + a.named("a.activity") + `))`
		written = `(SELECT group_concat(` + packed("f.activity", "f.revision", "f.state", "f.sealed", "f.updated") + `, '` + rowEnd + `')
			FROM reflections f WHERE f.user = ?1 AND f.module = m.id AND (` + a.named("f.activity") + `)
				AND f.state != 'withdrawn' AND f.state != 'deleted')`
	}
	return `SELECT c.id, c.slug, c.title, c.language, c.build, c.open, c.public, m.id, m.slug, r.id,
	COALESCE(en.id, ''), COALESCE(p.revision, ''), COALESCE(p.last, ''), COALESCE(` + answers + `, ''), COALESCE(` + written + `, '')
	FROM courses c
	JOIN modules m ON m.course = c.id AND m.slug = ?3
	JOIN revisions r ON r.id = COALESCE((` + a.revisionIn("?4") + `), (` + a.revisionIn("c.language") + `))
	LEFT JOIN enrolments en ON en.user = ?1 AND en.course = c.id AND en.state != 'left'
	LEFT JOIN progress p ON p.enrolment = en.id AND p.module = m.id
	WHERE c.slug = ?2`
}

// revisionIn selects the revision that is shown in a language: the live one, or
// of a module that is live no more the last that was.
func (a asking) revisionIn(language string) string {
	if a.withdrawn {
		return "SELECT id FROM revisions WHERE module = m.id AND language = " + language + " AND state = 'withdrawn' ORDER BY published DESC LIMIT 1"
	}
	return "SELECT id FROM revisions WHERE module = m.id AND language = " + language + " AND state = 'live' AND module != ''" // as its index says it
}

// named matches any of the names.
func (a asking) named(column string) string {
	list := make([]string, a.names)
	for i := range list {
		list[i] = column + " = ?" + strconv.Itoa(5+i)
	}
	return strings.Join(list, " OR ")
}

// What stands between the columns and the rows of a packed result: neither ids,
// nor numbers as JSON, nor sealed text can hold it.
const (
	columnEnd = "\x1f"
	rowEnd    = "\x1e"
)

// packed makes one text of several columns.
func packed(columns ...string) string {
	return strings.Join(columns, " || '"+columnEnd+"' || ")
}

// moduleKey names what was last seen live at an address.
type moduleKey struct {
	course, module string // slugs
	language       string // wanted, of the course text
	withdrawn      bool   // what was there before it was withdrawn
}

// at is the key of the address that a module has now.
func (k moduleKey) at(w *where) moduleKey {
	k.module, k.withdrawn = w.ModuleSlug, w.Withdrawn
	return k
}

// asks picks the names of the answers that a page shows.
type asks func(*content.Compiled) []string

// find reads where a viewer is in a module. asked is put to the module as it was
// last seen; where it has a new revision since, the statement runs a second
// time. An address that the module had before finds it too. It returns
// web.ErrNotFound for what is not there, and errSignIn for whatever a guest may
// not see, there or not.
func (l *Learning) find(ctx context.Context, viewer *web.Viewer, key moduleKey, asked asks) (*where, error) {
	w, err := l.findAt(ctx, viewer, key, asked)
	if !errors.Is(err, web.ErrNotFound) {
		return w, hidden(viewer, w, err)
	}
	now, err := l.content.FormerModule(ctx, key.course, key.module)
	if err != nil {
		return nil, err
	}
	if now == "" {
		return nil, hidden(viewer, nil, web.ErrNotFound)
	}
	key.module = now
	w, err = l.findAt(ctx, viewer, key, asked)
	return w, hidden(viewer, w, err)
}

// hidden is the error of a guest who may not see what was found, or was not.
func hidden(viewer *web.Viewer, w *where, err error) error {
	if viewer == nil && (errors.Is(err, web.ErrNotFound) || err == nil && !w.Public) {
		return errSignIn
	}
	return err
}

func (l *Learning) findAt(ctx context.Context, viewer *web.Viewer, key moduleKey, asked asks) (*where, error) {
	seen, _ := l.seen.Load(key)
	guess, _ := seen.(*content.Compiled)
	for range 3 {
		w, err := l.read(ctx, viewer, key, guess, asked)
		if err != nil {
			return nil, err
		}
		if guess != nil && guess.Revision == w.Revision && guess.Build == w.Build {
			w.compiled = guess
			return w, nil
		}
		if guess, err = l.content.Compiled(ctx, w.Revision, w.Build); err != nil {
			return nil, err
		}
		if len(guess.Module.Steps) == 0 {
			return nil, web.ErrNotFound // a text that nothing could be made of
		}
		l.seen.Store(key, guess)
	}
	return nil, fmt.Errorf("module %s/%s changes as it is read", key.course, key.module)
}

// errSignIn says that a guest may not see this, whether it is there or not.
var errSignIn = errors.New("sign in first")

// read runs the statement.
func (l *Learning) read(ctx context.Context, viewer *web.Viewer, key moduleKey, guess *content.Compiled, asked asks) (*where, error) {
	params := []any{"", key.course, key.module, key.language}
	if viewer != nil {
		params[0] = viewer.ID
		if guess != nil {
			for _, name := range asked(guess) {
				params = append(params, name)
			}
		}
	}
	stmt, err := l.statement(asking{names: len(params) - 4, withdrawn: key.withdrawn})
	if err != nil {
		return nil, err
	}
	w := where{Withdrawn: key.withdrawn}
	var answers, written string
	// As with the session's statement: it is over before anybody could cancel it.
	err = stmt.QueryRowContext(context.WithoutCancel(ctx), params...).Scan(
		&w.Course, &w.CourseSlug, &w.CourseTitle, &w.CourseLang, &w.Build, &w.Open, &w.Public, &w.Module, &w.ModuleSlug, &w.Revision,
		&w.Enrolment, &w.Place.revision, &w.Place.step, &answers, &written)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, web.ErrNotFound
	}
	if err != nil {
		return nil, fmt.Errorf("where in %s/%s: %w", key.course, key.module, err)
	}
	for row := range unpack(answers) {
		w.Answers = append(w.Answers, storedAnswer{
			Activity: row[0], Revision: row[1], Positions: row[2], Sealed: row[3], Tried: row[4] == "1", Draft: row[5] == "1",
		})
	}
	for row := range unpack(written) {
		w.Reflections = append(w.Reflections, reflections.Stored{
			Activity: row[0], Revision: row[1], State: row[2], Sealed: row[3], Updated: row[4],
		})
	}
	return &w, nil
}

// statement is prepared once for each number of answers.
func (l *Learning) statement(a asking) (*sql.Stmt, error) {
	if held, ok := l.statements.Load(a); ok {
		return held.(*sql.Stmt), nil
	}
	stmt, err := prepare(l.app, a.sql())
	if err != nil {
		return nil, err
	}
	if held, ok := l.statements.LoadOrStore(a, stmt); ok {
		stmt.Close()
		return held.(*sql.Stmt), nil
	}
	return stmt, nil
}

// unpack gives the rows of a packed result, as their columns.
func unpack(text string) iter.Seq[[]string] {
	return func(yield func([]string) bool) {
		if text == "" {
			return
		}
		for row := range strings.SplitSeq(text, rowEnd) {
			if !yield(strings.Split(row, columnEnd)) {
				return
			}
		}
	}
}

// stepAsks are the names under which a step's answers are stored: those of its
// activities, and of the scales that it asks again.
func stepAsks(step string) asks {
	return func(c *content.Compiled) []string {
		found, _ := c.Step(step)
		if found == nil {
			return nil
		}
		var names []string
		for _, a := range found.Activities {
			names = append(names, c.Outline.Name(a.ID))
			if a.Again != "" {
				names = append(names, c.Outline.Name(a.Again))
			}
		}
		return names
	}
}

// prepare makes a statement on the readers' connections.
func prepare(app core.App, query string) (*sql.Stmt, error) {
	db, ok := app.ConcurrentDB().(*dbx.DB)
	if !ok {
		return nil, errors.New("prepare: not outside of a transaction")
	}
	return db.DB().Prepare(query)
}
