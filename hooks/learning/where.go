package learning

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"alongside/hooks/content"
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
	Revision    string // the live one
	Enrolment   string // record id; "" where there is none
	Progress    progress
	Answers     []storedAnswer
	Reflections []storedReflection

	compiled *content.Compiled // the live revision
}

// storedAnswer is a row of `answers` as it stands.
type storedAnswer struct {
	Activity, Revision, Positions, Sealed string
	Tried                                 bool
}

// storedReflection is a row of `reflections` as it stands.
type storedReflection struct{ Activity, Revision, State, Sealed, Updated string }

// whereSQL reads it. Its order of parameters is that of whereArgs. The live
// revision in the wanted language comes before the one in the course's own.
const whereSQL = `SELECT c.id, c.slug, c.title, c.language, c.build, c.open, c.public, m.id, r.id,
	COALESCE(en.id, ''), COALESCE(p.revision, ''), COALESCE(p.done, '[]'), COALESCE(p.last, ''), COALESCE(p.completed, ''),
	CASE WHEN ?1 = '' THEN '' ELSE (SELECT json_group_array(json_array(a.activity, a.revision, a.positions, a.sealed, a.tried))
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
	ORDER BY r.language = ?5 DESC LIMIT 1`

// moduleKey names what was last seen live at an address.
type moduleKey struct{ course, module, language string }

// find reads where a viewer is in a module. asked picks the ids of activities
// whose answers the page shows, from the module as it was last seen; where it
// has a new revision since, the statement runs a second time. It returns
// web.ErrNotFound for what is not there, and for what the viewer may not see.
func (l *Learning) find(ctx context.Context, viewer *web.Viewer, key moduleKey, asked func(*content.Compiled) []string) (*where, error) {
	seen, _ := l.seen.Load(key)
	guess, _ := seen.(*content.Compiled)
	for range 3 {
		w, err := l.read(ctx, viewer, key, guess, asked)
		if err != nil {
			return nil, err
		}
		if !w.Public && viewer == nil {
			return nil, errSignIn
		}
		if w.compiled, err = l.content.Compiled(ctx, w.Revision, w.Build); err != nil {
			return nil, err
		}
		if guess == w.compiled {
			return w, nil
		}
		guess = w.compiled
		l.seen.Store(key, guess)
	}
	return nil, fmt.Errorf("module %s/%s changes as it is read", key.course, key.module)
}

// errSignIn says that a guest may not see this, whether it is there or not.
var errSignIn = errors.New("sign in first")

func (l *Learning) read(ctx context.Context, viewer *web.Viewer, key moduleKey, guess *content.Compiled, asked func(*content.Compiled) []string) (*where, error) {
	stmt, err := l.where()
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
	var w where
	var done, answers, reflections string
	err = stmt.QueryRowContext(ctx, ids, user, key.course, key.module, key.language).Scan(
		&w.Course, &w.CourseSlug, &w.CourseTitle, &w.CourseLang, &w.Build, &w.Open, &w.Public, &w.Module, &w.Revision,
		&w.Enrolment, &w.Progress.Revision, &done, &w.Progress.Last, &w.Progress.Completed, &answers, &reflections)
	if errors.Is(err, sql.ErrNoRows) {
		if viewer == nil {
			return nil, errSignIn
		}
		return nil, web.ErrNotFound
	}
	if err != nil {
		return nil, fmt.Errorf("where in %s/%s: %w", key.course, key.module, err)
	}
	return &w, w.parse(done, answers, reflections)
}

// idList is the JSON array of ids that the statement takes; "" reads no answers.
func idList(ids []string) string {
	if len(ids) == 0 {
		return ""
	}
	list, _ := json.Marshal(ids) // strings always marshal
	return string(list)
}

func (w *where) parse(done, answers, reflections string) error {
	if err := json.Unmarshal([]byte(done), &w.Progress.Done); err != nil {
		return fmt.Errorf("steps done: %w", err)
	}
	var err error
	if w.Answers, err = parseRows(answers, scanAnswer); err != nil {
		return fmt.Errorf("answers: %w", err)
	}
	if w.Reflections, err = parseRows(reflections, scanReflection); err != nil {
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
	var tried int
	err = scanStrings(row, &a.Activity, &a.Revision, &a.Positions, &a.Sealed)
	if err == nil {
		err = json.Unmarshal(row[4], &tried)
	}
	a.Tried = tried != 0
	return a, err
}

func scanReflection(row []json.RawMessage) (r storedReflection, err error) {
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

// stepAsks are the ids under which a step's answers may be stored: those of its
// activities now and earlier, and of the scales that it asks again.
func stepAsks(step string) func(*content.Compiled) []string {
	return func(c *content.Compiled) []string {
		found, _ := c.Step(step)
		if found == nil {
			return nil
		}
		var ids []string
		for _, a := range found.Activities {
			ids = append(append(ids, a.ID), c.Former[a.ID]...)
			if a.Again != "" {
				ids = append(append(ids, a.Again), c.Former[a.Again]...)
			}
		}
		return ids
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
