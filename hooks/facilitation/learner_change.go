package facilitation

import (
	"net/http"
	"slices"
	"time"

	"alongside/hooks/audit"
	"alongside/hooks/content"
	"alongside/hooks/learning"
	"alongside/hooks/people"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// enrolLearner puts a learner on another course.
func (f *Facilitation) enrolLearner(e *core.RequestEvent) error {
	form, err := web.Form(e)
	if err != nil {
		return err
	}
	person, rows, err := f.learnerIn(e, people.Accounts)
	if err != nil {
		return err
	}
	listed, err := f.content.List(e.Request.Context(), languageOf(e))
	if err != nil {
		return err
	}
	course := form.Get("course")
	if !slices.ContainsFunc(listed, func(l content.Listed) bool { return l.ID == course }) {
		return f.learnerPage(e, http.StatusUnprocessableEntity, []web.FieldError{{Field: "course", Key: "course-missing"}})
	}
	err = f.app.RunInTransaction(func(tx core.App) error {
		if err := learning.Enrol(tx, person.ID, course, f.now()); err != nil {
			return err
		}
		return f.audit.Record(tx, audit.Act{Kind: audit.Enrolled, Actor: web.Current(e).ID, Subject: person.ID, Item: course, Programme: rows[0].Programme})
	})
	if err != nil {
		return err
	}
	return f.back(e, "enrolled", person.ID)
}

// pauseLearner lets somebody have a break: nobody looks for them until they are
// back.
func (f *Facilitation) pauseLearner(e *core.RequestEvent) error {
	return f.setPause(e, audit.Paused, f.now())
}

func (f *Facilitation) resumeLearner(e *core.RequestEvent) error {
	return f.setPause(e, audit.Resumed, time.Time{})
}

func (f *Facilitation) setPause(e *core.RequestEvent, kind audit.Kind, since time.Time) error {
	if _, err := web.Form(e); err != nil {
		return err
	}
	person, rows, err := f.learnerIn(e, people.Accounts)
	if err != nil {
		return err
	}
	paused := ""
	if !since.IsZero() {
		paused = moment(since)
	}
	err = f.app.RunInTransaction(func(tx core.App) error {
		for _, row := range rows {
			if (row.Paused != "") == (paused != "") {
				continue
			}
			_, err := tx.DB().Update("memberships", dbx.Params{"paused": paused, "resumes": "", "updated": moment(f.now())}, dbx.HashExp{"id": row.ID}).Execute()
			if err != nil {
				return err
			}
			if err := f.audit.Record(tx, audit.Act{Kind: kind, Actor: web.Current(e).ID, Subject: person.ID, Programme: row.Programme}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return f.back(e, string(kind), person.ID)
}

// back leads to a learner's page, which says what was done.
func (f *Facilitation) back(e *core.RequestEvent, notice, learner string) error {
	web.Notify(e, notice)
	return web.SeeOther(e, "/facilitate/learners/"+learner)
}
