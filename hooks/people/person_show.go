package people

import (
	"fmt"
	"net/http"
	"slices"

	"alongside/hooks/web"
	"alongside/templates"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// showPerson is one person as a manager of the programme sees them: what they
// are there, and who walks beside them. Nothing of what they learn or write.
func (o *Office) showPerson(e *core.RequestEvent) error {
	return showPerson(e, http.StatusOK, &PersonPage{})
}

func showPerson(e *core.RequestEvent, status int, page *PersonPage) error {
	if err := page.read(e); err != nil {
		return err
	}
	var err error
	if page.Roles == nil {
		page.Roles = roleChoices("")
	}
	if page.Cohorts == nil {
		if page.Cohorts, err = cohortChoices(e, ""); err != nil {
			return err
		}
	}
	if page.Learner {
		if page.Workers, err = workersIn(e, page.Head.ID, page.Person.ID); err != nil {
			return err
		}
		if page.Beside, err = besideChoices(e, page.Head.ID, page.Person.ID); err != nil {
			return err
		}
	}
	return web.Show(e, status, "people/person", page)
}

// read fills in who the page is about.
func (p *PersonPage) read(e *core.RequestEvent) error {
	var err error
	if p.Head, err = headOf(e); err != nil {
		return err
	}
	id := e.Request.PathValue(inPerson)
	if p.Person, err = personCalled(e.App, id); err != nil {
		return err
	}
	err = e.App.DB().NewQuery("SELECT email FROM users WHERE id = {:id}").
		Bind(dbx.Params{"id": id}).Row(&p.Email)
	if err != nil {
		return fmt.Errorf("read person %s: %w", id, err)
	}
	list := []PersonInList{p.Person}
	if err := addRoles(e.App, list, p.Head.ID, web.Now(e)); err != nil {
		return err
	}
	p.Person, p.Me = list[0], id == web.Current(e).ID
	isLearner := func(r RoleHeld) bool { return r.Role == web.Learner }
	p.Learner = slices.ContainsFunc(p.Person.Roles, isLearner)
	p.Staff = slices.ContainsFunc(p.Person.Roles, func(r RoleHeld) bool { return !isLearner(r) })
	return nil
}

// BreakIsWrong reports whether something is to be put right in the form for a
// break in a role.
func (p *PersonPage) BreakIsWrong(membership string) bool { return p.isWrong("resumes-" + membership) }

// RoleIsWrong reports whether something is to be put right in the form for
// another role.
func (p *PersonPage) RoleIsWrong() bool { return p.isWrong("role", "cohort", "first", "last") }

func (p *PersonPage) isWrong(fields ...string) bool {
	return slices.ContainsFunc(p.Errors, func(wrong web.FieldError) bool { return slices.Contains(fields, wrong.Field) })
}

func roleChoices(chosen web.Role) []templates.Choice {
	choices := make([]templates.Choice, len(allRoles))
	for i, role := range allRoles {
		choices[i] = templates.Choice{Value: string(role), Key: "role." + string(role), Chosen: role == chosen}
	}
	return choices
}
