package people

import (
	"fmt"
	"net/http"
	"time"

	"alongside/hooks/audit"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// showRoleEnd asks before a role ends, and says whom it leaves behind.
func (o *Office) showRoleEnd(e *core.RequestEvent) error {
	page, _, err := roleToEnd(e)
	if err != nil {
		return err
	}
	return web.Show(e, http.StatusOK, "people/role-end", page)
}

// roleToEnd is the role in the address: of a person in a programme, or, where
// the address names neither, of somebody who manages the site or one of its
// programmes.
func roleToEnd(e *core.RequestEvent) (*RoleEndPage, membershipRow, error) {
	now, page := web.Now(e), &RoleEndPage{Address: e.Request.URL.Path, Back: "/manage/programmes"}
	programme, person := e.Request.PathValue(inProgramme), e.Request.PathValue(inPerson)
	row, err := membership(e.App, e.Request.PathValue("membership"), programme, person, now)
	if err != nil {
		return nil, row, err
	}
	if person == "" && row.Role != web.Manager {
		return nil, row, web.ErrNotFound // the site manager ends no other roles
	}
	if programme != "" {
		if page.Head, err = headOf(e); err != nil {
			return nil, row, err
		}
	}
	if person != "" {
		page.Back = page.Head.Address() + "/people/" + person
	}
	page.Role = row.held(now)
	if page.Person, err = personCalled(e.App, row.User); err != nil {
		return nil, row, err
	}
	err = e.App.DB().NewQuery(`SELECT COUNT(DISTINCT a.learner) FROM assignments a
		WHERE a.worker = {:user} AND a.role = {:role} AND a.programme = {:programme} AND ` + holdsNow("a")).
		Bind(dbx.Params{"user": row.User, "role": string(row.Role), "programme": row.Programme, "policyNow": stored(now).String()}).Row(&page.Learners)
	if err != nil {
		return nil, row, fmt.Errorf("count learners of %s: %w", row.User, err)
	}
	return page, row, nil
}

// personCalled is somebody by id, as lists call them.
func personCalled(app core.App, id string) (PersonInList, error) {
	var row struct {
		Name     string `db:"name"`
		Username string `db:"username"`
	}
	err := app.DB().NewQuery("SELECT name, username FROM users WHERE id = {:id}").Bind(dbx.Params{"id": id}).One(&row)
	if err != nil {
		return PersonInList{}, fmt.Errorf("read person %s: %w", id, err)
	}
	return PersonInList{ID: id, Called: called(row.Name, row.Username), Username: row.Username}, nil
}

// endRole ends a role at once, or with a day. It is over at the very next
// request: each reads what somebody is anew.
func (o *Office) endRole(e *core.RequestEvent) error {
	in, err := typedIn(e)
	if err != nil {
		return err
	}
	page, row, err := roleToEnd(e)
	if err != nil {
		return err
	}
	now := web.Now(e)
	page.Last = in.day("last")
	at := now
	if page.Last != "" && page.Last != now.Format(time.DateOnly) {
		if at = endOf(page.Last); at.Before(now) {
			in.wrong("last", "date-past")
		}
	}
	if in.problems == nil {
		err = in.blame(o.acting(e, func(tx core.App) ([]audit.Act, error) {
			act := audit.Act{Kind: audit.RoleEnded, Subject: row.User, Item: row.Cohort, Programme: row.Programme, Detail: string(row.Role)}
			return []audit.Act{act}, row.end(tx, at, now)
		}))
		if err != nil {
			return err
		}
	}
	if page.Errors = in.problems; page.Errors != nil {
		return web.Show(e, http.StatusUnprocessableEntity, "people/role-end", page)
	}
	web.Notify(e, "role-ended")
	return web.SeeOther(e, afterEnd(e, page, row, at))
}

// afterEnd is a page that is still the viewer's: theirs may have been the role.
func afterEnd(e *core.RequestEvent, page *RoleEndPage, row membershipRow, at time.Time) string {
	viewer, over := web.Current(e), !at.After(web.Now(e))
	switch {
	case row.User == viewer.ID && row.Role == web.Manager && over && row.Programme == "":
		return "/"
	case row.User == viewer.ID && row.Role == web.Manager && over && e.Request.PathValue(inPerson) != "":
		return "/"
	case e.Request.PathValue(inPerson) != "" && over:
		return page.Head.Address() + "/people" // they may have no page here any more
	}
	return page.Back
}
