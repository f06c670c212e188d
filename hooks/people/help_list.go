package people

import (
	"errors"
	"fmt"
	"net/http"
	"slices"

	"alongside/hooks/audit"
	"alongside/hooks/web"
	"alongside/templates"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// needed are the kinds of help that a learner must always find.
var needed = [...]string{"emergency", "crisis"}

// showHelp is the list of help numbers, in the order in which people see them.
func (o *Office) showHelp(e *core.RequestEvent) error {
	return showHelp(e, http.StatusOK, &HelpListPage{})
}

func showHelp(e *core.RequestEvent, status int, page *HelpListPage) (err error) {
	if page.Stamp, err = web.SettingsStampOf(e); err != nil {
		return err
	}
	help := web.SiteOf(e).Help
	names, err := placeNames(e, help)
	if err != nil {
		return err
	}
	for i, h := range help {
		one := HelpInList{Number: i + 1, Help: h, Place: names[h.Place], First: i == 0, Last: i == len(help)-1}
		if h.Language != "" {
			one.Language = templates.LanguageOf(h.Language)
		}
		page.Numbers = append(page.Numbers, one)
	}
	page.Lacks = lacking(help, web.SiteOf(e).Languages)
	return web.Show(e, status, "people/help-list", page)
}

// lacking are the needed kinds of which there is nothing for everybody, and those
// of which there is nothing in one of the languages that the site offers.
func lacking(help []web.HelpNumber, languages []string) (lacks []HelpLack) {
	for _, kind := range needed {
		there := func(reads func(h web.HelpNumber) bool) bool {
			return slices.ContainsFunc(help, func(h web.HelpNumber) bool { return h.Kind == kind && h.Place == "" && reads(h) })
		}
		if !there(func(web.HelpNumber) bool { return true }) {
			lacks = append(lacks, HelpLack{Kind: kind})
			continue
		}
		for _, tag := range languages {
			if !there(func(h web.HelpNumber) bool { return h.Language == "" || h.Language == tag }) {
				lacks = append(lacks, HelpLack{Kind: kind, In: templates.LanguageOf(tag)})
			}
		}
	}
	return lacks
}

// isMissed reports whether a change of the list leaves something lacking that did
// not lack before.
func isMissed(site *web.Site, now []web.HelpNumber) bool {
	before := lacking(site.Help, site.Languages)
	return slices.ContainsFunc(lacking(now, site.Languages), func(one HelpLack) bool { return !slices.Contains(before, one) })
}

// placeNames are the places that help numbers are of.
func placeNames(e *core.RequestEvent, help []web.HelpNumber) (map[string]string, error) {
	names := map[string]string{}
	for _, h := range help {
		if _, known := names[h.Place]; known || h.Place == "" {
			continue
		}
		var rows []string
		err := e.App.DB().NewQuery("SELECT p.label || ', ' || pl.name FROM places pl JOIN programmes p ON p.id = pl.programme WHERE pl.id = {:id}").
			Bind(dbx.Params{"id": h.Place}).Column(&rows)
		if err != nil {
			return nil, fmt.Errorf("read place: %w", err)
		}
		names[h.Place] = ""
		if len(rows) > 0 {
			names[h.Place] = rows[0]
		}
	}
	return names, nil
}

// moveHelp puts a number one place up or down, or takes it out.
func (o *Office) moveHelp(e *core.RequestEvent) error {
	in, err := typedIn(e)
	if err != nil {
		return err
	}
	help := slices.Clone(web.SiteOf(e).Help)
	at := atoi(e.Request.PathValue("number")) - 1
	if at < 0 || at >= len(help) {
		return o.helpChanged(e)
	}
	switch do := in.form.Get("do"); {
	case do == "up" && at > 0:
		help[at-1], help[at] = help[at], help[at-1]
	case do == "down" && at < len(help)-1:
		help[at+1], help[at] = help[at], help[at+1]
	case do == "remove":
		help = slices.Delete(help, at, at+1)
		if isMissed(web.SiteOf(e), help) && !in.ticked("sure") {
			return showHelp(e, http.StatusUnprocessableEntity, &HelpListPage{Sure: at + 1, SureOf: web.SiteOf(e).Help[at].Name})
		}
	default:
		return web.SeeOther(e, "/manage/help")
	}
	return o.storeHelp(e, in, help, func() error { return o.helpChanged(e) })
}

// helpChanged says that somebody else was here meanwhile: nothing was done, and
// the list shows what stands now.
func (o *Office) helpChanged(e *core.RequestEvent) error {
	return showHelp(e, http.StatusConflict, &HelpListPage{Errors: []web.FieldError{{Field: "numbers", Key: "changed-meanwhile"}}})
}

// storeHelp writes the whole list, unless it is another since the form was made.
func (o *Office) storeHelp(e *core.RequestEvent, in *typed, help []web.HelpNumber, meanwhile func() error) error {
	stamp := in.form.Get("stamp")
	if stamp == "" {
		return web.ErrBadForm
	}
	err := o.acting(e, func(tx core.App) ([]audit.Act, error) {
		return []audit.Act{{Kind: audit.SettingsChanged, Detail: "help"}}, web.ChangeSettings(tx, stamp, map[string]any{"help": help})
	})
	if errors.Is(err, web.ErrChangedMeanwhile) {
		return meanwhile()
	}
	if err != nil {
		return err
	}
	web.Notify(e, "saved")
	return web.SeeOther(e, "/manage/help")
}
