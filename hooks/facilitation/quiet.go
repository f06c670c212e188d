package facilitation

import (
	"fmt"
	"time"

	"alongside/hooks/learning"
	"alongside/hooks/people"
	"alongside/hooks/web"

	"github.com/pocketbase/pocketbase/core"
)

// quietAfter is how long nothing is seen of somebody before their worker is told,
// and quietMost how many stand in the queue: those who are quiet longest.
const (
	quietAfter = 14 * 24 * time.Hour
	quietMost  = 10
)

// A Quiet is a learner of whom nothing was seen for a while, and why that is said.
type Quiet struct {
	Learner Person
	Why     QuietWhy
	Since   string        // ISO date
	Module  learning.Link // of WhyModule
}

// A QuietWhy is what was not seen. Its words are under "quiet.".
type QuietWhy string

// What was not seen of somebody.
const (
	WhyVisit  QuietWhy = "visit"    // they did not come by
	WhyNever  QuietWhy = "never"    // the same, ever since they were added
	WhyModule QuietWhy = "module"   // they come by, and did not go on where they were
	WhyStart  QuietWhy = "no-start" // the same, and have begun nothing on their course
)

// quietSQL reads of each learner of the viewer's when they last came by and last
// went on: old sessions are not kept, and whoever went on was here. Whoever has a break, or is on no course that is still open to them, is
// left in peace.
func quietSQL(mine, work string) string {
	return `SELECT x.*, CASE WHEN visit = '' THEN since WHEN visit <= {:before} THEN visit ELSE went END AS quiet FROM (
		SELECT u.id, u.username, u.name, MIN(m.starts) AS since,
			MAX(COALESCE((SELECT MAX(z.last_seen) FROM sessions z WHERE z.user = u.id), ''), COALESCE(p.updated, '')) AS visit,
			COALESCE(p.updated, en.created) AS went, COALESCE(p.module, '') AS module
		FROM users u JOIN memberships m ON m.user = u.id AND m.role = 'learner' AND ` + holds("m") + ` AND +m.programme IN (` + work + `)
		JOIN enrolments en ON en.id = (SELECT o.id FROM enrolments o WHERE o.user = u.id AND o.state = 'active' AND o.finished = ''
			ORDER BY COALESCE((SELECT MAX(l.updated) FROM progress l WHERE l.enrolment = o.id), o.created) DESC LIMIT 1)
		LEFT JOIN progress p ON p.id = (SELECT l.id FROM progress l WHERE l.enrolment = en.id ORDER BY l.updated DESC LIMIT 1)
		WHERE u.id IN (` + mine + `) AND u.id != {:viewer}
		GROUP BY u.id HAVING MAX(m.paused) = '') x
	WHERE CASE WHEN visit = '' THEN since WHEN visit <= {:before} THEN visit ELSE went END <= {:before}
	ORDER BY quiet, x.id LIMIT {:most}`
}

// quiet are learners of whom the viewer sees how far they are, and of whom nothing
// was seen for two weeks. Whoever may know only what is done is told of nobody:
// when somebody came by is more than that.
func (f *Facilitation) quiet(e *core.RequestEvent) ([]Quiet, error) {
	viewer, now := web.Current(e), web.Now(e)
	q := newQuery(now)
	sql := quietSQL(q.whom(viewer, people.Progress, people.Whole, now), q.whereTheyWork(viewer, people.Progress))
	q.params["viewer"], q.params["before"], q.params["most"] = viewer.ID, moment(now.Add(-quietAfter)), quietMost
	var rows []quietRow
	err := f.app.ConcurrentDB().NewQuery(sql).Bind(q.params).WithContext(e.Request.Context()).All(&rows)
	if err != nil {
		return nil, fmt.Errorf("list who is quiet: %w", err)
	}
	return f.reasons(e, rows, moment(now.Add(-quietAfter)))
}

type quietRow struct {
	ID       string `db:"id"`
	Username string `db:"username"`
	Name     string `db:"name"`
	Visit    string `db:"visit"`
	Module   string `db:"module"`
	Quiet    string `db:"quiet"`
}

// reasons says why each of them is called quiet.
func (f *Facilitation) reasons(e *core.RequestEvent, rows []quietRow, before string) ([]Quiet, error) {
	var ids []string
	for _, row := range rows {
		if row.Module != "" {
			ids = append(ids, row.Module)
		}
	}
	modules, err := f.modules(e, ids)
	if err != nil {
		return nil, err
	}
	var all []Quiet
	for _, row := range rows {
		one := Quiet{Learner: Person{ID: row.ID, Username: row.Username, Name: row.Name}, Why: row.why(before), Since: day(row.Quiet)}
		if one.Why == WhyModule {
			one.Module.Title, one.Module.Lang = modules[row.Module].Title, modules[row.Module].Lang
		}
		all = append(all, one)
	}
	return all, nil
}

func (r quietRow) why(before string) QuietWhy {
	switch {
	case r.Visit == "":
		return WhyNever
	case r.Visit <= before:
		return WhyVisit
	case r.Module == "":
		return WhyStart
	default:
		return WhyModule
	}
}
