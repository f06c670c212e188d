package people

import (
	"fmt"
	"net/http"
	"time"

	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// showHub is where a manager begins: their programmes, each with what it still
// lacks, and what the site manager sets.
func (o *Office) showHub(e *core.RequestEvent) error {
	viewer := web.Current(e)
	which, params := ProgrammesOf(viewer, Groups, Whole)
	programmes, err := programmesIn(e, which, params)
	if err != nil {
		return err
	}
	page := &HubPage{Programmes: programmes, SiteManager: May(viewer, Settings)}
	if page.SiteManager && len(programmes) == 0 {
		any, err := there(e.Request.Context(), e.App, "SELECT EXISTS (SELECT 1 FROM programmes)", dbx.Params{})
		if err != nil {
			return err
		}
		page.Bare = !any
	}
	if page.Erasures, err = waiting(e, Erasures, erasuresWaiting, nil); err != nil {
		return err
	}
	if page.Holds, err = HoldsLate(e); err != nil {
		return err
	}
	if page.Wishes, err = o.wishesWaiting(e.Request.Context(), viewer); err != nil {
		return err
	}
	if len(programmes) > 0 && o.concerns != nil {
		counts, err := o.concerns(e.Request.Context(), viewer)
		if err != nil {
			return err
		}
		page.Concerns = &counts
	}
	return web.Show(e, http.StatusOK, "people/hub", page)
}

type programmeRow struct {
	ID       string `db:"id"`
	Label    string `db:"label"`
	Over     bool   `db:"is_over"`
	Cohorts  int    `db:"cohorts"`
	Cohort   string `db:"cohort"`
	Learners int    `db:"learners"`
	Staff    int    `db:"staff"`
}

// programmesIn lists the programmes that a statement selects, those that are
// over last.
func programmesIn(e *core.RequestEvent, which string, params dbx.Params) ([]ProgrammeInList, error) {
	params["policyNow"] = stored(web.Now(e)).String()
	held := "FROM memberships m WHERE m.programme = p.id AND " + holdsNow("m")
	groups := "FROM cohorts c WHERE c.programme = p.id AND (c.ends = '' OR c.ends > {:policyNow})"
	var rows []programmeRow
	err := e.App.DB().NewQuery(`
		SELECT p.id, p.label, p.ends != '' AND p.ends <= {:policyNow} AS is_over,
			(SELECT COUNT(*) ` + groups + `) AS cohorts,
			COALESCE((SELECT c.id ` + groups + ` ORDER BY c.created LIMIT 1), '') AS cohort,
			(SELECT COUNT(DISTINCT m.user) ` + held + ` AND m.role = 'learner') AS learners,
			(SELECT COUNT(DISTINCT m.user) ` + held + ` AND m.role IN ('mentor', 'facilitator')) AS staff
		FROM programmes p WHERE p.id IN (` + which + `)
		ORDER BY is_over, p.label COLLATE NOCASE LIMIT 200`).Bind(params).WithContext(e.Request.Context()).All(&rows)
	if err != nil {
		return nil, fmt.Errorf("list programmes: %w", err)
	}
	list := make([]ProgrammeInList, len(rows))
	for i, row := range rows {
		list[i] = ProgrammeInList{
			ID: row.ID, Label: row.Label, Over: row.Over, Cohorts: row.Cohorts, Learners: row.Learners, Staff: row.Staff,
			Cohort: row.Cohort, Next: row.missing(),
		}
	}
	return list, nil
}

// missing is what a programme needs next before somebody can learn in it.
func (r programmeRow) missing() string {
	switch {
	case r.Over:
		return ""
	case r.Cohorts == 0:
		return "cohort"
	case r.Staff == 0:
		return "staff"
	case r.Learners == 0:
		return "learners"
	}
	return ""
}

// isOver reports whether what ends at a stored moment has.
func isOver(ends time.Time, now time.Time) bool { return !ends.IsZero() && !ends.After(now) }
