package people

import (
	"net/http"

	"alongside/hooks/audit"
	"alongside/hooks/web"

	"github.com/pocketbase/pocketbase/core"
)

const (
	maxProgramme = 200 // characters of a programme's name
	maxName      = 100 // of a label, a cohort, a place
)

// showProgrammeEdit is the form of a programme that is there.
func (o *Office) showProgrammeEdit(e *core.RequestEvent) error {
	row, err := programmeOf(e)
	if err != nil {
		return err
	}
	return web.Show(e, http.StatusOK, "people/programme-edit", &ProgrammeEditPage{
		Head: row.head(e), Name: row.Name, Label: row.Label, First: dayOf(row.Starts), Last: lastDay(row.Ends),
	})
}

func (o *Office) saveProgramme(e *core.RequestEvent) error {
	in, err := typedIn(e)
	if err != nil {
		return err
	}
	page := &ProgrammeEditPage{Name: in.line("name", maxProgramme, "programme-missing")}
	page.Label, page.Doubt = in.label(page.Name)
	page.First, page.Last = in.days("first", "last")
	if page.Head, err = headOf(e); err != nil {
		return err
	}
	if in.problems == nil {
		err = o.acting(e, func(tx core.App) ([]audit.Act, error) {
			p := Programme{Name: page.Name, Label: page.Label, Starts: startOf(page.First), Ends: endOf(page.Last)}
			return []audit.Act{{Kind: audit.ProgrammeChanged, Item: page.Head.ID, Programme: page.Head.ID}}, change(tx, "programmes", page.Head.ID, p.fields())
		})
		if isTakenIn(err, "label") {
			in.wrong("label", "label-taken")
		} else if err != nil {
			return err
		}
	}
	if page.Errors = in.problems; page.Errors != nil {
		return web.Show(e, http.StatusUnprocessableEntity, "people/programme-edit", page)
	}
	web.Notify(e, "saved")
	return web.SeeOther(e, page.Head.Address())
}

// label is the field for a programme's neutral name. Where it may give the
// programme away the form comes back once and says so; sent again with the same
// label, it is taken. doubt is the label to send again.
func (t *typed) label(name string) (label, doubt string) {
	label = t.line("label", maxName, "label-missing")
	why := labelDoubt(name, label)
	if why == "" || t.form.Get("doubt") == label {
		return label, t.form.Get("doubt")
	}
	t.wrong("label", why)
	return label, label
}
