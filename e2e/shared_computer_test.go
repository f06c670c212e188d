package e2e

import (
	"slices"
	"strings"
	"testing"

	"alongside/e2e/browser"
	"alongside/e2e/product"

	"github.com/chromedp/chromedp/kb"
)

const private = "the words that nobody else may read"

var bothWays = map[string]browser.Options{
	"with JavaScript":    {},
	"without JavaScript": {NoScript: true},
}

func TestAfterSignOutTheBackButtonShowsNothingPrivate(t *testing.T) {
	t.Parallel()
	for name, options := range bothWays {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := startDemo(t)
			page := open(t, p, options)
			signIn(page, person(t, p, "learner", 1))
			page.Visit(module3 + "/dee")
			page.Fill(heard, private)
			page.Press("Save")
			page.See("Saved")
			page.Press("Sign out and clear this screen")
			page.See("You are signed out")
			for range 2 {
				page.Back()
				page.DontSee(private, "You are signed in as")
			}
		})
	}
}

func TestWhatIsSentAfterTheIdleEndIsKeptForThisPersonAlone(t *testing.T) {
	t.Parallel()
	for name, options := range bothWays {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := startDemo(t)
			page := open(t, p, options)
			learner := person(t, p, "learner", 1)
			signIn(page, learner)
			page.Visit(module3 + "/dee")
			endIdly(t, p)
			page.Fill(heard, private)
			page.Press("Save")
			page.See("You were signed out before this was saved")

			other := open(t, p, options)
			signIn(other, person(t, p, "learner", 0))
			other.Visit(module3 + "/dee")
			other.DontSee(private)

			enter(page, learner)
			if got := page.Path(); got != module3+"/dee" {
				t.Errorf("signing in again leads to %s", got)
			}
			page.See("It is here again")
			if got := page.Value(heard); got != private {
				t.Errorf("the field holds %q", got)
			}
			page.Press("Save")
			page.See("Saved")
			page.Reload()
			if got := page.Value(heard); got != private {
				t.Errorf("after saving the field holds %q", got)
			}
		})
	}
}

// endIdly lets all sessions come to their idle end, while the server rests.
func endIdly(t *testing.T, p *product.Product) {
	t.Helper()
	must(t, p.Stop())
	must(t, p.Change(`UPDATE sessions SET last_seen = '2020-01-01 00:00:00.000Z', expires = '2020-01-01 00:15:00.000Z'`))
	must(t, p.Start())
}

func TestTheIdleWarningCanBeExtendedAndThenClearsTheScreen(t *testing.T) {
	t.Parallel()
	p := startDemo(t)
	page := open(t, p, browser.Options{})
	signIn(page, person(t, p, "learner", 1))
	page.Visit(module3 + "/dee")
	page.Later(14)
	page.See("Are you still there?")
	page.Press("Stay signed in")
	page.DontSee("Are you still there?")
	page.Later(14)
	page.See("Are you still there?")
	endIdly(t, p)
	page.Later(3)
	page.See("Username or e-mail")
	if !strings.HasPrefix(page.Path(), "/sign-in") {
		t.Errorf("the end leads to %s", page.Path())
	}
}

func TestWhoTypesWhereNothingSavesItselfIsThereAndIsToldTheTruth(t *testing.T) {
	t.Parallel()
	p := startDemo(t)
	page := open(t, p, browser.Options{})
	signIn(page, person(t, p, "facilitator", 0))
	page.Visit("/facilitate/practice/notes/new")
	page.Later(10)
	page.Ask(`document.addEventListener("touched", () => { window.there = true }) ?? null`)
	page.Fill("What happened", private)
	page.Await("window.there") // the server has answered: fifteen minutes count from then
	page.Later(10)
	page.DontSee("Are you still there?")
	page.Later(4)
	page.See("Are you still there?", "is not saved yet")
	page.DontSee("What you wrote is kept.")
	page.Press("Stay signed in")
	if got := page.Value("What happened"); got != private {
		t.Errorf("the field holds %q", got)
	}
}

func TestLeaveGoesElsewhereAtOnceAndEndsTheSession(t *testing.T) {
	t.Parallel()
	for name, options := range bothWays {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := startDemo(t)
			options.Elsewhere = []string{"https://www.bbc.co.uk"}
			page := open(t, p, options)
			signIn(page, person(t, p, "learner", 1))
			page.Visit(module3 + "/dee")
			page.Press("Leave")
			if !slices.Contains(page.Asked(), "https://www.bbc.co.uk/weather") {
				t.Errorf("Leave leads to %s", page.Asked()[len(page.Asked())-1])
			}
			page.Visit(module3 + "/dee")
			page.DontSee("You are signed in as", private)
		})
	}
}

func TestShiftThreeTimesLeaves(t *testing.T) {
	t.Parallel()
	p := startDemo(t)
	page := open(t, p, browser.Options{Elsewhere: []string{"https://www.bbc.co.uk"}})
	signIn(page, person(t, p, "learner", 1))
	page.Submit(kb.Shift + kb.Shift + kb.Shift)
	if !slices.Contains(page.Asked(), "https://www.bbc.co.uk/weather") {
		t.Errorf("it leads to %s", page.Asked()[len(page.Asked())-1])
	}
}
