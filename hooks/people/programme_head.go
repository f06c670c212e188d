package people

import (
	"fmt"

	"alongside/hooks/web"
	"alongside/templates"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"
)

// headOf is what stands above a page of the programme in its address.
func headOf(e *core.RequestEvent) (ProgrammeHead, error) {
	row, err := programmeOf(e)
	return row.head(e), err
}

type programmeDates struct {
	ID     string         `db:"id"`
	Name   string         `db:"name"`
	Label  string         `db:"label"`
	Starts types.DateTime `db:"starts"`
	Ends   types.DateTime `db:"ends"`
}

func programmeOf(e *core.RequestEvent) (programmeDates, error) {
	var row programmeDates
	err := e.App.DB().NewQuery("SELECT id, name, label, starts, ends FROM programmes WHERE id = {:id}").
		Bind(dbx.Params{"id": e.Request.PathValue(inProgramme)}).One(&row)
	if err != nil {
		return row, fmt.Errorf("read programme: %w", err)
	}
	return row, nil
}

func (r programmeDates) head(e *core.RequestEvent) ProgrammeHead {
	return ProgrammeHead{ID: r.ID, Label: r.Label, Name: r.Name, Over: isOver(r.Ends.Time(), web.Now(e))}
}

// Address is where the programme is.
func (h ProgrammeHead) Address() string { return "/manage/programmes/" + h.ID }

// choicesFrom reads what a select offers: a statement of value and text.
func choicesFrom(e *core.RequestEvent, chosen, sql string, params dbx.Params) ([]templates.Choice, error) {
	var rows []struct {
		Value string `db:"value"`
		Text  string `db:"text"`
	}
	if err := e.App.DB().NewQuery(sql).Bind(params).All(&rows); err != nil {
		return nil, fmt.Errorf("read choices: %w", err)
	}
	choices := make([]templates.Choice, len(rows))
	for i, row := range rows {
		choices[i] = templates.Choice{Value: row.Value, Text: row.Text, Chosen: row.Value == chosen}
	}
	return choices, nil
}

// cohortChoices are the groups of the programme that are not over, and none.
func cohortChoices(e *core.RequestEvent, chosen string) ([]templates.Choice, error) {
	none := templates.Choice{Key: "manage.no-cohort", Chosen: chosen == ""}
	found, err := choicesFrom(e, chosen, `SELECT id AS value, name AS text FROM cohorts
		WHERE programme = {:programme} AND (ends = '' OR ends > {:now}) ORDER BY created DESC LIMIT 200`,
		dbx.Params{"programme": e.Request.PathValue(inProgramme), "now": stored(web.Now(e)).String()})
	return append([]templates.Choice{none}, found...), err
}

// offers reports whether one of the choices has this value.
func offers(choices []templates.Choice, value string) bool {
	for _, c := range choices {
		if c.Value == value {
			return true
		}
	}
	return false
}
