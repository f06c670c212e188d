package web

import (
	"slices"
	"strings"

	"alongside/templates"

	"github.com/pocketbase/pocketbase/core"
)

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

const (
	siteKey            = "site"
	defaultLeaveTarget = "https://www.bbc.co.uk/weather"
)

// SiteOf is the site's settings as of this request. Where they cannot be read
// it is a bare site, so that the page which says so can still be shown.
func SiteOf(e *core.RequestEvent) *Site {
	if s, ok := e.Get(siteKey).(*Site); ok {
		return s
	}
	s, err := readSite(e)
	if err != nil {
		e.App.Logger().Error("settings", "error", err)
		s = &Site{Name: "Alongside", LeaveTarget: defaultLeaveTarget}
	}
	e.Set(siteKey, s)
	return s
}

func readSite(e *core.RequestEvent) (*Site, error) {
	stamp, err := stampOf(e)
	if err != nil {
		return nil, err
	}
	return groundOf(e).settings.at(e.App, stamp)
}

// Speaks reports whether the pages of this site can be read in a language, by
// its exact tag.
func (s *Site) Speaks(tag string) bool {
	found, _ := templates.Match(tag)
	return found == tag && slices.Contains(s.Languages, tag)
}

// HelpOf is the help of one kind, as `::help[kind]` asks for it, for somebody who
// reads a language. What is for one place is not in it.
func (s *Site) HelpOf(kind, lang string) []HelpNumber {
	return inLanguage(s.helpWhere(func(h HelpNumber) bool { return h.Kind == kind && h.Place == "" }), lang)
}

// HelpIn is all help there is for somebody who reads a language, wherever they
// are.
func (s *Site) HelpIn(lang string) []HelpNumber { return s.HelpAt("", lang) }

// HelpAt is the help for one place, "" for what is for everywhere.
func (s *Site) HelpAt(place, lang string) []HelpNumber {
	return inLanguage(s.helpWhere(func(h HelpNumber) bool { return h.Place == place }), lang)
}

func (s *Site) helpWhere(fits func(HelpNumber) bool) []HelpNumber {
	return slices.DeleteFunc(slices.Clone(s.Help), func(h HelpNumber) bool { return !fits(h) })
}

// inLanguage puts what is in a language before the rest of its kind. Nobody loses
// a number by what they read: of the rest only what is there already, in other
// words, is left out.
func inLanguage(help []HelpNumber, lang string) []HelpNumber {
	var list []HelpNumber
	for _, kind := range kindsOf(help) {
		var own, rest []HelpNumber
		for _, h := range help {
			switch {
			case h.Kind != kind:
			case h.Language == "" || h.Language == lang:
				own = append(own, h)
			default:
				rest = append(rest, h)
			}
		}
		for _, h := range rest {
			if !slices.ContainsFunc(own, h.isAnotherWordingOf) {
				own = append(own, h)
			}
		}
		list = append(list, own...)
	}
	return list
}

// kindsOf are the kinds of help there are, in the order of the settings.
func kindsOf(help []HelpNumber) (kinds []string) {
	for _, h := range help {
		if !slices.Contains(kinds, h.Kind) {
			kinds = append(kinds, h.Kind)
		}
	}
	return kinds
}

// isAnotherWordingOf reports whether two entries say in two languages how to
// reach the same people.
func (h HelpNumber) isAnotherWordingOf(other HelpNumber) bool {
	if h.Language == other.Language || h.Number == "" && other.Number == "" && h.Address != other.Address {
		return false
	}
	return spaceless.Replace(h.Number) == spaceless.Replace(other.Number)
}

var spaceless = strings.NewReplacer(" ", "", "-", "")
