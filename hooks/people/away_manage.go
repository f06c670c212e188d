package people

import (
	"net/http"
	"slices"

	"alongside/hooks/web"

	"github.com/pocketbase/pocketbase/core"
)

// AwayPage is `/manage/programmes/{programme}/people/{person}/away`, "people/away":
// a manager says for somebody who cannot that they are away. Its form posts to the
// same address, and that which ends a time away to …/{absence}/end.
type AwayPage struct {
	web.Base
	Head     ProgrammeHead
	Person   PersonInList
	Address  string
	Form     *AwayForm
	Absences []Absence
	Theirs   bool // it is about somebody else than the viewer
	Several  bool // they work in several programmes, so each is named
	Errors   []web.FieldError
}

func (o *Office) showAway(e *core.RequestEvent) error {
	page, err := awayPage(e)
	if err != nil {
		return err
	}
	return web.Show(e, http.StatusOK, "people/away", page)
}

func awayPage(e *core.RequestEvent) (*AwayPage, error) {
	programme, person := e.Request.PathValue(inProgramme), e.Request.PathValue(inPerson)
	page := &AwayPage{Address: e.Request.URL.Path, Theirs: person != web.Current(e).ID}
	var err error
	if page.Head, err = headOf(e); err != nil {
		return nil, err
	}
	if page.Person, err = personCalled(e.App, person); err != nil {
		return nil, err
	}
	if page.Form, err = ReadAwayForm(e, person, programme); err != nil {
		return nil, err
	}
	page.Absences, err = AbsencesOf(e.Request.Context(), e.App, person, web.Now(e))
	page.Absences = slices.DeleteFunc(page.Absences, func(a Absence) bool { return a.Programme != programme })
	return page, err
}

func (o *Office) sayAway(e *core.RequestEvent) error {
	form, err := web.Form(e)
	if err != nil {
		return err
	}
	page, err := awayPage(e)
	if err != nil {
		return err
	}
	page.Form.Take(form, web.Now(e))
	saved, err := page.Form.Save(e.App, o.audit, web.Current(e).ID)
	if err != nil {
		return err
	}
	if page.Errors = page.Form.Errors; !saved {
		return web.Show(e, http.StatusUnprocessableEntity, "people/away", page)
	}
	web.Notify(e, "away-said")
	return web.SeeOther(e, page.Address)
}

func (o *Office) endAway(e *core.RequestEvent) error {
	if _, err := web.Form(e); err != nil {
		return err
	}
	programme, person := e.Request.PathValue(inProgramme), e.Request.PathValue(inPerson)
	err := e.App.RunInTransaction(func(tx core.App) error {
		ended, err := EndAway(tx, o.audit, web.Current(e).ID, person, programme, e.Request.PathValue("absence"), web.Now(e))
		if err == nil && !ended {
			return web.ErrNotFound
		}
		return err
	})
	if err != nil {
		return err
	}
	web.Notify(e, "away-ended")
	return web.SeeOther(e, "/manage/programmes/"+programme+"/people/"+person+"/away")
}
