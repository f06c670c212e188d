package hooks_test

import (
	"slices"
	"strings"
	"testing"

	"alongside/hooks/hooktest"
	"alongside/hooks/people"
	"alongside/hooks/web"
)

// What stands below an address is for these columns of the table and for nobody
// else, whatever rule its door was given by mistake. The longest that fits
// counts; "" is everything.
var mostFor = map[string][]string{
	"":                       {"a guest", "anybody signed in"},
	"/me":                    {"anybody signed in"},
	"/reflections":           {"anybody signed in"},
	"/facilitate":            {"mentor", "facilitator", "lead", "manager", "site manager"},
	"/concerns":              {"mentor", "facilitator", "lead", "manager"},
	"/manage":                {"manager", "site manager"},
	"/manage/holds":          {"lead", "manager", "site manager"},
	"/manage/start":          {"site manager"},
	"/manage/settings":       {"site manager"},
	"/manage/help":           {"site manager"},
	"/manage/mail":           {"site manager"},
	"/manage/retention":      {"site manager"},
	"/manage/programmes/new": {"site manager"},
	"/thanks":                {"anybody signed in"},
	"/say":                   {"anybody signed in"},
	"/write":                 {"mentor"},
	"/write-new":             {"mentor"},
	"/review":                {"mentor", "facilitator", "lead", "manager", "site manager"},
	"/course-settings":       {"manager", "site manager"},
	"/course-offers":         {"manager", "site manager"},
}

// withoutRule are the addresses below which a door may be open to anyone: they
// are the way in, or the same for everybody.
var withoutRule = []string{
	"/{$}", "/sign-in", "/sign-out", "/leave", "/language", "/help", "/healthz", "/readyz", "/assets", "/media", "/mail/off",
}

func below(address, at string) bool { return address == at || strings.HasPrefix(address, at+"/") }

func TestPolicyHasARuleForEveryPageThatIsNotForEverybody(t *testing.T) {
	w := hooktest.Start(t)
	document := mustReadDocument(t)
	for _, door := range w.House.Pages.Doors() {
		at := door.Method + " " + door.Path
		what, ofOthers := strings.CutSuffix(door.Rule.Name, people.OfOthers)
		open := slices.ContainsFunc(withoutRule, func(one string) bool { return below(door.Path, one) })
		switch {
		case what == web.Anyone.Name && !open:
			t.Errorf("%s: it is open to anyone. It needs a rule of the policy, or a line in withoutRule", at)
		case what == web.SignedIn.Name:
			t.Errorf("%s: it is open to anybody signed in. Give it a row of the policy", at)
		case what != web.Anyone.Name && document[what] == nil:
			t.Errorf("%s: %q is no row of the policy", at, what)
		case (below(door.Path, "/facilitate") || below(door.Path, "/manage")) && !ofOthers && hasOwn(document[what]):
			t.Errorf("%s: whoever sees their own %s would be let in: it needs people.Over", at, what)
		}
	}
}

// hasOwn reports whether everybody sees their own of something, or every learner.
// What only staff have of their own is no door for anybody else.
func hasOwn(row map[string]cell) bool {
	return row["anybody signed in"].whose == "own" || row["learner"].whose == "own"
}

// isAbove reports whether an address is for none of what somebody is.
func isAbove(who *viewer, address string) bool {
	longest := ""
	for at := range mostFor {
		if at == "" || below(address, at) {
			if len(at) > len(longest) {
				longest = at
			}
		}
	}
	for column := range who.columns {
		if slices.Contains(mostFor[longest], column) {
			return false
		}
	}
	return true
}
