package facilitation

import (
	"context"
	"fmt"
	"strconv"

	"alongside/hooks/learning"
	"alongside/hooks/people"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// A gridRow is one learner of a group in one module of one course. What they
// are not on, or have not begun, is empty.
type gridRow struct {
	User     string `db:"user"`
	Username string `db:"username"`
	Name     string `db:"name"`
	Paused   string `db:"paused"`
	Mine     bool   `db:"mine"`
	Course   string `db:"course"`
	Finished string `db:"finished"`
	learning.Stored
}

// gridMost is how many learners a page of names shows: more than any group that
// meets, and no more than one can read.
const gridMost = 300

// gridOrder is how learners stand in a grid.
const gridOrder = " ORDER BY CASE WHEN u.name = '' THEN u.username ELSE u.name END COLLATE NOCASE, u.id"

// gridSQL reads a group at once: of each learner on the page each course that
// they are on, and of each the modules that they have begun.
func gridSQL(mine string) string {
	return `SELECT m.user, u.username, u.name, m.paused, m.user IN (` + mine + `) AS mine,
		COALESCE(en.course, '') AS course, COALESCE(en.finished, '') AS finished, COALESCE(p.module, '') AS module,
		COALESCE(p.revision, '') AS revision, COALESCE(p.done, '[]') AS done, COALESCE(p.last, '') AS last,
		COALESCE(p.completed, '') AS completed, COALESCE(p.updated, '') AS updated
	FROM memberships m JOIN users u ON u.id = m.user
	LEFT JOIN enrolments en ON en.user = m.user AND en.state != 'left'
	LEFT JOIN progress p ON p.enrolment = en.id
	WHERE m.cohort = {:cohort} AND m.role = 'learner' AND ` + holds("m") + ` AND m.user IN (
		SELECT l.user FROM memberships l JOIN users u ON u.id = l.user
		WHERE l.cohort = {:cohort} AND l.role = 'learner' AND ` + holds("l") + `
		GROUP BY l.user` + gridOrder + ` LIMIT {:most} OFFSET {:from})` + gridOrder
}

// gridPart is the page of a grid that was asked for, from 1.
func gridPart(e *core.RequestEvent) int {
	part, _ := strconv.Atoi(e.Request.URL.Query().Get("page"))
	return min(max(part, 1), 1000)
}

// learnersIn is how many learners a group has now.
func (f *Facilitation) learnersIn(e *core.RequestEvent, group string) (n int, err error) {
	q := newQuery(web.Now(e))
	q.params["cohort"] = group
	err = f.app.ConcurrentDB().NewQuery("SELECT COUNT(DISTINCT m.user) FROM memberships m WHERE m.cohort = {:cohort} AND m.role = 'learner' AND " + holds("m")).
		Bind(q.params).WithContext(e.Request.Context()).Row(&n)
	if err != nil {
		return 0, fmt.Errorf("count group %s: %w", group, err)
	}
	return n, nil
}

// grid makes the page of a group, as deep as the viewer sees it.
func (f *Facilitation) grid(e *core.RequestEvent) (*GridPage, string, error) {
	ctx, id := e.Request.Context(), e.Request.PathValue("cohort")
	page := &GridPage{ID: id, Named: people.DepthOf(e) != people.Counts, Steps: people.DepthOf(e) == people.Whole}
	var programme string
	err := f.app.ConcurrentDB().NewQuery("SELECT name, programme FROM cohorts WHERE id = {:id}").
		Bind(dbx.Params{"id": id}).WithContext(ctx).Row(&page.Name, &programme)
	if isNone(err) {
		return nil, "", web.ErrNotFound
	}
	if err != nil {
		return nil, "", fmt.Errorf("group %s: %w", id, err)
	}
	if page.Learners, err = f.learnersIn(e, id); err != nil {
		return nil, "", err
	}
	q := newQuery(web.Now(e))
	q.params["cohort"], q.params["most"], q.params["from"] = id, -1, 0 // counts are of everybody
	if page.Named {
		page.Page = gridPart(e)
		q.params["most"], q.params["from"] = gridMost, (page.Page-1)*gridMost
		if page.Page*gridMost < page.Learners {
			page.Next = page.Page + 1
		}
	}
	sql := gridSQL(q.whom(web.Current(e), people.Progress, people.DoneOrNot, web.Now(e)))
	var rows []gridRow
	if err := f.app.ConcurrentDB().NewQuery(sql).Bind(q.params).WithContext(ctx).All(&rows); err != nil {
		return nil, "", fmt.Errorf("grid of group %s: %w", id, err)
	}
	learners := learnersOf(rows, web.Current(e).ID)
	page.Shown = len(learners)
	all, err := f.syllabus(e, coursesOf(learners))
	if err != nil {
		return nil, "", err
	}
	for _, course := range all {
		c, err := f.gridCourse(ctx, course, learners, page)
		if err != nil {
			return nil, "", err
		}
		page.Courses = append(page.Courses, *c)
	}
	if page.Named {
		page.Without = without(learners)
	}
	return page, programme, nil
}

// A gridPerson is one learner with all that is stored.
type gridPerson struct {
	GridLearner
	on map[string]*onCourse
}

func learnersOf(rows []gridRow, viewer string) []*gridPerson {
	var all []*gridPerson
	known := map[string]*gridPerson{}
	for _, r := range rows {
		one := known[r.User]
		if one == nil {
			one = &gridPerson{on: map[string]*onCourse{}}
			one.Person = Person{r.User, r.Username, r.Name}
			one.Mine, one.Paused = r.Mine && r.User != viewer, r.Paused != ""
			known[r.User], all = one, append(all, one)
		}
		if r.Course == "" {
			continue
		}
		if one.on[r.Course] == nil {
			one.on[r.Course] = &onCourse{course: r.Course, finished: r.Finished != "", modules: map[string]learning.Stored{}}
		}
		one.on[r.Course].modules[r.Module] = r.Stored
	}
	return all
}

func coursesOf(learners []*gridPerson) (ids []string) {
	seen := map[string]bool{}
	for _, l := range learners {
		for id := range l.on {
			if !seen[id] {
				seen[id], ids = true, append(ids, id)
			}
		}
	}
	return ids
}

func without(learners []*gridPerson) (all []GridLearner) {
	for _, l := range learners {
		if len(l.on) == 0 {
			all = append(all, l.GridLearner)
		}
	}
	return all
}

// gridCourse fills the table of one course, and counts as it goes.
func (f *Facilitation) gridCourse(ctx context.Context, t *taught, learners []*gridPerson, page *GridPage) (*GridCourse, error) {
	c := &GridCourse{Link: t.link(), ID: t.ID, Modules: make([]GridModule, len(t.modules))}
	for i, module := range t.modules {
		c.Modules[i] = GridModule{Link: opened(t, module), ID: module.ID, Number: i + 1}
	}
	for _, l := range learners {
		on := l.on[t.ID]
		if on == nil {
			continue
		}
		fars, err := f.fars(ctx, t, on.modules)
		if err != nil {
			return nil, err
		}
		c.On++
		row := GridRow{GridLearner: l.GridLearner, Finished: on.finished, Cells: make([]GridCell, len(fars))}
		for i, far := range fars {
			if page.Named && !page.Steps {
				far = doneOrNot(far)
			}
			c.Modules[i].count(far)
			row.Cells[i] = cell(far, &c.Modules[i])
			row.Cells[i].Address = c.Modules[i].Address
			if l.Mine {
				row.Cells[i].Address = "/facilitate/learners/" + l.ID + "#m-" + c.Modules[i].ID
			}
			switch row.Cells[i].Word {
			case CellBegun, CellNew:
				row.Open = append(row.Open, row.Cells[i])
			case CellDone:
				row.Closed = append(row.Closed, row.Cells[i])
			}
			if far.State == learning.Finished {
				row.Done++
			}
		}
		if page.Named {
			c.Rows = append(c.Rows, row)
		}
	}
	return c, nil
}

func (m *GridModule) count(far learning.Far) {
	switch far.State {
	case learning.Finished:
		m.Done++
	case learning.Begun:
		m.Begun++
	default:
		m.Not++
	}
}

// cell says how far somebody is in a module.
func cell(far learning.Far, module *GridModule) GridCell {
	word := CellNot
	switch {
	case far.State == learning.Finished && far.New > 0:
		word = CellNew
	case far.State == learning.Finished:
		word = CellDone
	case far.State == learning.Begun:
		word = CellBegun
	}
	return GridCell{Far: far, Module: module, Word: word}
}
