package learning

import (
	"context"
	"encoding/json"
	"fmt"

	"alongside/hooks/content"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
)

// journey is one person's way through one course.
type journey struct {
	course    content.Listed
	enrolment string // record id; "" where there is none
	finished  string // when all of it was done for the first time
	stages    []stage
	past      []progressRow // in modules that are not in the course any more
}

// stage is one module of a journey.
type stage struct {
	module   content.LiveModule
	progress progress
	updated  string // when it was last touched
}

const progressOfSQL = `SELECT en.course, en.id AS enrolment, en.finished, COALESCE(p.module, '') AS module, COALESCE(p.revision, '') AS revision,
	COALESCE(p.done, '[]') AS done, COALESCE(p.last, '') AS last, COALESCE(p.completed, '') AS completed, COALESCE(p.updated, '') AS updated
	FROM enrolments en LEFT JOIN progress p ON p.enrolment = en.id
	WHERE en.user = {:user} AND {:course} IN ('', en.course) AND en.state != 'left' ORDER BY p.created, p.id`

type progressRow struct {
	Course    string `db:"course"`
	Enrolment string `db:"enrolment"`
	Finished  string `db:"finished"`
	Module    string `db:"module"`
	Revision  string `db:"revision"`
	Done      string `db:"done"`
	Last      string `db:"last"`
	Completed string `db:"completed"`
	Updated   string `db:"updated"`
}

// progressOf reads how far a viewer is in one course, or with "" in all. A row
// without a module says that they are enrolled and have not begun.
func (l *Learning) progressOf(ctx context.Context, viewer *web.Viewer, course string) ([]progressRow, error) {
	if viewer == nil {
		return nil, nil
	}
	var rows []progressRow
	err := l.app.ConcurrentDB().NewQuery(progressOfSQL).Bind(dbx.Params{"user": viewer.ID, "course": course}).WithContext(ctx).All(&rows)
	if err != nil {
		return nil, fmt.Errorf("progress in course %q: %w", course, err)
	}
	return rows, nil
}

// journey makes somebody's way through a course of what they did in it. A guest
// has done nothing, and sees the modules all the same.
func (l *Learning) journey(ctx context.Context, course content.Listed, language string, rows []progressRow) (*journey, error) {
	modules, err := l.content.LiveModules(ctx, course.ID, language)
	if err != nil {
		return nil, err
	}
	j := &journey{course: course}
	begun := make(map[string]progressRow, len(rows))
	for _, row := range rows {
		j.enrolment, j.finished = row.Enrolment, row.Finished
		begun[row.Module] = row
	}
	for _, module := range modules {
		s, err := l.stage(ctx, module, begun[module.ID])
		if err != nil {
			return nil, err
		}
		j.stages = append(j.stages, s)
		delete(begun, module.ID)
	}
	for _, row := range rows {
		if _, gone := begun[row.Module]; gone && row.Module != "" {
			j.past = append(j.past, row)
		}
	}
	return j, nil
}

func (l *Learning) stage(ctx context.Context, module content.LiveModule, row progressRow) (stage, error) {
	s := stage{module: module, updated: row.Updated}
	if row.Module == "" {
		return s, nil
	}
	p := progress{Revision: row.Revision, Last: row.Last, Completed: row.Completed}
	err := json.Unmarshal([]byte(row.Done), &p.Done)
	if err != nil {
		return s, fmt.Errorf("steps done in %s: %w", module.Slug, err)
	}
	s.progress, err = l.asOf(ctx, p, module.Revision)
	return s, err
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
	steps := s.module.Outline.Steps
	place := s.progress.place(steps)
	next := &Continue{Course: j.link(), Module: j.linkTo(s), Step: j.linkToStep(s, steps[place]), Number: place + 1, Count: len(steps), First: j.touched() == ""}
	for _, step := range steps {
		if !s.progress.isDone(step.ID) {
			next.Minutes += step.Minutes
		}
	}
	return next
}

func (j *journey) linkTo(s stage) Link {
	return Link{Title: s.module.Outline.Title, Lang: s.module.Outline.Lang, Address: content.ModuleAddress(j.course.Slug, s.module.Slug)}
}

func (j *journey) linkToStep(s stage, step content.StepOutline) Link {
	return Link{Title: step.Title, Lang: s.module.Outline.Lang, Address: content.StepAddress(j.course.Slug, s.module.Slug, step.ID)}
}

func (j *journey) link() Link {
	return Link{Title: j.course.Title, Lang: j.course.Spoken, Address: content.CourseAddress(j.course.Slug)}
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

// isFinished reports whether all was done once: what was added since does not
// take that away.
func (j *journey) isFinished() bool {
	return j.finished != "" || len(j.stages) > 0 && j.done() == len(j.stages)
}

func (j *journey) asRow() CourseInList {
	return CourseInList{
		Link: j.link(), Summary: j.course.Summary, Modules: j.course.Modules, Done: j.done(), Enrolled: j.enrolment != "", Reviewed: j.course.Reviewed,
	}
}

// moduleRow is a module as a row, with what is done.
func (j *journey) moduleRow(i int) ModuleInList {
	s := j.stages[i]
	o := s.module.Outline
	row := ModuleInList{
		Link: j.linkTo(s), Number: i + 1, Summary: o.Summary, Minutes: o.Minutes,
		Steps: len(o.Steps), Done: s.progress.count(o.Steps), State: s.progress.state(),
	}
	if row.State == Finished {
		row.New = row.Steps - row.Done
	}
	return row
}
