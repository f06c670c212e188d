package people

import (
	"database/sql"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"alongside/hooks/audit"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"
)

var errNobody = errors.New("nobody has this username or e-mail")

// withAccount finds somebody by their exact username or e-mail. Only the site manager
// may look so far, and sees no list.
func withAccount(app core.App, who string) (user string, err error) {
	field := "username"
	if strings.Contains(who, "@") {
		field = "email"
	}
	err = app.DB().NewQuery("SELECT id FROM users WHERE " + field + " = {:who} COLLATE NOCASE AND " + field + " != ''").
		Bind(dbx.Params{"who": who}).Row(&user)
	if errors.Is(err, sql.ErrNoRows) {
		return "", errNobody
	}
	if err != nil {
		return "", fmt.Errorf("find somebody: %w", err)
	}
	return user, nil
}

// showProgrammes is who manages what: all that the site manager sees of
// programmes.
func (o *Office) showProgrammes(e *core.RequestEvent) error {
	return showProgrammes(e, http.StatusOK, &ProgrammesPage{})
}

func showProgrammes(e *core.RequestEvent, status int, page *ProgrammesPage) error {
	managers, err := managersOf(e)
	if err != nil {
		return err
	}
	var rows []programmeDates
	err = e.App.DB().NewQuery("SELECT id, '' AS name, label, starts, ends FROM programmes ORDER BY ends != '' AND ends <= {:now}, label COLLATE NOCASE LIMIT 500").
		Bind(dbx.Params{"now": stored(web.Now(e)).String()}).All(&rows)
	if err != nil {
		return fmt.Errorf("list programmes: %w", err)
	}
	for _, row := range rows {
		head := row.head(e)
		page.Programmes = append(page.Programmes, ProgrammeManaged{ID: row.ID, Label: row.Label, Over: head.Over, Managers: managers[row.ID]})
	}
	page.Managers = managers[""]
	return web.Show(e, status, "people/programmes", page)
}

// managersOf are the managers of each programme, and under "" those of the site.
func managersOf(e *core.RequestEvent) (map[string][]ManagerInList, error) {
	var rows []struct {
		ID        string         `db:"id"`
		Programme string         `db:"programme"`
		User      string         `db:"user"`
		Name      string         `db:"name"`
		Username  string         `db:"username"`
		Starts    types.DateTime `db:"starts"`
	}
	err := e.App.DB().NewQuery(`SELECT m.id, m.programme, m.user, u.name, u.username, m.starts
		FROM memberships m JOIN users u ON u.id = m.user
		WHERE m.role = 'manager' AND ` + holdsNow("m") + ` ORDER BY m.starts, m.id LIMIT 2000`).
		Bind(dbx.Params{"policyNow": stored(web.Now(e)).String()}).All(&rows)
	if err != nil {
		return nil, fmt.Errorf("list managers: %w", err)
	}
	managers := map[string][]ManagerInList{}
	for _, row := range rows {
		managers[row.Programme] = append(managers[row.Programme], ManagerInList{
			Programme: row.Programme, Membership: row.ID, Person: row.User, Called: called(row.Name, row.Username), Username: row.Username, Me: row.User == web.Current(e).ID,
		})
	}
	return managers, nil
}

// called is the name to call somebody by.
func called(name, username string) string {
	if name != "" {
		return name
	}
	return username
}

// nameManager gives somebody with an account the role of manager, of the
// programme in the address or of the site.
func (o *Office) nameManager(e *core.RequestEvent) error {
	in, err := typedIn(e)
	if err != nil {
		return err
	}
	programme := e.Request.PathValue(inProgramme)
	page := &ProgrammesPage{Who: in.line("who", maxName, "who-missing"), Wrong: programme}
	if in.problems == nil {
		err = o.acting(e, func(tx core.App) ([]audit.Act, error) {
			user, err := withAccount(tx, page.Who)
			if err != nil {
				return nil, err
			}
			act, err := give(tx, Membership{User: user, Role: web.Manager, Programme: programme, Starts: web.Now(e)})
			return []audit.Act{act}, err
		})
		if errors.Is(err, errHeldAlready) {
			in.wrong("who", "role-held")
		} else if err = in.blame(err); err != nil {
			return err
		}
	}
	if page.Errors = in.problems; page.Errors != nil {
		if page.Wrong == "" {
			page.Wrong = "site"
		}
		return showProgrammes(e, http.StatusUnprocessableEntity, page)
	}
	web.Notify(e, "saved")
	return web.SeeOther(e, "/manage/programmes")
}
