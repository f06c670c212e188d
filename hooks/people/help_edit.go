package people

import (
	"net/http"
	"slices"
	"strings"

	"alongside/hooks/web"
	"alongside/templates"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// HelpKinds are the kinds of help that every site knows, in the order of the form. A
// course asks for one by this name.
func HelpKinds() []string {
	return []string{"emergency", "crisis", "health", "advice", "housing", "migration", "other"}
}

const (
	maxHelp  = 100
	maxPhone = 40
	maxAbout = 300
)

// showHelpEdit is the form of one number; of a new one where the address names
// none.
func (o *Office) showHelpEdit(e *core.RequestEvent) error {
	page := &HelpEditPage{Help: web.HelpNumber{Kind: "advice"}}
	if number := e.Request.PathValue("number"); number != "" {
		help := web.SiteOf(e).Help
		page.Number = atoi(number)
		if page.Number < 1 || page.Number > len(help) {
			return web.ErrNotFound
		}
		page.Help = help[page.Number-1]
	}
	return showHelpEdit(e, http.StatusOK, page)
}

func showHelpEdit(e *core.RequestEvent, status int, page *HelpEditPage) (err error) {
	if page.Stamp, err = web.SettingsStampOf(e); err != nil {
		return err
	}
	for _, kind := range HelpKinds() {
		page.Kinds = append(page.Kinds, templates.Choice{Value: kind, Key: "help.kind." + kind, Chosen: kind == page.Help.Kind})
	}
	if !offers(page.Kinds, page.Help.Kind) { // a kind of their own, from before or by import
		page.Kinds = append(page.Kinds, templates.Choice{Value: page.Help.Kind, Text: page.Help.Kind, Chosen: true})
	}
	page.Languages = append(page.Languages, templates.Choice{Key: "manage.every-language", Chosen: page.Help.Language == ""})
	for _, l := range templates.Languages() {
		page.Languages = append(page.Languages, templates.Choice{Value: l.Tag, Text: l.Name, Chosen: l.Tag == page.Help.Language})
	}
	if page.Places, err = helpPlaces(e, page.Help.Place); err != nil {
		return err
	}
	return web.Show(e, status, "people/help-edit", page)
}

// helpPlaces are the places of all programmes, by label, and everywhere.
func helpPlaces(e *core.RequestEvent, chosen string) ([]templates.Choice, error) {
	everywhere := templates.Choice{Key: "manage.everywhere", Chosen: chosen == ""}
	found, err := choicesFrom(e, chosen, `SELECT pl.id AS value, p.label || ', ' || pl.name AS text
		FROM places pl JOIN programmes p ON p.id = pl.programme WHERE pl.ended = '' OR pl.id = {:chosen}
		ORDER BY text COLLATE NOCASE LIMIT 500`, dbx.Params{"chosen": chosen})
	return append([]templates.Choice{everywhere}, found...), err
}

// saveHelp puts a number into the list, or changes the one in the address.
func (o *Office) saveHelp(e *core.RequestEvent) error {
	in, err := typedIn(e)
	if err != nil {
		return err
	}
	page := &HelpEditPage{Help: in.helpNumber(), Number: atoi(e.Request.PathValue("number"))}
	places, err := helpPlaces(e, page.Help.Place)
	if err != nil {
		return err
	}
	if !offers(places, page.Help.Place) {
		in.wrong("place", "place-missing")
	}
	if page.Errors = in.problems; page.Errors != nil {
		return showHelpEdit(e, http.StatusUnprocessableEntity, page)
	}
	help := slices.Clone(web.SiteOf(e).Help)
	switch {
	case page.Number > len(help):
		return o.helpChanged(e)
	case page.Number > 0:
		help[page.Number-1] = page.Help
	default:
		help = append(help, page.Help)
	}
	if isMissed(web.SiteOf(e), help) && !in.ticked("sure") {
		page.Sure = true
		page.Errors = []web.FieldError{{Field: "sure", Key: "help-needed"}}
		return showHelpEdit(e, http.StatusUnprocessableEntity, page)
	}
	return o.storeHelp(e, in, help, func() error {
		page.Stands = standing(web.SiteOf(e).Help, page.Number)
		page.Errors = []web.FieldError{{Field: "stands", Key: "changed-meanwhile"}}
		return showHelpEdit(e, http.StatusConflict, page)
	})
}

// standing is the number that stands there now; nil where there is none.
func standing(help []web.HelpNumber, number int) *web.HelpNumber {
	if number < 1 || number > len(help) {
		return nil
	}
	return &help[number-1]
}

// helpNumber reads the fields of a number.
func (t *typed) helpNumber() web.HelpNumber {
	h := web.HelpNumber{
		Kind: t.line("kind", maxPhone, "kind-missing"), Name: t.line("name", maxHelp, "help-name-missing"),
		Number: t.line("phone", maxPhone, ""), Address: t.line("address", maxAddress, ""),
		When: t.line("when", maxHelp, ""), Cost: t.line("cost", maxHelp, ""), About: t.line("about", maxAbout, ""),
		Language: t.form.Get("language"), Place: t.form.Get("place"),
	}
	if h.Number == "" && h.Address == "" {
		t.wrong("phone", "help-way-missing")
	}
	if h.Number != "" && !strings.ContainsAny(h.Number, "0123456789") {
		t.wrong("phone", "phone-wrong")
	}
	if h.Address != "" && !web.IsSecureAddress(h.Address) {
		t.wrong("address", "address-wrong")
	}
	if found, _ := templates.Match(h.Language); h.Language != "" && found != h.Language {
		h.Language = ""
	}
	return h
}
