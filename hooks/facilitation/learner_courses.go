package facilitation

import (
	"fmt"

	"alongside/hooks/learning"
	"alongside/hooks/people"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// An onCourse is what is stored of somebody in one course.
type onCourse struct {
	course   string
	state    string
	finished bool
	modules  map[string]learning.Stored
}

const onCoursesSQL = `SELECT en.course, en.state, en.finished, COALESCE(p.module, '') AS module, COALESCE(p.revision, '') AS revision,
	COALESCE(p.done, '[]') AS done, COALESCE(p.last, '') AS last, COALESCE(p.completed, '') AS completed, COALESCE(p.updated, '') AS updated
	FROM enrolments en LEFT JOIN progress p ON p.enrolment = en.id
	WHERE en.user = {:user} AND en.state != 'left' ORDER BY en.created, en.id`

func (f *Facilitation) onCourses(e *core.RequestEvent, user string) (map[string]*onCourse, error) {
	var rows []struct {
		Course   string `db:"course"`
		State    string `db:"state"`
		Finished string `db:"finished"`
		learning.Stored
	}
	err := f.app.ConcurrentDB().NewQuery(onCoursesSQL).Bind(dbx.Params{"user": user}).WithContext(e.Request.Context()).All(&rows)
	if err != nil {
		return nil, fmt.Errorf("courses of %s: %w", user, err)
	}
	all := map[string]*onCourse{}
	for _, r := range rows {
		one := all[r.Course]
		if one == nil {
			one = &onCourse{course: r.Course, state: r.State, finished: r.Finished != "", modules: map[string]learning.Stored{}}
			all[r.Course] = one
		}
		one.modules[r.Module] = r.Stored
	}
	return all, nil
}

// addCourses puts in what they are on, as deep as the viewer sees, and for who
// answers for the account what they could be put on.
func (f *Facilitation) addCourses(e *core.RequestEvent, page *LearnerPage, depth people.Depth) error {
	on, err := f.onCourses(e, page.ID)
	if err != nil {
		return err
	}
	listed, err := f.content.List(e.Request.Context(), languageOf(e))
	if err != nil {
		return err
	}
	for _, course := range listed {
		t := &taught{Listed: course}
		switch one := on[course.ID]; {
		case one == nil && page.Account:
			page.Others = append(page.Others, CourseChoice{Link: t.link(), ID: course.ID})
		case one != nil && depth != people.Counts:
			if t.modules, err = f.content.LiveModules(e.Request.Context(), course.ID, languageOf(e)); err != nil {
				return err
			}
			c, err := f.courseOf(e, t, one, depth)
			if err != nil {
				return err
			}
			page.Courses = append(page.Courses, c)
		}
	}
	switch depth {
	case people.Whole:
		page.Progress = "whole"
	case people.DoneOrNot:
		page.Progress = "done"
	}
	return nil
}

func (f *Facilitation) courseOf(e *core.RequestEvent, t *taught, one *onCourse, depth people.Depth) (CourseOfLearner, error) {
	c := CourseOfLearner{Link: t.link(), Finished: one.finished, Paused: one.state == "paused"}
	fars, err := f.fars(e.Request.Context(), t, one.modules)
	if err != nil {
		return c, err
	}
	for i, module := range t.modules {
		m := ModuleOfLearner{Link: title(module), ID: module.ID, Number: i + 1, Far: fars[i]}
		if m.State == learning.Finished {
			c.Done++
		}
		if depth == people.Whole {
			m.Last = day(one.modules[module.ID].Updated)
		} else {
			m.Far = doneOrNot(m.Far)
		}
		c.Modules = append(c.Modules, m)
	}
	return c, nil
}

// doneOrNot leaves nothing of how far somebody is but whether it is done.
func doneOrNot(far learning.Far) learning.Far {
	if far.State == learning.Finished {
		return learning.Far{State: learning.Finished}
	}
	return learning.Far{State: learning.NotBegun}
}
