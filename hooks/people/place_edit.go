package people

import (
	"database/sql"
	"errors"
	"fmt"
	"net/http"
	"time"

	"alongside/hooks/audit"
	"alongside/hooks/web"
	"alongside/templates"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"
)

const maxLines = 300 // characters of an address, or of opening hours

func (o *Office) showPlaceNew(e *core.RequestEvent) error {
	return showPlace(e, http.StatusOK, &PlacePage{})
}

func (o *Office) showPlaceEdit(e *core.RequestEvent) error {
	page, err := placeIn(e)
	if err != nil {
		return err
	}
	return showPlace(e, http.StatusOK, page)
}

// placeIn is the place in the address, if it is of the programme there.
func placeIn(e *core.RequestEvent) (*PlacePage, error) {
	var row struct {
		ID      string         `db:"id"`
		Name    string         `db:"name"`
		Address string         `db:"address"`
		Hours   string         `db:"hours"`
		Ended   types.DateTime `db:"ended"`
	}
	err := e.App.DB().NewQuery("SELECT id, name, address, hours, ended FROM places WHERE id = {:id} AND programme = {:programme}").
		Bind(dbx.Params{"id": e.Request.PathValue("place"), "programme": e.Request.PathValue(inProgramme)}).One(&row)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, web.ErrNotFound
	}
	if err != nil {
		return nil, fmt.Errorf("read place: %w", err)
	}
	return &PlacePage{ID: row.ID, Name: row.Name, Address: row.Address, Hours: row.Hours, Over: isOver(row.Ended.Time(), web.Now(e))}, nil
}

func showPlace(e *core.RequestEvent, status int, page *PlacePage) error {
	var err error
	if page.Head, err = headOf(e); err != nil {
		return err
	}
	return web.Show(e, status, "people/place", page)
}

// savePlace makes a place, or changes the one in the address. One that is not
// used any more stays, because groups met there; it is only not offered.
func (o *Office) savePlace(e *core.RequestEvent) error {
	in, err := typedIn(e)
	if err != nil {
		return err
	}
	page, programme := &PlacePage{}, e.Request.PathValue(inProgramme)
	if e.Request.PathValue("place") != "" {
		if page, err = placeIn(e); err != nil {
			return err
		}
	}
	before := page.Over
	page.Name, page.Address, page.Hours = in.line("name", maxName, "place-missing"), in.line("address", maxLines, ""), in.line("hours", maxLines, "")
	page.Over = in.ticked("over")
	if in.problems == nil {
		err = o.acting(e, func(tx core.App) ([]audit.Act, error) {
			fields := map[string]any{"programme": programme, "name": page.Name, "address": page.Address, "hours": page.Hours}
			if page.Over != before {
				fields["ended"] = endedNow(page.Over, web.Now(e))
			}
			if page.ID != "" {
				return []audit.Act{{Kind: audit.PlaceChanged, Item: page.ID, Programme: programme}}, change(tx, "places", page.ID, fields)
			}
			id, err := save(tx, "places", fields)
			return []audit.Act{{Kind: audit.PlaceMade, Item: id, Programme: programme}}, err
		})
		if isTakenIn(err, "name") {
			in.wrong("name", "name-taken")
		} else if err != nil {
			return err
		}
	}
	if page.Errors = in.problems; page.Errors != nil {
		return showPlace(e, http.StatusUnprocessableEntity, page)
	}
	web.Notify(e, "saved")
	return web.SeeOther(e, "/manage/programmes/"+programme)
}

func endedNow(over bool, now time.Time) types.DateTime {
	if !over {
		return types.DateTime{}
	}
	return stored(now)
}

// placeChoices are the places of the programme that are used, and none. One that
// was chosen before stays on offer.
func placeChoices(e *core.RequestEvent, chosen string) ([]templates.Choice, error) {
	none := templates.Choice{Key: "manage.no-place", Chosen: chosen == ""}
	found, err := choicesFrom(e, chosen, `SELECT id AS value, name AS text FROM places
		WHERE programme = {:programme} AND (ended = '' OR id = {:chosen}) ORDER BY name COLLATE NOCASE LIMIT 200`,
		dbx.Params{"programme": e.Request.PathValue(inProgramme), "chosen": chosen})
	return append([]templates.Choice{none}, found...), err
}
