package learning

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
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
	Progress    progress
	Answers     []storedAnswer
	Reflections []reflections.Stored

	Withdrawn bool              // the module is not live any more
	compiled  *content.Compiled // the live revision
}

// storedAnswer is a row of `answers` as it stands.
type storedAnswer struct {
	Activity, Revision, Positions, Sealed string
	Tried, Draft                          bool
}

// whereSQL reads it. Its order of parameters is that of whereArgs. The live
// revision in the wanted language comes before the one in the course's own.
const whereSQL = `SELECT c.id, c.slug, c.title, c.language, c.build, c.open, c.public, m.id, m.slug, r.id,
	COALESCE(en.id, ''), COALESCE(p.revision, ''), COALESCE(p.done, '[]'), COALESCE(p.last, ''), COALESCE(p.completed, ''),
	CASE WHEN ?1 = '' THEN '' ELSE (SELECT json_group_array(json_array(a.activity, a.revision, a.positions, a.sealed, a.tried, a.draft))
		FROM answers a WHERE a.enrolment = en.id AND a.module = m.id AND a.activity IN (SELECT value FROM json_each(?1))) END,
	CASE WHEN ?1 = '' THEN '' ELSE (SELECT json_group_array(json_array(f.activity, f.revision, f.state, f.sealed, f.updated))
		FROM reflections f WHERE f.user = ?2 AND f.module = m.id AND f.state IN ('draft', 'kept', 'shared')
			AND f.activity IN (SELECT value FROM json_each(?1))) END
	FROM courses c
	JOIN modules m ON m.course = c.id AND m.slug = ?4
	JOIN revisions r ON r.module = m.id AND r.state = 'live' AND r.language IN (?5, c.language)
	LEFT JOIN enrolments en ON en.user = ?2 AND en.course = c.id AND en.state != 'left'
	LEFT JOIN progress p ON p.enrolment = en.id AND p.module = m.id
	WHERE c.slug = ?3
	ORDER BY r.language = ?5 DESC, r.published DESC LIMIT 1`

// withdrawnSQL reads the same of a module that is not live any more.
var withdrawnSQL = strings.Replace(whereSQL, "r.state = 'live'", "r.state = 'withdrawn'", 1)

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
	prepared := l.where
	if key.withdrawn {
		prepared = l.withdrawn
	}
	stmt, err := prepared()
	if err != nil {
		return nil, err
	}
	var user, ids string
	if viewer != nil {
		user = viewer.ID
		if guess != nil {
			ids = idList(asked(guess))
		}
	}
	w := where{Withdrawn: key.withdrawn}
	var done, answers, written string
	err = stmt.QueryRowContext(ctx, ids, user, key.course, key.module, key.language).Scan(
		&w.Course, &w.CourseSlug, &w.CourseTitle, &w.CourseLang, &w.Build, &w.Open, &w.Public, &w.Module, &w.ModuleSlug, &w.Revision,
		&w.Enrolment, &w.Progress.Revision, &done, &w.Progress.Last, &w.Progress.Completed, &answers, &written)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, web.ErrNotFound
	}
	if err != nil {
		return nil, fmt.Errorf("where in %s/%s: %w", key.course, key.module, err)
	}
	return &w, w.parse(done, answers, written)
}

// idList is the JSON array of ids that the statement takes; "" reads no answers.
func idList(ids []string) string {
	if len(ids) == 0 {
		return ""
	}
	list, _ := json.Marshal(ids) // strings always marshal
	return string(list)
}

func (w *where) parse(done, answers, written string) error {
	if err := json.Unmarshal([]byte(done), &w.Progress.Done); err != nil {
		return fmt.Errorf("steps done: %w", err)
	}
	var err error
	if w.Answers, err = parseRows(answers, scanAnswer); err != nil {
		return fmt.Errorf("answers: %w", err)
	}
	if w.Reflections, err = parseRows(written, scanReflection); err != nil {
		return fmt.Errorf("reflections: %w", err)
	}
	return nil
}

// parseRows reads an array of arrays, as json_group_array makes them.
func parseRows[T any](text string, scan func([]json.RawMessage) (T, error)) ([]T, error) {
	if text == "" || text == "[]" {
		return nil, nil
	}
	var rows [][]json.RawMessage
	if err := json.Unmarshal([]byte(text), &rows); err != nil {
		return nil, err
	}
	all := make([]T, 0, len(rows))
	for _, row := range rows {
		one, err := scan(row)
		if err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	return all, nil
}

func scanAnswer(row []json.RawMessage) (a storedAnswer, err error) {
	var flags [2]int
	err = scanStrings(row, &a.Activity, &a.Revision, &a.Positions, &a.Sealed)
	for i := range flags {
		if err == nil {
			err = json.Unmarshal(row[4+i], &flags[i])
		}
	}
	a.Tried, a.Draft = flags[0] != 0, flags[1] != 0
	return a, err
}

func scanReflection(row []json.RawMessage) (r reflections.Stored, err error) {
	return r, scanStrings(row, &r.Activity, &r.Revision, &r.State, &r.Sealed, &r.Updated)
}

func scanStrings(row []json.RawMessage, into ...*string) error {
	for i, s := range into {
		if err := json.Unmarshal(row[i], s); err != nil {
			return err
		}
	}
	return nil
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
