package facilitation

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"alongside/hooks/content"
	"alongside/hooks/people"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// A cohortRow is a group to which somebody can be added.
type cohortRow struct {
	GroupInList
	Programme string `db:"programme"`
}

// cohort reads a group of those that the policy gives for adding learners. It
// returns web.ErrNotFound for every other, and for one that has ended.
func (f *Facilitation) cohort(e *core.RequestEvent, id string) (cohortRow, error) {
	q := newQuery(web.Now(e))
	q.params["cohort"] = id
	var row cohortRow
	err := f.app.ConcurrentDB().NewQuery(`
		SELECT c.id, c.name, c.programme, 0 AS learners FROM cohorts c
		WHERE c.id = {:cohort} AND c.id IN (` + q.cohorts(web.Current(e), people.AddLearner, people.Whole) + `) AND (c.ends = '' OR c.ends > {:now})`).
		Bind(q.params).WithContext(e.Request.Context()).One(&row)
	if isNone(err) {
		return row, web.ErrNotFound
	}
	if err != nil {
		return row, fmt.Errorf("group %s: %w", id, err)
	}
	return row, nil
}

// workers are who may walk beside the learners of a group: facilitators and
// mentors of it, and those of its programme who are tied to no group.
func (f *Facilitation) workers(e *core.RequestEvent, g cohortRow) ([]WorkerChoice, error) {
	return workersOf(e.Request.Context(), f.app.ConcurrentDB(), web.Now(e), g, web.Current(e).ID)
}

// workersOf reads them. Who adds somebody and facilitates is chosen ahead.
func workersOf(ctx context.Context, db dbx.Builder, now time.Time, g cohortRow, viewer string) ([]WorkerChoice, error) {
	var rows []struct {
		ID       string `db:"id"`
		Username string `db:"username"`
		Name     string `db:"name"`
		Role     string `db:"role"`
	}
	err := db.NewQuery(`
		SELECT DISTINCT u.id, u.username, u.name, m.role FROM memberships m JOIN users u ON u.id = m.user
		WHERE m.programme = {:programme} AND m.role IN ('facilitator', 'mentor') AND m.cohort IN ('', {:cohort}) AND ` + holds("m") + `
		ORDER BY m.role, CASE WHEN u.name = '' THEN u.username ELSE u.name END COLLATE NOCASE, u.id LIMIT 100`).
		Bind(dbx.Params{"programme": g.Programme, "cohort": g.ID, "now": moment(now)}).WithContext(ctx).All(&rows)
	if err != nil {
		return nil, fmt.Errorf("workers of group %s: %w", g.ID, err)
	}
	var all []WorkerChoice
	for _, r := range rows {
		w := WorkerChoice{Person: Person{r.ID, r.Username, r.Name}, Role: web.Role(r.Role)}
		w.Chosen = w.ID == viewer && w.Role == web.Facilitator
		all = append(all, w)
	}
	return all, nil
}

// courses are what somebody can be put on. The one that ships is proposed, else
// the only one.
func (f *Facilitation) courses(e *core.RequestEvent) ([]CourseChoice, error) {
	listed, err := f.content.List(e.Request.Context(), languageOf(e))
	if err != nil {
		return nil, err
	}
	var all []CourseChoice
	proposed := ""
	for _, course := range listed {
		if course.Origin == content.Shipped {
			proposed = cmp.Or(proposed, course.ID)
		}
		all = append(all, CourseChoice{Link: (&taught{Listed: course}).link(), ID: course.ID})
	}
	if len(all) == 1 {
		proposed = all[0].ID
	}
	choose(all, proposed)
	return all, nil
}

func choose(all []CourseChoice, id string) {
	for i := range all {
		all[i].Chosen = all[i].ID == id
	}
}
