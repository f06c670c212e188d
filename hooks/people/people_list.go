package people

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

const peoplePerPage = 50

// showPeople lists who is in a programme now or will be, by name: a search never
// leaves the programme.
func (o *Office) showPeople(e *core.RequestEvent) error {
	query := e.Request.URL.Query()
	page := &PeoplePage{Search: oneLine(query.Get("search")), Role: web.Role(query.Get("role")), Roles: allRoles[:]}
	if !slices.Contains(page.Roles, page.Role) {
		page.Role = ""
	}
	page.Anything = page.Search != "" || page.Role != ""
	page.Page = max(1, atoi(query.Get("page")))
	var err error
	if page.Head, err = headOf(e); err != nil {
		return err
	}
	if page.People, err = peopleIn(e, page); err != nil {
		return err
	}
	if page.Page > 1 {
		page.Before = page.address(page.Page - 1)
	}
	if len(page.People) > peoplePerPage {
		page.People, page.After = page.People[:peoplePerPage], page.address(page.Page+1)
	}
	return web.Show(e, http.StatusOK, "people/people", page)
}

func atoi(text string) int {
	n, err := strconv.Atoi(text)
	if err != nil || n > 100_000 {
		return 0
	}
	return n
}

func (p *PeoplePage) address(page int) string {
	values := url.Values{"page": {strconv.Itoa(page)}}
	if p.Search != "" {
		values.Set("search", p.Search)
	}
	if p.Role != "" {
		values.Set("role", string(p.Role))
	}
	return p.Head.Address() + "/people?" + values.Encode()
}

// peopleIn reads one page of people, and one more where there is another page.
func peopleIn(e *core.RequestEvent, page *PeoplePage) ([]PersonInList, error) {
	now := web.Now(e)
	params := dbx.Params{
		"programme": page.Head.ID, "role": string(page.Role), "now": stored(now).String(), "search": like(page.Search),
		"limit": peoplePerPage + 1, "offset": (page.Page - 1) * peoplePerPage,
	}
	var rows []struct {
		ID       string `db:"id"`
		Name     string `db:"name"`
		Username string `db:"username"`
	}
	err := e.App.DB().NewQuery(`SELECT u.id, u.name, u.username FROM users u
		WHERE u.id IN (SELECT m.user FROM memberships m WHERE m.programme = {:programme}
				AND ({:role} = '' OR m.role = {:role}) AND (m.ends = '' OR m.ends > {:now}))
			AND ({:search} = '%%' OR u.username LIKE {:search} ESCAPE '\' OR u.name LIKE {:search} ESCAPE '\')
		ORDER BY CASE u.name WHEN '' THEN u.username ELSE u.name END COLLATE NOCASE, u.id
		LIMIT {:limit} OFFSET {:offset}`).Bind(params).WithContext(e.Request.Context()).All(&rows)
	if err != nil {
		return nil, fmt.Errorf("list people: %w", err)
	}
	list := make([]PersonInList, len(rows))
	for i, row := range rows {
		list[i] = PersonInList{ID: row.ID, Called: called(row.Name, row.Username), Username: row.Username}
	}
	return list, addRoles(e.App, list, page.Head.ID, now)
}

// like is a text to look for anywhere, with what LIKE reads otherwise taken as
// it is.
func like(text string) string {
	return "%" + strings.NewReplacer(`\`, `\\`, "%", `\%`, "_", `\_`).Replace(text) + "%"
}

// addRoles gives each person the roles that they hold, or will, in a programme.
func addRoles(app core.App, list []PersonInList, programme string, now time.Time) error {
	ids := make([]string, len(list))
	for i, person := range list {
		ids[i] = person.ID
	}
	whom, err := json.Marshal(ids)
	if err != nil {
		return fmt.Errorf("list roles: %w", err)
	}
	var rows []membershipRow
	err = app.DB().NewQuery("SELECT " + membershipColumns + ` WHERE m.user IN (SELECT value FROM json_each({:whom}))
		AND m.programme = {:programme} AND (m.ends = '' OR m.ends > {:now}) ORDER BY m.starts, m.id`).
		Bind(dbx.Params{"whom": string(whom), "programme": programme, "now": stored(now).String()}).All(&rows)
	if err != nil {
		return fmt.Errorf("list roles: %w", err)
	}
	for _, row := range rows {
		for i := range list {
			if list[i].ID == row.User {
				held := row.held(now)
				list[i].Roles = append(list[i].Roles, held)
				list[i].Here = list[i].Here || !held.Later
			}
		}
	}
	return nil
}
