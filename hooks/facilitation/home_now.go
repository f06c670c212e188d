package facilitation

import (
	"encoding/json"
	"fmt"

	"alongside/hooks/learning"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// A latestRow is the module of a course that somebody touched last.
type latestRow struct {
	User      string `db:"user"`
	Course    string `db:"course"`
	Finished  string `db:"finished"`
	Completed int    `db:"modules"` // that they have finished
	learning.Stored
}

const latestSQL = `SELECT en.user, en.course, en.finished,
	(SELECT COUNT(*) FROM progress d WHERE d.enrolment = en.id AND d.completed != '') AS modules,
	COALESCE(p.module, '') AS module, COALESCE(p.revision, '') AS revision, COALESCE(p.done, '[]') AS done,
	COALESCE(p.last, '') AS last, COALESCE(p.completed, '') AS completed, COALESCE(p.updated, '') AS updated
	FROM enrolments en LEFT JOIN progress p ON p.id = (SELECT l.id FROM progress l WHERE l.enrolment = en.id ORDER BY l.updated DESC LIMIT 1)
	WHERE en.user IN (SELECT value FROM json_each({:users})) AND en.state != 'left'
	ORDER BY en.user, updated DESC`

// nows are where learners are, by id: in the course that they touched last.
func (f *Facilitation) nows(e *core.RequestEvent, learners []listedRow) (map[string]*Now, error) {
	may, ids := map[string]listedRow{}, []string{}
	for _, l := range learners {
		if l.Done || l.Whole {
			may[l.ID], ids = l, append(ids, l.ID)
		}
	}
	rows, err := f.latest(e, ids)
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	var courses []string
	for _, row := range rows {
		courses = append(courses, row.Course)
	}
	all, err := f.syllabus(e, courses)
	if err != nil {
		return nil, err
	}
	nows := map[string]*Now{}
	for _, row := range rows {
		for _, course := range all {
			if course.ID != row.Course || nows[row.User] != nil {
				continue
			}
			if nows[row.User], err = f.whereabouts(e, course, row, may[row.User].Whole); err != nil {
				return nil, err
			}
		}
	}
	return nows, nil
}

func (f *Facilitation) latest(e *core.RequestEvent, ids []string) ([]latestRow, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	users, err := json.Marshal(ids)
	if err != nil {
		return nil, err
	}
	var rows []latestRow
	err = f.app.ConcurrentDB().NewQuery(latestSQL).Bind(dbx.Params{"users": string(users)}).WithContext(e.Request.Context()).All(&rows)
	if err != nil {
		return nil, fmt.Errorf("where learners are: %w", err)
	}
	return rows, nil
}

// whereabouts is where one learner is. Who may know only what is done is told no more.
func (f *Facilitation) whereabouts(e *core.RequestEvent, course *taught, row latestRow, whole bool) (*Now, error) {
	now := &Now{
		Course: course.link(), Of: len(course.modules), Done: min(row.Completed, len(course.modules)),
		Finished: row.Finished != "",
	}
	if !whole {
		return now, nil
	}
	for _, module := range course.modules {
		if module.ID != row.Module {
			continue
		}
		far, err := f.learning.Far(e.Request.Context(), module, row.Stored)
		if err != nil {
			return nil, err
		}
		now.Module, now.HasBegun = title(module), true
		now.At, now.Steps, now.ModuleIsDone = far.At, far.Steps, far.State == learning.Finished
	}
	return now, nil
}
