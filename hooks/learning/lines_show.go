package learning

import (
	"context"
	"fmt"
	"net/http"
	"net/url"

	"alongside/courses"
	"alongside/hooks/content"
	"alongside/hooks/reflections"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// theirs is what somebody gave in one module that a list shows.
type theirs struct {
	lines []Line // of the step that keeps
	gone  []Line // given to what is not in the module any more
}

const moduleAnswersSQL = `SELECT activity, revision, positions, sealed, tried FROM answers
	WHERE enrolment = {:enrolment} AND module = {:module} ORDER BY created, id`

// theirs reads everything that a viewer gave in a module.
func (l *Learning) theirs(ctx context.Context, viewer *web.Viewer, j *journey, s stage) (theirs, error) {
	var rows []storedAnswer
	err := l.app.ConcurrentDB().NewQuery(moduleAnswersSQL).
		Bind(dbx.Params{"enrolment": j.enrolment, "module": s.module.ID}).WithContext(ctx).All(&rows)
	if err != nil {
		return theirs{}, fmt.Errorf("answers in %s: %w", s.module.Slug, err)
	}
	written, err := reflections.OfModule(ctx, l.app, l.vault, viewer.ID, s.module.ID)
	if err != nil {
		return theirs{}, err
	}
	r := reader{Learning: l, ctx: ctx, user: viewer.ID, enrolment: j.enrolment, module: s.module.ID, compiled: s.compiled}
	found, gone, err := r.all(rows, nil)
	if err != nil {
		return theirs{}, err
	}
	dates := make(map[string]string, len(written))
	for _, one := range written {
		g := given{answer: courses.Answer{Typed: one.Typed}, revision: one.Revision, closed: one.Closed}
		if gone, err = r.place(found, gone, one.Activity, g); err != nil {
			return theirs{}, err
		}
		dates[one.Activity] = one.Updated.Time().Format("2006-01-02")
	}
	return theirs{lines: keptLines(s.compiled, found, dates), gone: goneLines(s.compiled, gone)}, nil
}

// keptLines are the reflections of the step that keeps.
func keptLines(c *content.Compiled, found map[string]given, dates map[string]string) []Line {
	step, _ := c.Step(courses.StepKeep)
	if step == nil {
		return nil
	}
	var lines []Line
	for _, a := range step.Activities {
		g, ok := found[a.ID]
		words := said(a, g.answer)
		if a.Kind == courses.Reflection && ok && (len(words) > 0 || g.closed) {
			lines = append(lines, Line{Module: c.Module.Title, Question: a.Text, Said: words, Date: dates[a.ID], Sealed: g.closed})
		}
	}
	return lines
}

func goneLines(c *content.Compiled, gone []lost) []Line {
	var lines []Line
	for _, g := range gone {
		if len(g.said) > 0 || g.closed {
			lines = append(lines, Line{Module: c.Module.Title, Question: g.question, Said: g.said, Sealed: g.closed})
		}
	}
	return lines
}

// showLines is every kept line of every course on one page.
func (l *Learning) showLines(e *core.RequestEvent) error {
	viewer := web.Current(e)
	if viewer == nil {
		return orSignIn(e, errSignIn)
	}
	journeys, err := l.journeys(e, viewer)
	if err != nil {
		return err
	}
	page := &LinesPage{}
	for _, j := range journeys {
		lines, err := l.linesOf(e.Request.Context(), viewer, j)
		if err != nil {
			return err
		}
		page.Lines = append(page.Lines, lines...)
	}
	return web.Show(e, http.StatusOK, "learning/lines", page)
}

func (l *Learning) linesOf(ctx context.Context, viewer *web.Viewer, j *journey) ([]Line, error) {
	var lines []Line
	for _, s := range j.stages {
		found, err := l.theirs(ctx, viewer, j, s)
		if err != nil {
			return nil, err
		}
		lines = append(lines, found.lines...)
	}
	return lines, nil
}

// showRecord is a record of completion, to print.
func (l *Learning) showRecord(e *core.RequestEvent) error {
	viewer := web.Current(e)
	if viewer == nil {
		return orSignIn(e, errSignIn)
	}
	j, err := l.findCourse(e)
	if err != nil {
		return err
	}
	if j.enrolment == "" || j.done() == 0 {
		return web.ErrNotFound
	}
	page := &RecordPage{Course: j.link(), Name: viewer.Called()}
	for _, s := range j.stages {
		finished := day(s.progress.Completed)
		page.Modules = append(page.Modules, RecordedModule{Title: s.compiled.Module.Title, Finished: finished})
		if j.isFinished() {
			page.Finished = max(page.Finished, finished)
		}
	}
	if page.Lines, err = l.linesOf(e.Request.Context(), viewer, j); err != nil {
		return err
	}
	return web.Show(e, http.StatusOK, "learning/record", page)
}

// day is the date of a time as the database writes it.
func day(at string) string {
	if len(at) < len("2006-01-02") {
		return ""
	}
	return at[:len("2006-01-02")]
}

func recordAddress(course string) string { return "/me/record/" + url.PathEscape(course) }
