package facilitation

import (
	"context"
	"fmt"
	"net/http"
	"runtime"
	"strings"
	"time"

	"alongside/hooks/web"
	"alongside/templates"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// lookAgain is after how many seconds the page of a group that is being made
// looks again.
const lookAgain = "2"

// hashing is about how many cards one processor makes in a second.
const hashing = 7

// showImport is the form for a group's file, the report of one that was read, or
// how far one is that is being made.
func (f *Facilitation) showImport(e *core.RequestEvent) error {
	group, err := f.cohort(e, e.Request.PathValue("cohort"))
	if err != nil {
		return err
	}
	place := placeOf(e)
	p := f.imports.of(place, web.Now(e))
	if p != nil {
		if cards := p.ready(); cards != nil {
			f.imports.remove(place)
			return f.desk.ShowCards(e, cards...)
		}
	}
	page, err := f.importPage(e, group, p)
	if err != nil {
		return err
	}
	if page.Running {
		e.Response.Header().Set("Refresh", lookAgain)
	}
	return web.Show(e, http.StatusOK, "facilitation/import", page)
}

// placeOf is where a session's import of the group in the address waits.
func placeOf(e *core.RequestEvent) string {
	return web.Current(e).Session + "/" + e.Request.PathValue("cohort")
}

// importPage is the page for what waits, which may be nothing.
func (f *Facilitation) importPage(e *core.RequestEvent, group cohortRow, p *pending) (*ImportPage, error) {
	page := &ImportPage{ID: group.ID, Name: group.Name, Most: maxLines, Making: Making{Address: e.Request.URL.Path, What: "people"}}
	var err error
	if page.Courses, err = f.courses(e); err != nil {
		return nil, err
	}
	if page.Workers, err = f.workers(e, group); err != nil {
		return nil, err
	}
	if p != nil {
		page.Making = p.making(page.Making)
		p.show(page)
	}
	return page, nil
}

// secondsFor is about how long it takes to make cards.
func secondsFor(cards int) int { return 1 + cards/(hashing*runtime.NumCPU()) }

// making says on its page how far the cards are.
func (p *pending) making(m Making) Making {
	p.mu.Lock()
	defer p.mu.Unlock()
	m.Of, m.Made, m.Failed = p.size(), p.made, p.failed
	m.Running = p.running || p.cards != nil // that it ended while this page was made, the next one says
	return m
}

// show puts what waits on its page.
func (p *pending) show(page *ImportPage) {
	p.mu.Lock()
	defer p.mu.Unlock()
	n := p.counts()
	page.New, page.Wrong, page.Here = n.New, n.Wrong, n.Here
	page.Key, page.Pasted, page.Seconds = p.key, p.pasted, secondsFor(n.New)
	choose(page.Courses, p.course.ID)
	if p.course.ID != "" {
		page.Course = &p.course.Link
	}
	if p.wrong != nil {
		page.Errors = []web.FieldError{*p.wrong}
	}
	for _, line := range p.lines {
		page.Lines = append(page.Lines, line.shown())
	}
}

func (c checkedLine) shown() ImportLine {
	line := ImportLine{Line: c.number, Called: c.called, Language: c.language, Here: c.here, Problems: c.problems}
	var names []string
	for _, w := range c.beside {
		names = append(names, w.Called())
	}
	line.Beside = strings.Join(names, ", ")
	return line
}

// surroundings are what the lines for a group are checked against, as they are
// now.
func (p *pending) surroundings(ctx context.Context, db dbx.Builder, now time.Time) (surroundings, error) {
	s := surroundings{languages: map[string]string{}, here: map[string]bool{}}
	for _, tag := range p.languages {
		s.languages[strings.ToLower(tag)] = tag
		s.languages[folded(templates.Say(tag, "language.name", nil))] = tag
	}
	var err error
	if s.workers, err = workersOf(ctx, db, now, p.group, p.by); err != nil {
		return s, err
	}
	var names []string
	err = db.NewQuery(`
		SELECT u.name FROM memberships m JOIN users u ON u.id = m.user
		WHERE m.cohort = {:cohort} AND m.role = 'learner' AND ` + holds("m") + ` AND u.name != ''`).
		Bind(dbx.Params{"cohort": p.group.ID, "now": moment(now)}).WithContext(ctx).Column(&names)
	if err != nil {
		return s, fmt.Errorf("names in group %s: %w", p.group.ID, err)
	}
	for _, name := range names {
		s.here[folded(name)] = true
	}
	return s, nil
}
