package web

import (
	"net/http"

	"github.com/pocketbase/pocketbase/core"
)

// HelpPage is `/help`: who to call, for anybody, signed in or not.
type HelpPage struct {
	Base
	Groups []HelpGroup
}

// A HelpGroup is the help of one kind. Its words are under "help.kind.<kind>".
type HelpGroup struct {
	Kind    string
	Numbers []HelpNumber
}

func showHelp(e *core.RequestEvent) error {
	lang, _ := Language(e)
	return Show(e, http.StatusOK, "web/help", &HelpPage{Groups: groupHelp(SiteOf(e).HelpIn(lang))})
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
