package learning

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"iter"
	"strings"

	"alongside/hooks/content"
	"alongside/hooks/reflections"
	"alongside/hooks/web"
)

// where is where a person is in a module: everything that its pages need from
// the database.
type where struct {
	*spot
	CourseTitle string
	Open        bool   // may enrol without staff
	Public      bool   // guests may read it
	Enrolment   string // record id; "" where there is none
	Place       at     // where they stopped
	Answers     []storedAnswer
	Reflections []reflections.Stored

	now      state
	asks     bool              // a learner: the page offers to ask for help
	looksOn  bool              // the page offers no place to write, and keeps nothing
	compiled *content.Compiled // the live revision, or the one as which it is read
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
	names     int // at most mostNames+1, which stands for all
	withdrawn bool
}

// mostNames is how many answers are looked up by name. Beyond it all of the
// module are read.
const mostNames = 32

// sql reads where somebody is. Its parameters are the person, the course, the
// module, the language, and then the names of the answers.
//
// It is written so that SQLite makes no table of its own to answer it: an OR of
// three names, a list after IN or an ORDER BY would cost as much as all the
// rest. And it packs what it finds into one column, because each has its price.
func (a asking) sql() string {
	return `SELECT ` + web.Sections(web.Packed("c.build", revisionAt("?3", "?4", a.withdrawn), "c.open", "c.public",
		"en.id", "p.revision", "p.last"),
		a.rows("a.activity", "answers a WHERE a.enrolment = en.id AND a.module = ?3",
			"a.revision", "a.positions", "a.sealed", "a.tried", "a.draft"),
		a.rows("f.activity", "reflections f WHERE f.user = ?1 AND f.module = ?3 AND f.state != 'withdrawn' AND f.state != 'deleted'",
			"f.revision", "f.state", "f.how", "f.sealed", "f.updated"),
		"c.title") + `
	FROM courses c
	LEFT JOIN enrolments en ON en.user = ?1 AND en.course = c.id AND en.state != 'left'
	LEFT JOIN progress p ON p.enrolment = en.id AND p.module = ?3
	WHERE c.id = ?2`
}

// rows is an expression for rows by their names, each packed with its name
// first: those that are asked for, each looked up by itself, or all.
func (a asking) rows(name, from string, columns ...string) string {
	row := web.Packed(append([]string{name}, columns...)...)
	if a.names > mostNames {
		return "COALESCE((SELECT group_concat(" + row + ", '" + rowEnd + "') FROM " + from + "), '')"
	}
	each := []string{"''"}
	for i := range a.names {
		each = append(each, fmt.Sprintf("(SELECT %s FROM %s AND %s = ?%d)", row, from, name, 5+i))
	}
	return "concat(" + strings.Join(each, ", '"+rowEnd+"', ") + ")"
}

// rowEnd stands between packed rows, as web.ColumnEnd does between columns.
const rowEnd = "\x1e"

// asks picks the names of the answers that a page shows.
type asks func(*content.Compiled) []string

// find reads where a viewer is in a module. asked is put to the module as it was
// last seen; where it has changed since, the statement runs a second time. An
// address that the module had before finds it too. It returns web.ErrNotFound
// for what is not there, and errSignIn for whatever a guest may not see, there
// or not.
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
	for range 3 {
		there, err := l.spotAt(ctx, key)
		if err != nil {
			return nil, err
		}
		w, err := l.read(ctx, viewer, there, asked(there.live))
		if err != nil {
			return nil, err
		}
		if w.now == (state{there.Build, there.Revision}) {
			return w, nil
		}
		l.spots.CompareAndDelete(key, there)
	}
	return nil, fmt.Errorf("module %s/%s changes as it is read", key.course, key.module)
}

// errSignIn says that a guest may not see this, whether it is there or not.
var errSignIn = errors.New("sign in first")

// read runs the statement. What it finds holds if the state that it finds is
// that of the spot.
func (l *Learning) read(ctx context.Context, viewer *web.Viewer, there *spot, names []string) (*where, error) {
	ask := asking{withdrawn: there.key.withdrawn}
	params := []string{"", there.Course, there.Module, there.key.language}
	if viewer != nil {
		params[0] = viewer.ID
		ask.names = min(len(names), mostNames+1)
	}
	if ask.names <= mostNames {
		params = append(params, names[:ask.names]...)
	}
	w := where{spot: there, compiled: there.live}
	packed, err := l.reads.Row(ctx, l.statement(ask), params)
	if errors.Is(err, sql.ErrNoRows) {
		return &w, nil // the course is gone, so the spot does not hold
	}
	if err != nil {
		return nil, fmt.Errorf("where in %s/%s: %w", there.CourseSlug, there.ModuleSlug, err)
	}
	w.unpack(packed)
	return &w, nil
}

func (w *where) unpack(packed string) {
	all := web.InSections(packed, 4)
	one, answers, written := web.Unpacked(all[0], 7), all[1], all[2]
	w.CourseTitle = all[3]
	w.now, w.Open, w.Public = state{build: one[0], revision: one[1]}, one[2] == "1", one[3] == "1"
	w.Enrolment, w.Place = one[4], at{revision: one[5], step: one[6]}
	for row := range rowsOf(answers, 6) {
		w.Answers = append(w.Answers, storedAnswer{
			Activity: row[0], Revision: row[1], Positions: row[2], Sealed: row[3], Tried: row[4] == "1", Draft: row[5] == "1",
		})
	}
	for row := range rowsOf(written, 6) {
		w.Reflections = append(w.Reflections, reflections.Stored{
			Activity: row[0], Revision: row[1], State: row[2], How: row[3], Sealed: row[4], Updated: row[5],
		})
	}
}

// statement is the text of a statement, made once.
func (l *Learning) statement(a asking) string {
	if held, ok := l.statements.Load(a); ok {
		return held.(string)
	}
	held, _ := l.statements.LoadOrStore(a, a.sql())
	return held.(string)
}

// rowsOf are packed rows, each as its n columns. Where nothing was found for a
// name there is no row.
func rowsOf(text string, n int) iter.Seq[[]string] {
	return func(yield func([]string) bool) {
		for row := range strings.SplitSeq(text, rowEnd) {
			if row != "" && !yield(web.Unpacked(row, n)) {
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
