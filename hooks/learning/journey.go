package learning

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"alongside/hooks/content"
	"alongside/hooks/web"
	"alongside/templates"

	"github.com/pocketbase/dbx"
)

// journey is one person's way through one course.
type journey struct {
	course    content.Listed
	enrolment string // record id; "" where there is none
	finished  string
	stages    []stage
}

// stage is one module of a journey.
type stage struct {
	module   content.LiveModule
	compiled *content.Compiled
	progress progress
	updated  string // when it was last touched
}

const progressOfSQL = `SELECT en.id AS enrolment, en.finished, COALESCE(p.module, '') AS module, COALESCE(p.revision, '') AS revision,
	COALESCE(p.done, '[]') AS done, COALESCE(p.last, '') AS last, COALESCE(p.completed, '') AS completed, COALESCE(p.updated, '') AS updated
	FROM enrolments en LEFT JOIN progress p ON p.enrolment = en.id
	WHERE en.user = {:user} AND en.course = {:course} AND en.state != 'left'`

type progressRow struct {
	Enrolment string `db:"enrolment"`
	Finished  string `db:"finished"`
	Module    string `db:"module"`
	Revision  string `db:"revision"`
	Done      string `db:"done"`
	Last      string `db:"last"`
	Completed string `db:"completed"`
	Updated   string `db:"updated"`
}

// journey reads a viewer's way through a course. A guest has none, and sees
// the modules all the same.
func (l *Learning) journey(ctx context.Context, viewer *web.Viewer, course content.Listed, language string) (*journey, error) {
	modules, err := l.content.LiveModules(ctx, course.ID, language)
	if err != nil {
		return nil, err
	}
	j := &journey{course: course}
	rows, err := l.progressOf(ctx, viewer, course.ID)
	if err != nil {
		return nil, err
	}
	if len(rows) > 0 {
		j.enrolment, j.finished = rows[0].Enrolment, rows[0].Finished
	}
	for _, module := range modules {
		s, err := l.stage(ctx, module, course.Build, rows)
		if err != nil {
			return nil, err
		}
		j.stages = append(j.stages, s)
	}
	return j, nil
}

func (l *Learning) progressOf(ctx context.Context, viewer *web.Viewer, course string) ([]progressRow, error) {
	if viewer == nil {
		return nil, nil
	}
	var rows []progressRow
	err := l.app.ConcurrentDB().NewQuery(progressOfSQL).Bind(dbx.Params{"user": viewer.ID, "course": course}).WithContext(ctx).All(&rows)
	if err != nil {
		return nil, fmt.Errorf("progress in course %s: %w", course, err)
	}
	return rows, nil
}

func (l *Learning) stage(ctx context.Context, module content.LiveModule, build string, rows []progressRow) (stage, error) {
	s := stage{module: module}
	var err error
	if s.compiled, err = l.content.Compiled(ctx, module.Revision, build); err != nil {
		return s, err
	}
	i := slices.IndexFunc(rows, func(r progressRow) bool { return r.Module == module.ID })
	if i < 0 {
		return s, nil
	}
	s.updated = rows[i].Updated
	s.progress = progress{Revision: rows[i].Revision, Last: rows[i].Last, Completed: rows[i].Completed}
	if err := json.Unmarshal([]byte(rows[i].Done), &s.progress.Done); err != nil {
		return s, fmt.Errorf("steps done in %s: %w", module.Slug, err)
	}
	carrier, err := l.content.Carrier(ctx, s.progress.Revision, module.Revision)
	if err != nil {
		return s, err
	}
	s.progress = s.progress.carried(carrier, module.Revision)
	return s, nil
}

// onward is where Continue leads: the module touched last, while it is open,
// else the next open one after it, else the first. -1 where all are finished.
func (j *journey) onward() int {
	latest := -1
	for i, s := range j.stages {
		if s.updated != "" && (latest < 0 || s.updated > j.stages[latest].updated) {
			latest = i
		}
	}
	for k := range j.stages {
		i := (max(latest, 0) + k) % len(j.stages)
		if j.stages[i].progress.state() != Finished {
			return i
		}
	}
	return -1
}

// next is the one thing to do next in a course, nil where all is done.
func (j *journey) next() *Continue {
	i := j.onward()
	if i < 0 {
		return nil
	}
	return j.continueIn(j.stages[i])
}

func (j *journey) continueIn(s stage) *Continue {
	module := s.compiled.Module
	step := s.progress.place(module.Steps)
	_, place := s.compiled.Step(step.ID)
	next := &Continue{
		Course: j.link(),
		Module: Link{Title: module.Title, Address: content.ModuleAddress(j.course.Slug, s.module.Slug)},
		Step:   Link{Title: titleOf(step, module), Address: content.StepAddress(j.course.Slug, s.module.Slug, step.ID)},
		Number: place + 1, Count: len(module.Steps),
	}
	for _, open := range module.Steps {
		if !s.progress.isDone(open.ID) {
			next.Minutes += open.Minutes
		}
	}
	return next
}

func (j *journey) link() Link {
	return Link{Title: j.course.Title, Address: content.CourseAddress(j.course.Slug)}
}

// done counts the finished modules.
func (j *journey) done() int {
	n := 0
	for _, s := range j.stages {
		if s.progress.state() == Finished {
			n++
		}
	}
	return n
}

func (j *journey) isFinished() bool { return len(j.stages) > 0 && j.done() == len(j.stages) }

func (j *journey) asRow() CourseInList {
	return CourseInList{
		Link: j.link(), Summary: j.course.Summary, Lang: j.course.Language, Dir: templates.Direction(j.course.Language),
		Modules: j.course.Modules, Done: j.done(), Enrolled: j.enrolment != "", Reviewed: j.course.Reviewed,
	}
}

// asRow is a module as a row, with what is done.
func (s stage) asRow(course string, number int) ModuleInList {
	module := s.compiled.Module
	row := ModuleInList{
		Link:   Link{Title: module.Title, Address: content.ModuleAddress(course, s.module.Slug)},
		Number: number, Summary: module.Summary, Minutes: module.Minutes,
		Steps: len(module.Steps), Done: s.progress.count(module.Steps), State: s.progress.state(),
	}
	if row.State == Finished {
		row.New = row.Steps - row.Done
	}
	return row
}
