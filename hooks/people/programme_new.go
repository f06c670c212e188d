package people

import (
	"errors"
	"net/http"

	"alongside/hooks/audit"
	"alongside/hooks/web"

	"github.com/pocketbase/pocketbase/core"
)

// Who is to manage a new programme, as the form says it.
const (
	managerMe    = "me"
	managerKnown = "known"
	managerNew   = "new"
)

func (o *Office) showProgrammeNew(e *core.RequestEvent) error {
	return web.Show(e, http.StatusOK, "people/programme-new", &ProgrammeNewPage{Manager: managerMe})
}

// newProgramme makes a programme together with its first manager.
func (o *Office) newProgramme(e *core.RequestEvent) error {
	in, err := typedIn(e)
	if err != nil {
		return err
	}
	page := readProgramme(in)
	programme := ""
	if in.problems == nil {
		err = o.acting(e, func(tx core.App) (acts []audit.Act, err error) {
			p := Programme{Name: page.Name, Label: page.Label, Starts: startOf(page.First), Ends: endOf(page.Last)}
			if programme, err = CreateProgramme(tx, p); err != nil {
				return nil, err
			}
			acts = []audit.Act{{Kind: audit.ProgrammeMade, Item: programme, Programme: programme}}
			manager, made, err := page.manager(tx, web.Current(e).ID, programme)
			if err != nil {
				return nil, err
			}
			given, err := give(tx, Membership{User: manager, Role: web.Manager, Programme: programme, Starts: web.Now(e)})
			return append(append(acts, made...), given), err
		})
		if err = o.blameEmail(e, in, "", err); err != nil {
			return err
		}
	}
	if page.Errors = in.problems; page.Errors != nil {
		return web.Show(e, http.StatusUnprocessableEntity, "people/programme-new", page)
	}
	web.Notify(e, "saved")
	if page.Manager == managerMe {
		return web.SeeOther(e, "/manage/programmes/"+programme)
	}
	return web.SeeOther(e, "/manage/programmes")
}

func readProgramme(in *typed) *ProgrammeNewPage {
	page := &ProgrammeNewPage{Name: in.line("name", maxProgramme, "programme-missing"), Manager: in.form.Get("manager")}
	page.Label, page.Doubt = in.label(page.Name)
	page.First, page.Last = in.days("first", "last")
	page.Who, page.Called, page.Email = oneLine(in.form.Get("who")), in.line("called", maxName, ""), in.email("email")
	if page.Manager == managerKnown && page.Who == "" {
		in.wrong("who", "who-missing")
	}
	if page.Manager != managerKnown && page.Manager != managerNew {
		page.Manager = managerMe
	}
	return page
}

// manager finds or makes whom the form names, and says what was made.
func (p *ProgrammeNewPage) manager(tx core.App, viewer, programme string) (user string, acts []audit.Act, err error) {
	switch p.Manager {
	case managerKnown:
		user, err = withAccount(tx, p.Who)
	case managerNew:
		user, acts, err = makePerson(tx, Person{Name: p.Called, Email: p.Email}, programme)
	default:
		user = viewer
	}
	return user, acts, err
}

// makePerson makes somebody with a username drawn for them, unless they have
// one, and no password yet.
func makePerson(tx core.App, p Person, programme string) (user string, acts []audit.Act, err error) {
	if p.Username == "" {
		if p.Username, err = NewUsername(tx); err != nil {
			return "", nil, err
		}
	}
	if user, err = Create(tx, p, ""); err != nil {
		return "", nil, err
	}
	return user, []audit.Act{{Kind: audit.PersonAdded, Subject: user, Programme: programme}}, nil
}

// blameEmail is blame where somebody new is made. An e-mail that leads to another
// account is on record too: who types many of them wants to know who is here.
func (o *Office) blameEmail(e *core.RequestEvent, in *typed, programme string, err error) error {
	if isTakenIn(err, "email") {
		o.audit.Note(audit.Act{Kind: audit.EmailRefused, Actor: web.Current(e).ID, Programme: programme})
	}
	return in.blame(err)
}

// blame notes what an error says of a field, and returns what is nobody's to put
// right.
func (t *typed) blame(err error) error {
	switch {
	case err == nil:
	case isTakenIn(err, "label"):
		t.wrong("label", "label-taken")
	case isTakenIn(err, "username"):
		t.wrong("username", "username-taken")
	case isTakenIn(err, "email"):
		t.wrong("email", "email-not-here")
	case isTakenIn(err, "name"):
		t.wrong("name", "name-taken")
	case errors.Is(err, errNobody):
		t.wrong("who", "who-unknown")
	case errors.Is(err, errHeldAlready):
		t.wrong("role", "role-held")
	case errors.Is(err, errLastManager):
		t.wrong("last", "last-manager")
	default:
		return err
	}
	return nil
}
