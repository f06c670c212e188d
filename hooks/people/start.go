package people

import (
	"net/http"
	"net/url"
	"time"

	"alongside/hooks/audit"
	"alongside/hooks/web"

	"github.com/pocketbase/pocketbase/core"
)

const maxSite = 60 // characters of the site's name

// showStart is the way from nothing to the first group: one short page for the
// manager whom the one-time link made.
func (o *Office) showStart(e *core.RequestEvent) error {
	return web.Show(e, http.StatusOK, "people/start", &StartPage{SiteName: web.SiteOf(e).Name, Walk: true})
}

// start makes programme, group and the manager's own roles, all or nothing, and
// goes on to the first learner.
func (o *Office) start(e *core.RequestEvent) error {
	in, err := typedIn(e)
	if err != nil {
		return err
	}
	page := &StartPage{
		SiteName: in.line("site", maxSite, "site-missing"),
		Name:     in.line("name", maxProgramme, "programme-missing"),
		Cohort:   in.line("cohort", maxName, "cohort-missing"),
		Walk:     in.ticked("walk"),
	}
	page.Label, page.Doubt = in.label(page.Name)
	onward := ""
	if in.problems == nil {
		err = o.acting(e, func(tx core.App) (acts []audit.Act, err error) {
			onward, acts, err = found(tx, web.Current(e).ID, page, web.Now(e))
			return acts, err
		})
		if isTakenIn(err, "label") {
			in.wrong("label", "label-taken")
		} else if err != nil {
			return err
		}
	}
	if page.Errors = in.problems; page.Errors != nil {
		return web.Show(e, http.StatusUnprocessableEntity, "people/start", page)
	}
	return web.SeeOther(e, onward)
}

// found makes what a start page asks for, and says where to go on.
func found(tx core.App, manager string, page *StartPage, now time.Time) (onward string, acts []audit.Act, err error) {
	if err := web.ChangeSettings(tx, "", map[string]any{"name": page.SiteName}); err != nil {
		return "", nil, err
	}
	programme, err := CreateProgramme(tx, Programme{Name: page.Name, Label: page.Label, Starts: now})
	if err != nil {
		return "", nil, err
	}
	cohort, err := CreateCohort(tx, programme, page.Cohort, now)
	if err != nil {
		return "", nil, err
	}
	acts = []audit.Act{
		{Kind: audit.SettingsChanged, Detail: "name"},
		{Kind: audit.ProgrammeMade, Item: programme, Programme: programme},
		{Kind: audit.CohortMade, Item: cohort, Programme: programme},
	}
	roles := []Membership{{User: manager, Role: web.Manager, Programme: programme, Starts: now}}
	if page.Walk {
		roles = append(roles, Membership{User: manager, Role: web.Facilitator, Programme: programme, Cohort: cohort, Starts: now})
	}
	for _, m := range roles {
		act, err := give(tx, m)
		if err != nil {
			return "", nil, err
		}
		acts = append(acts, act)
	}
	if !page.Walk {
		return "/manage/programmes/" + programme, acts, nil
	}
	return "/facilitate/learners/new?cohort=" + url.QueryEscape(cohort), acts, nil
}
