package people

import (
	"database/sql"
	"errors"
	"fmt"
	"net/http"

	"alongside/hooks/audit"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"
)

func (o *Office) showCohortNew(e *core.RequestEvent) error {
	return showCohort(e, http.StatusOK, &CohortPage{})
}

// showCohortEdit is the form of a group that is there: the door has asked
// whether it is of this programme.
func (o *Office) showCohortEdit(e *core.RequestEvent) error {
	var row struct {
		ID     string         `db:"id"`
		Name   string         `db:"name"`
		Place  string         `db:"place"`
		Starts types.DateTime `db:"starts"`
		Ends   types.DateTime `db:"ends"`
	}
	err := e.App.DB().NewQuery("SELECT id, name, place, starts, ends FROM cohorts WHERE id = {:id} AND programme = {:programme}").
		Bind(dbx.Params{"id": e.Request.PathValue(inCohort), "programme": e.Request.PathValue(inProgramme)}).One(&row)
	if errors.Is(err, sql.ErrNoRows) {
		return web.ErrNotFound
	}
	if err != nil {
		return fmt.Errorf("read cohort: %w", err)
	}
	return showCohort(e, http.StatusOK, &CohortPage{
		ID: row.ID, Name: row.Name, Place: row.Place, First: dayOf(row.Starts), Last: lastDay(row.Ends),
		Over: isOver(row.Ends.Time(), web.Now(e)),
	})
}

func showCohort(e *core.RequestEvent, status int, page *CohortPage) error {
	var err error
	if page.Head, err = headOf(e); err != nil {
		return err
	}
	if page.Places, err = placeChoices(e, page.Place); err != nil {
		return err
	}
	return web.Show(e, status, "people/cohort", page)
}

// saveCohort makes a group, or changes the one in the address.
func (o *Office) saveCohort(e *core.RequestEvent) error {
	in, err := typedIn(e)
	if err != nil {
		return err
	}
	programme := e.Request.PathValue(inProgramme)
	page := &CohortPage{ID: e.Request.PathValue(inCohort), Name: in.line("name", maxName, "cohort-missing"), Place: in.form.Get("place")}
	page.First, page.Last = in.days("first", "last")
	if places, err := placeChoices(e, page.Place); err != nil || !offers(places, page.Place) {
		return errors.Join(err, web.ErrNotFound)
	}
	if in.problems == nil {
		err = o.acting(e, func(tx core.App) ([]audit.Act, error) {
			fields := map[string]any{
				"programme": programme, "name": page.Name, "place": page.Place,
				"starts": stored(startOf(page.First)), "ends": stored(endOf(page.Last)),
			}
			if page.ID != "" {
				return []audit.Act{{Kind: audit.CohortChanged, Item: page.ID, Programme: programme}}, change(tx, "cohorts", page.ID, fields)
			}
			id, err := save(tx, "cohorts", fields)
			return []audit.Act{{Kind: audit.CohortMade, Item: id, Programme: programme}}, err
		})
		if isTakenIn(err, "name") {
			in.wrong("name", "name-taken")
		} else if err != nil {
			return err
		}
	}
	if page.Errors = in.problems; page.Errors != nil {
		return showCohort(e, http.StatusUnprocessableEntity, page)
	}
	web.Notify(e, "saved")
	return web.SeeOther(e, "/manage/programmes/"+programme)
}
