package people

import (
	"net/http"
	"time"

	"alongside/hooks/audit"
	"alongside/hooks/web"
	"alongside/templates"

	"github.com/pocketbase/pocketbase/core"
)

// showStaffNew is the form for somebody new, with a neutral username drawn for
// them.
func (o *Office) showStaffNew(e *core.RequestEvent) error {
	username, err := NewUsername(e.App)
	if err != nil {
		return err
	}
	page := &StaffNewPage{Username: username, Roles: staffChoices(web.Facilitator), Languages: languageChoices(e, "")}
	if page.Cohorts, err = cohortChoices(e, ""); err != nil {
		return err
	}
	if len(page.Cohorts) == 2 { // the only group there is
		page.Cohorts[0].Chosen, page.Cohorts[1].Chosen = false, true
	}
	return showStaffNew(e, http.StatusOK, page)
}

func showStaffNew(e *core.RequestEvent, status int, page *StaffNewPage) error {
	var err error
	if page.Head, err = headOf(e); err != nil {
		return err
	}
	return web.Show(e, status, "people/staff-new", page)
}

// addStaff makes somebody with a role, and goes on to their page: there the
// manager makes the link by which they get in.
func (o *Office) addStaff(e *core.RequestEvent) error {
	in, err := typedIn(e)
	if err != nil {
		return err
	}
	p := Person{Username: oneLine(in.form.Get("username")), Name: in.line("called", maxName, ""), Email: in.email("email"), Language: in.form.Get("language")}
	for _, problem := range p.Problems("a password is chosen later") {
		in.note(problem)
	}
	likePerson := &PersonPage{}
	m, err := in.membership(e, likePerson)
	if err != nil {
		return err
	}
	page := &StaffNewPage{
		Username: p.Username, Called: p.Name, Email: p.Email, First: likePerson.First, Last: likePerson.Last,
		Roles: staffChoices(m.Role), Cohorts: likePerson.Cohorts, Languages: languageChoices(e, p.Language),
	}
	if !offers(page.Roles, string(m.Role)) {
		in.wrong("role", "role-missing")
	}
	if !offers(page.Languages, p.Language) {
		p.Language = ""
	}
	if in.problems == nil {
		err = o.blameEmail(e, in, m.Programme, o.acting(e, func(tx core.App) (acts []audit.Act, err error) {
			if m.User, acts, err = makePerson(tx, p, m.Programme); err != nil {
				return nil, err
			}
			act, err := give(tx, m)
			return append(acts, act), err
		}))
		if err != nil {
			return err
		}
	}
	if page.Errors = in.problems; page.Errors != nil {
		return showStaffNew(e, http.StatusUnprocessableEntity, page)
	}
	if m.Starts.After(web.Now(e).Add(time.Minute)) { // they have no page before they begin
		web.Notify(e, "saved")
		return web.SeeOther(e, "/manage/programmes/"+m.Programme+"/people")
	}
	web.Notify(e, "person-added")
	return web.SeeOther(e, "/manage/programmes/"+m.Programme+"/people/"+m.User)
}

// staffChoices are the roles of those who work here.
func staffChoices(chosen web.Role) []templates.Choice { return roleChoices(chosen)[1:] }

// languageChoices are the languages of this site, and the browser's own choice.
func languageChoices(e *core.RequestEvent, chosen string) []templates.Choice {
	choices := []templates.Choice{{Key: "manage.any-language", Chosen: chosen == ""}}
	site := web.SiteOf(e)
	for _, tag := range site.Languages {
		if site.Speaks(tag) {
			choices = append(choices, templates.Choice{Value: tag, Text: templates.LanguageOf(tag).Name, Lang: tag, Chosen: tag == chosen})
		}
	}
	return choices
}
