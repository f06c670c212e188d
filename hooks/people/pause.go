package people

import (
	"net/http"
	"time"

	"alongside/hooks/audit"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// Pause says that a learner takes a break in a membership, since a moment, and
// by when they want to be back (zero for not known). Resume says that they are
// back. Both return how it is to be recorded, and web.ErrNotFound where there is
// no such learner's membership now.
func Pause(tx core.App, membershipID, programme, person string, now, resumes time.Time) (audit.Act, error) {
	return pause(tx, membershipID, programme, person, now, dbx.Params{"paused": stored(now).String(), "resumes": stored(resumes).String()}, audit.Paused)
}

// Resume ends a pause.
func Resume(tx core.App, membershipID, programme, person string, now time.Time) (audit.Act, error) {
	return pause(tx, membershipID, programme, person, now, dbx.Params{"paused": "", "resumes": ""}, audit.Resumed)
}

func pause(tx core.App, membershipID, programme, person string, now time.Time, fields dbx.Params, kind audit.Kind) (audit.Act, error) {
	row, err := membership(tx, membershipID, programme, person, now)
	if err != nil {
		return audit.Act{}, err
	}
	if row.Role != web.Learner {
		return audit.Act{}, web.ErrNotFound
	}
	fields["updated"] = stored(now).String()
	_, err = tx.DB().Update("memberships", fields, dbx.HashExp{"id": row.ID}).Execute()
	return audit.Act{Kind: kind, Subject: person, Item: row.Cohort, Programme: programme}, err
}

// pauseLearner is the form on a learner's page.
func (o *Office) pauseLearner(e *core.RequestEvent) error {
	in, err := typedIn(e)
	if err != nil {
		return err
	}
	back, now := in.day("resumes"), web.Now(e)
	if back != "" && !startOf(back).After(now) {
		in.wrong("resumes", "date-past")
	}
	if in.problems != nil {
		in.problems[0].Field += "-" + e.Request.PathValue("membership") // each role has a form of its own
		return showPerson(e, http.StatusUnprocessableEntity, &PersonPage{Resumes: back, Errors: in.problems})
	}
	return o.aboutMembership(e, "paused", func(tx core.App, id, programme, person string) (audit.Act, error) {
		return Pause(tx, id, programme, person, now, startOf(back))
	})
}

func (o *Office) resumeLearner(e *core.RequestEvent) error {
	if _, err := typedIn(e); err != nil {
		return err
	}
	return o.aboutMembership(e, "resumed", func(tx core.App, id, programme, person string) (audit.Act, error) {
		return Resume(tx, id, programme, person, web.Now(e))
	})
}

// aboutMembership does something with the membership in the address, and goes
// back to the person's page.
func (o *Office) aboutMembership(e *core.RequestEvent, notice string, do func(tx core.App, id, programme, person string) (audit.Act, error)) error {
	programme, person := e.Request.PathValue(inProgramme), e.Request.PathValue(inPerson)
	err := o.acting(e, func(tx core.App) ([]audit.Act, error) {
		act, err := do(tx, e.Request.PathValue("membership"), programme, person)
		return []audit.Act{act}, err
	})
	if err != nil {
		return err
	}
	web.Notify(e, notice)
	return web.SeeOther(e, "/manage/programmes/"+programme+"/people/"+person)
}
