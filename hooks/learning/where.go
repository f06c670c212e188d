package learning

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"

	"alongside/courses"
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

// names are those under which what a page shows is stored.
type names struct {
	answers     []string
	reflections []string
}

// add puts the name of an activity where what is given to it is stored: nil has none.
func (n *names) add(c *content.Compiled, a *courses.Activity) {
	switch {
	case a == nil:
	case a.Kind == courses.Reflection:
		n.reflections = append(n.reflections, c.Outline.Name(a.ID))
	default:
		n.answers = append(n.answers, c.Outline.Name(a.ID))
	}
}

// asking is which of the statements is asked: how many answers and reflections it
// looks for, and whether in a module that is live.
type asking struct {
	answers, reflections int
	all                  bool // of the module, however many
	withdrawn            bool
}

// mostNames is how many answers and reflections are looked up by name. Beyond it
// all of the module are read.
const mostNames = 32

// sql reads where somebody is. Its parameters are the person, the course, the
// module, the language, and then the names of the answers and of the reflections.
//
// It is written so that SQLite makes no table of its own to answer it: an OR of
// three names, a list after IN or an ORDER BY would cost as much as all the
// rest. And it packs what it finds into one column, because each has its price.
func (a asking) sql() string {
	return `SELECT ` + web.Sections(web.Packed("c.build", revisionAt("?3", "?4", a.withdrawn), "c.open", "c.public",
		"en.id", "p.revision", "p.last"),
		a.rows(5, a.answers, "a.activity", "answers a WHERE a.enrolment = en.id AND a.module = ?3",
			"a.revision", "a.positions", "a.sealed", "a.tried", "a.draft"),
		a.rows(5+a.answers, a.reflections, "f.activity", "reflections f WHERE f.user = ?1 AND f.module = ?3 AND f.state != 'withdrawn' AND f.state != 'deleted'",
			"f.revision", "f.state", "f.how", "f.sealed", "f.updated"),
		"c.title") + ` AS packed
	FROM courses c
	LEFT JOIN enrolments en ON en.user = ?1 AND en.course = c.id AND en.state != 'left'
	LEFT JOIN progress p ON p.enrolment = en.id AND p.module = ?3
	WHERE c.id = ?2`
}

// rows is an expression for rows by their names, each packed with its name
// first: those that are asked for, n from a parameter on, each looked up by itself,
// or all.
func (a asking) rows(first, n int, name, from string, columns ...string) string {
	row := web.Packed(append([]string{name}, columns...)...)
	if a.all {
		return "COALESCE((SELECT group_concat(" + row + ", '" + rowEnd + "') FROM " + from + "), '')"
	}
	if n == 0 {
		return "''"
	}
	each := []string{"''"}
	for i := range n {
		each = append(each, fmt.Sprintf("(SELECT %s FROM %s AND %s = ?%d)", row, from, name, first+i))
	}
	return "concat(" + strings.Join(each, ", '"+rowEnd+"', ") + ")"
}

// rowEnd stands between packed rows, as web.ColumnEnd does between columns.
const rowEnd = "\x1e"

// asks picks the names of what a page shows.
type asks func(*content.Compiled) names

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
func (l *Learning) read(ctx context.Context, viewer *web.Viewer, there *spot, of names) (*where, error) {
	ask := asking{withdrawn: there.key.withdrawn}
	params := []string{"", there.Course, there.Module, there.key.language}
	switch {
	case viewer == nil:
	case len(of.answers)+len(of.reflections) > mostNames:
		params[0], ask.all = viewer.ID, true
	default:
		params[0], ask.answers, ask.reflections = viewer.ID, len(of.answers), len(of.reflections)
		params = slices.Concat(params, of.answers, of.reflections)
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

// stepAsks are the names of a step's activities, and of the scales that it asks
// again.
func stepAsks(step string) asks {
	return func(c *content.Compiled) (of names) {
		found, _ := c.Step(step)
		if found == nil {
			return of
		}
		for _, a := range found.Activities {
			of.add(c, a)
			if a.Again != "" {
				of.add(c, c.Activity(a.Again))
			}
		}
		return of
	}
}
