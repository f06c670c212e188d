package e2e

import (
	"testing"

	"alongside/e2e/browser"
)

func TestTheTabOfWhoSignedOutStoresNothingAsWhoSignedInSince(t *testing.T) {
	t.Parallel()
	for name, options := range bothWays {
		t.Run(name, func(t *testing.T) {
			if options.NoScript {
				thoroughly(t)
			}
			t.Parallel()
			p := startDemo(t)
			page := open(t, p, options)
			signIn(page, person(t, p, "learner", 1))
			page.Visit(module3 + "/dee")

			beside := page.Tab()
			beside.Visit("/me")
			beside.Press("Sign out and clear this screen")
			signIn(beside, person(t, p, "learner", 2))
			beside.Visit(module3 + "/dee")
			was := beside.Value(heard)

			page.Fill(heard, private)
			if !options.NoScript {
				page.See("You were signed out before this was saved.")
			}
			page.Press("Save")
			page.See("opened by somebody else, who has signed out since", "Nothing from it was saved")
			if got := page.Value(heard); got != was {
				t.Errorf("the field holds %q", got)
			}
			beside.Reload()
			beside.DontSee(private, "opened by somebody else")
		})
	}
}

func TestWhoSignedOutInAnotherTabFindsWhatTheyTypedWhenTheyComeBack(t *testing.T) {
	t.Parallel()
	for name, options := range bothWays {
		t.Run(name, func(t *testing.T) {
			if options.NoScript {
				thoroughly(t)
			}
			t.Parallel()
			p := startDemo(t)
			page := open(t, p, options)
			learner := person(t, p, "learner", 1)
			signIn(page, learner)
			page.Visit(module3 + "/dee")
			beside := page.Tab()
			beside.Visit("/me")
			beside.Press("Sign out and clear this screen")

			page.Fill(heard, private)
			page.Press("Save")
			page.See("It is kept.")
			enter(page, learner)
			page.See("It is here again")
			if got := page.Value(heard); got != private {
				t.Errorf("the field holds %q", got)
			}
		})
	}
}

// The page that asks what to keep is checked by axe in every look.
func TestTwoTabsThatWriteTheSameReflectionShowBothTexts(t *testing.T) {
	t.Parallel()
	for name, options := range map[string]browser.Options{
		"on a small phone, dark": {Width: 320, Height: 640, Dark: true},
		"on a phone":             {},
		"on a wide screen":       {Width: 1280, Height: 900},
		"without JavaScript":     {NoScript: true},
	} {
		t.Run(name, func(t *testing.T) {
			if !options.NoScript && !options.Dark {
				thoroughly(t)
			}
			t.Parallel()
			_, page := onDee(t, options)
			beside := page.Tab()
			beside.Visit(module3 + "/dee")
			page.Fill(heard, "From the first tab.")
			page.Press("Save")
			page.See("Saved")

			beside.Fill(heard, "From the second tab.")
			if !options.NoScript {
				beside.See("You also wrote here in another tab")
			}
			beside.Press("Save")
			beside.See("You wrote here in two places", "From the first tab.")
			if wider := beside.Ask(`document.documentElement.scrollWidth - document.documentElement.clientWidth`); wider != "0" {
				t.Errorf("the page is %s pixels wider than the screen", wider)
			}
			beside.Choose("Both, one after the other")
			beside.Screenshot("two-places " + name)
			beside.Press("Save")
			beside.See("Saved")
			if got := beside.Value(heard); got != "From the first tab.\n\nFrom the second tab." {
				t.Errorf("in the end it reads %q", got)
			}
		})
	}
}

func TestWhatIsNotSavedYetIsSaidBesideTheFieldAndTheButtons(t *testing.T) {
	t.Parallel()
	_, page := onDee(t, browser.Options{Width: 320, Height: 640})
	page.Line(browser.NoLine)
	page.Fill(heard, "Written in a lift.")
	const wayOn = `Math.round(document.querySelector("button.onward").getBoundingClientRect().top + scrollY)`
	before := page.Ask(wayOn)
	page.See("Not saved yet.")
	if now := page.Ask(wayOn); now != before {
		t.Errorf("it moved Continue from %s to %s, under a finger", before, now)
	}
	covered := page.Ask(`(() => { let most = 0;
		for (let at = 0; at < document.body.scrollHeight; at += 20) { scrollTo(0, at); most = Math.max(most, ` + overlap("button.onward") + `); }
		return most; })()`)
	if covered != "0" {
		t.Errorf("it lies over %s pixels of Continue", covered)
	}
	page.Fill(heard, "Written in a lift, standing.")
	page.See("Not saved yet.")
	page.Screenshot("not-saved-yet")
	if under := page.Ask(overlap("textarea:focus")); under != "0" {
		t.Errorf("it lies over %s pixels of the field", under)
	}
	page.Line(browser.Quick)
	page.SeeLike(savedAt)
}

// overlap is how many pixels high the line lies over something that is in sight.
func overlap(what string) string {
	return `(() => { const a = document.querySelector("[data-state]").getBoundingClientRect(), b = document.querySelector("` + what + `").getBoundingClientRect();
		return Math.max(0, Math.round(Math.min(a.bottom, b.bottom, innerHeight) - Math.max(a.top, b.top, 0))); })()`
}
