package people

import (
	"errors"
	"net/http"
	"slices"
	"strings"

	"alongside/hooks/audit"
	"alongside/hooks/web"
	"alongside/templates"

	"github.com/pocketbase/pocketbase/core"
)

const maxAddress = 500 // characters of an address that Leave goes to

// showSettings is what the site is called, where Leave goes, and its languages.
func (o *Office) showSettings(e *core.RequestEvent) error {
	site := web.SiteOf(e)
	page := &SettingsPage{SiteName: site.Name, Leave: site.LeaveTarget, Languages: tongues(site.Languages)}
	return showSettings(e, http.StatusOK, page)
}

func showSettings(e *core.RequestEvent, status int, page *SettingsPage) (err error) {
	if page.Stamp, err = web.SettingsStampOf(e); err != nil {
		return err
	}
	return web.Show(e, status, "people/settings", page)
}

// tongues are the languages that there are, ticked where the site offers them.
func tongues(offered []string) []LanguageToOffer {
	var list []LanguageToOffer
	for _, l := range templates.Languages() {
		list = append(list, LanguageToOffer{Tag: l.Tag, Name: l.Name, Dir: l.Dir, Offered: slices.Contains(offered, l.Tag)})
	}
	return list
}

func (o *Office) saveSettings(e *core.RequestEvent) error {
	in, err := typedIn(e)
	if err != nil {
		return err
	}
	page := &SettingsPage{
		SiteName: in.line("site", maxSite, "site-missing"),
		Leave:    in.line("leave", maxAddress, "leave-missing"),
	}
	if page.Leave != "" && !web.IsLeaveTarget(page.Leave) {
		in.wrong("leave", "leave-wrong")
	}
	page.Languages = tongues(in.form["language"])
	offered := []string{}
	for _, l := range page.Languages {
		if l.Offered {
			offered = append(offered, l.Tag)
		}
	}
	if len(offered) == 0 {
		in.wrong("languages", "languages-missing")
	}
	if page.Errors = in.problems; page.Errors != nil {
		return showSettings(e, http.StatusUnprocessableEntity, page)
	}
	before := web.SiteOf(e)
	changed := differing(before, page, offered)
	err = o.acting(e, func(tx core.App) (acts []audit.Act, err error) {
		fields := map[string]any{"name": page.SiteName, "leave_target": page.Leave, "languages": offered}
		for _, which := range changed {
			acts = append(acts, audit.Act{Kind: audit.SettingsChanged, Detail: which})
		}
		return acts, web.ChangeSettings(tx, in.form.Get("stamp"), fields)
	})
	if errors.Is(err, web.ErrChangedMeanwhile) {
		page.Stands = &SettingsStanding{SiteName: before.Name, Leave: before.LeaveTarget, Languages: namesOf(before.Languages)}
		page.Errors = []web.FieldError{{Field: "stands", Key: "changed-meanwhile"}}
		return showSettings(e, http.StatusConflict, page)
	}
	if err != nil {
		return err
	}
	web.Notify(e, "saved")
	return web.SeeOther(e, "/manage/settings")
}

// namesOf are languages by their own names, as one line.
func namesOf(tags []string) string {
	var names []string
	for _, tag := range tags {
		names = append(names, templates.LanguageOf(tag).Name)
	}
	return strings.Join(names, ", ")
}

// differing are the settings that a form changes, as the record of acts calls
// them.
func differing(before *web.Site, page *SettingsPage, offered []string) (which []string) {
	if before.Name != page.SiteName {
		which = append(which, "name")
	}
	if before.LeaveTarget != page.Leave {
		which = append(which, "leave-target")
	}
	if !slices.Equal(before.Languages, offered) {
		which = append(which, "languages")
	}
	return which
}
