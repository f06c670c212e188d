package people

import (
	"fmt"
	"net/http"

	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"
)

// showProgramme is one programme: its groups and places, and how many people.
func (o *Office) showProgramme(e *core.RequestEvent) error {
	row, err := programmeOf(e)
	if err != nil {
		return err
	}
	page := &ProgrammePage{Head: row.head(e), First: dayOf(row.Starts), Last: lastDay(row.Ends)}
	list, err := programmesIn(e, "{:programme}", dbx.Params{"programme": row.ID})
	if err != nil {
		return err
	}
	page.Next = list[0]
	if page.Counts, err = countRoles(e, row.ID); err != nil {
		return err
	}
	if page.Cohorts, err = cohortsOf(e, row.ID); err != nil {
		return err
	}
	if page.Places, err = placesOf(e, row.ID); err != nil {
		return err
	}
	return web.Show(e, http.StatusOK, "people/programme", page)
}

// allRoles are the roles of a programme, in the order of the pages.
var allRoles = [...]web.Role{web.Learner, web.Mentor, web.Facilitator, web.Lead, web.Manager}

func countRoles(e *core.RequestEvent, programme string) ([]RoleCount, error) {
	var rows []struct {
		Role  string `db:"role"`
		Count int    `db:"count"`
	}
	err := e.App.DB().NewQuery("SELECT m.role, COUNT(DISTINCT m.user) AS count FROM memberships m WHERE m.programme = {:programme} AND " + holdsNow("m") + " GROUP BY m.role").
		Bind(dbx.Params{"programme": programme, "policyNow": stored(web.Now(e)).String()}).All(&rows)
	if err != nil {
		return nil, fmt.Errorf("count roles: %w", err)
	}
	counts := make([]RoleCount, len(allRoles))
	for i, role := range allRoles {
		counts[i].Role = role
		for _, row := range rows {
			if web.Role(row.Role) == role {
				counts[i].Count = row.Count
			}
		}
	}
	return counts, nil
}

func cohortsOf(e *core.RequestEvent, programme string) ([]CohortInList, error) {
	now := web.Now(e)
	var rows []struct {
		ID       string         `db:"id"`
		Name     string         `db:"name"`
		Place    string         `db:"place"`
		Starts   types.DateTime `db:"starts"`
		Ends     types.DateTime `db:"ends"`
		Learners int            `db:"learners"`
	}
	err := e.App.DB().NewQuery(`
		SELECT c.id, c.name, c.starts, c.ends, COALESCE(pl.name, '') AS place,
			(SELECT COUNT(DISTINCT m.user) FROM memberships m WHERE m.cohort = c.id AND m.role = 'learner' AND ` + holdsNow("m") + `) AS learners
		FROM cohorts c LEFT JOIN places pl ON pl.id = c.place
		WHERE c.programme = {:programme}
		ORDER BY c.ends != '' AND c.ends <= {:policyNow}, c.created DESC LIMIT 200`).
		Bind(dbx.Params{"programme": programme, "policyNow": stored(now).String()}).All(&rows)
	if err != nil {
		return nil, fmt.Errorf("list cohorts: %w", err)
	}
	list := make([]CohortInList, len(rows))
	for i, row := range rows {
		list[i] = CohortInList{
			ID: row.ID, Name: row.Name, Place: row.Place, First: dayOf(row.Starts), Last: lastDay(row.Ends),
			Learners: row.Learners, Over: isOver(row.Ends.Time(), now),
		}
	}
	return list, nil
}

func placesOf(e *core.RequestEvent, programme string) ([]PlaceInList, error) {
	var rows []struct {
		ID      string         `db:"id"`
		Name    string         `db:"name"`
		Address string         `db:"address"`
		Hours   string         `db:"hours"`
		Ended   types.DateTime `db:"ended"`
	}
	err := e.App.DB().NewQuery(`SELECT id, name, address, hours, ended FROM places
		WHERE programme = {:programme} ORDER BY ended != '', name COLLATE NOCASE LIMIT 200`).
		Bind(dbx.Params{"programme": programme}).All(&rows)
	if err != nil {
		return nil, fmt.Errorf("list places: %w", err)
	}
	list := make([]PlaceInList, len(rows))
	for i, row := range rows {
		list[i] = PlaceInList{ID: row.ID, Name: row.Name, Address: row.Address, Hours: row.Hours, Over: isOver(row.Ended.Time(), web.Now(e))}
	}
	return list, nil
}
