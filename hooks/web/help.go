package web

import (
	"net/http"

	"github.com/pocketbase/pocketbase/core"
)

// HelpPage is `/help`: who to call, for anybody, signed in or not.
type HelpPage struct {
	Base
	Groups  []HelpGroup
	Places  []HelpPlace // of the viewer's programmes; a guest sees none
	Helpers []Helper    // who is told, for a viewer who can tell somebody and did not
}

// A HelpPlace is the help for one place.
type HelpPlace struct {
	Name   string
	Groups []HelpGroup
}

// A HelpGroup is the help of one kind. Its words are under "help.kind.<kind>".
type HelpGroup struct {
	Kind    string
	Numbers []HelpNumber
}

func showHelp(e *core.RequestEvent) error {
	lang, _ := Language(e)
	page := &HelpPage{Groups: HelpGroups(e)}
	var err error
	if page.Places, err = helpPlaces(e, lang); err != nil {
		e.App.Logger().Error("help of places", "error", err) // what is for everywhere shows all the same
	}
	if page.Helpers, err = helpersOf(e); err != nil {
		e.App.Logger().Error("who is told of help now", "error", err)
	}
	return Show(e, http.StatusOK, "web/help", page)
}

// helpersOf are those whom the button of this page tells.
func helpersOf(e *core.RequestEvent) ([]Helper, error) {
	viewer := Current(e)
	if ways := groundOf(e).ways(viewer); !ways.MayAsk || ways.Asked {
		return nil, nil
	}
	return groundOf(e).helpers(e.Request.Context(), viewer)
}

// HelpGroups are the site's numbers for a page of another room.
func HelpGroups(e *core.RequestEvent) []HelpGroup {
	lang, _ := Language(e)
	return groupHelp(SiteOf(e).HelpIn(lang))
}

// helpPlaces is the help of the places that the viewer may know of. Which they
// are is only asked where there is any.
func helpPlaces(e *core.RequestEvent, lang string) ([]HelpPlace, error) {
	site, viewer := SiteOf(e), Current(e)
	if viewer == nil || len(site.helpWhere(func(h HelpNumber) bool { return h.Place != "" })) == 0 {
		return nil, nil
	}
	places, err := groundOf(e).places(e.Request.Context(), viewer)
	var list []HelpPlace
	for _, place := range places {
		if groups := groupHelp(site.HelpAt(place.ID, lang)); groups != nil {
			list = append(list, HelpPlace{Name: place.Name, Groups: groups})
		}
	}
	return list, err
}

// groupHelp puts numbers of one kind together, in the order of the settings.
func groupHelp(help []HelpNumber) []HelpGroup {
	var groups []HelpGroup
	at := map[string]int{}
	for _, h := range help {
		i, known := at[h.Kind]
		if !known {
			i = len(groups)
			at[h.Kind] = i
			groups = append(groups, HelpGroup{Kind: h.Kind})
		}
		groups[i].Numbers = append(groups[i].Numbers, h)
	}
	return groups
}
