package e2e

import (
	"regexp"
	"strings"
	"testing"

	"alongside/e2e/browser"
)

// Somebody has neither card nor PIN with them. A facilitator makes a code in the
// room; a second person who works there opens with them what stayed closed.
func TestWhatACodeLeavesClosedASecondPersonOpens(t *testing.T) {
	t.Parallel()
	p := startDemo(t)
	who := person(t, p, "learner", 1)
	const kept = "Too many kinds of milk"

	desk := open(t, p, browser.Options{})
	signIn(desk, person(t, p, "facilitator", 0))
	desk.Visit("/facilitate")
	desk.Within("harbour-17").Press("Yusuf")
	learner := desk.Path()
	desk.Press("Make a ten-minute code")
	code := regexp.MustCompile(`\d{4} \d{4}`).FindString(desk.Text())
	if code == "" {
		t.Fatalf("there is no code on the screen: %s", desk.Text())
	}
	p.Secret(code)
	p.Secret(strings.ReplaceAll(code, " ", ""))

	phone := open(t, p, browser.Options{})
	phone.Visit("/sign-in")
	phone.Press("Someone here gave me a code")
	phone.Fill("Username", who.Username)
	phone.Fill("Code", code)
	phone.Press("Sign in")
	phone.See("Hello, Yusuf")
	phone.Visit(module3 + "/dee")
	phone.DontSee(kept)

	desk.Visit(learner + "/open")
	desk.See("You gave this learner the new way to sign in")

	second := open(t, p, browser.Options{})
	signIn(second, person(t, p, "manager", 0))
	second.Visit(learner)
	second.Press("Open it together with them")
	second.See("You do not get to see any of it")
	second.Press("Open it for them")
	second.DontSee(kept)

	phone.Reload()
	if got := phone.Value(heard); !strings.Contains(got, kept) {
		t.Errorf("after the second person the field holds %q", got)
	}
	phone.Visit("/me/data")
	phone.See("Kofi")
}
