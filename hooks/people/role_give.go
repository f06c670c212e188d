package people

import (
	"fmt"
	"net/http"
	"slices"
	"time"

	"alongside/hooks/audit"
	"alongside/hooks/web"

	"github.com/pocketbase/pocketbase/core"
)

// giveRole gives somebody of the programme another role in it.
func (o *Office) giveRole(e *core.RequestEvent) error {
	in, err := typedIn(e)
	if err != nil {
		return err
	}
	page := &PersonPage{}
	given, err := in.membership(e, page)
	if err != nil {
		return err
	}
	if in.problems == nil {
		err = in.blame(o.acting(e, func(tx core.App) ([]audit.Act, error) {
			act, err := give(tx, given)
			return []audit.Act{act}, err
		}))
		if err != nil {
			return err
		}
	}
	if page.Errors = in.problems; page.Errors != nil {
		return showPerson(e, http.StatusUnprocessableEntity, page)
	}
	web.Notify(e, "role-given")
	return web.SeeOther(e, "/manage/programmes/"+given.Programme+"/people/"+given.User)
}

// membership reads the fields role, cohort, first and last, and keeps what was
// typed on the page that comes back.
func (t *typed) membership(e *core.RequestEvent, page *PersonPage) (Membership, error) {
	m := Membership{
		User: e.Request.PathValue(inPerson), Programme: e.Request.PathValue(inProgramme),
		Role: web.Role(t.form.Get("role")), Cohort: t.form.Get("cohort"), Starts: web.Now(e),
	}
	var err error
	if page.Cohorts, err = cohortChoices(e, m.Cohort); err != nil {
		return m, err
	}
	page.Roles = roleChoices(m.Role)
	page.First, page.Last = t.days("first", "last")
	switch {
	case !slices.Contains(allRoles[:], m.Role):
		t.wrong("role", "role-missing")
	case !offers(page.Cohorts, m.Cohort):
		t.wrong("cohort", "cohort-choose")
	case m.Role == web.Learner && m.Cohort == "":
		t.wrong("cohort", "cohort-choose")
	case m.Role == web.Lead || m.Role == web.Manager:
		m.Cohort = "" // they are so for the whole programme
	}
	m.Starts, m.Ends = startingAt(page.First, web.Now(e)), endOf(page.Last)
	if !m.Ends.IsZero() && !m.Ends.After(web.Now(e)) {
		t.wrong("last", "date-past")
	}
	programme, err := programmeOf(e)
	if err != nil {
		return m, fmt.Errorf("give role: %w", err)
	}
	if ends := programme.Ends.Time(); !ends.IsZero() && !m.Starts.Before(ends) {
		t.wrong("first", "programme-over")
	}
	return m, nil
}

// startingAt is when something begins that was asked for a day: now for today
// and where no day was named.
func startingAt(day string, now time.Time) time.Time {
	if day == "" || day == now.Format(time.DateOnly) {
		return now
	}
	return startOf(day)
}
