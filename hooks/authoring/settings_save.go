package authoring

import (
	"alongside/hooks/audit"
	"alongside/hooks/people"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// saveSettings stores what those who care for a course decide of it. What was signed
// off already is looked at again where the course asks for another sign-off now: a text
// goes live only with all that is asked at that moment.
func (a *Authoring) saveSettings(e *core.RequestEvent) error {
	form, err := web.Form(e)
	if err != nil {
		return err
	}
	course, err := a.courseFor(e, people.Caring)
	if err != nil {
		return err
	}
	asks := ""
	if form.Get("plain") == "yes" {
		asks = Plain
	}
	err = a.app.RunInTransaction(func(tx core.App) error {
		err := web.Exec(tx, "UPDATE courses SET open = {:open}, public = {:public}, asks = {:asks} WHERE id = {:id}", dbx.Params{
			"open": form.Get("open") == "yes", "public": form.Get("public") == "yes", "asks": asks, "id": course.ID,
		})
		if err != nil {
			return err
		}
		return a.audit.Record(tx, audit.Act{Kind: audit.CourseCared, Actor: web.Current(e).ID, Programme: course.Programme, Item: course.ID})
	})
	if err != nil {
		return err
	}
	web.Notify(e, "saved")
	return web.SeeOther(e, "/course-settings/"+course.Slug)
}
