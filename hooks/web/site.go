package web

import "github.com/pocketbase/pocketbase/core"

// A Site is what a charity sets for its installation, as row of `settings`.
type Site struct {
	Name        string       // what this site is called; "Alongside" until it is changed
	LeaveTarget string       // where Leave goes: an https address, or a path of this site where no other will load
	Languages   []string     // BCP 47, of the interface
	Help        []HelpNumber // in the order to show them
}

// A HelpNumber is one way to get help: shown on /help, and in courses where
// `::help[kind]` stands.
type HelpNumber struct {
	Kind     string `json:"kind"`     // "crisis", "advice", …
	Name     string `json:"name"`     // who answers
	Number   string `json:"number"`   // as people read it out; empty where there is only an address
	Address  string `json:"address"`  // https address; empty where there is only a number
	When     string `json:"when"`     // "day and night"
	Cost     string `json:"cost"`     // "free, also without credit"
	About    string `json:"about"`    // one plain sentence
	Language string `json:"language"` // BCP 47 of these words; "" for all
	Place    string `json:"place"`    // of places; "" for everywhere
}

const siteKey = "site"

// SiteOf is the site's settings as of this request.
func SiteOf(e *core.RequestEvent) *Site {
	if s, ok := e.Get(siteKey).(*Site); ok {
		return s
	}
	s := &Site{Name: "Alongside", LeaveTarget: "https://www.bbc.co.uk/weather"}
	e.Set(siteKey, s)
	return s
}
