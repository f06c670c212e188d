package e2e

import (
	"strings"
	"testing"

	"alongside/e2e/browser"
	"alongside/e2e/product"
)

// farAway is a line on which a page has time to say what it is doing.
var farAway = browser.Line{Delay: 1500, Speed: 20}

// savedAt is what the page says when it has saved by itself.
const savedAt = `Saved \d\d:\d\d`

// onDee opens the step with one reflection for somebody half-way.
func onDee(t *testing.T, options browser.Options) (*product.Product, *browser.Page) {
	t.Helper()
	p := startDemo(t)
	page := open(t, p, options)
	signIn(page, person(t, p, "learner", 1))
	page.Visit(module3 + "/dee")
	return p, page
}

func TestOnASlowLineThePageSaysThatItSavesAndThenThatItHas(t *testing.T) {
	t.Parallel()
	_, page := onDee(t, browser.Options{})
	page.Line(farAway)
	page.Fill(heard, "The sea, all night.")
	page.See("Saving…")
	page.SeeLike(savedAt)
	page.Line(browser.Quick)
	page.Reload()
	if got := page.Value(heard); got != "The sea, all night." {
		t.Errorf("after it said “Saved” the field holds %q", got)
	}
}

func TestALostLineCostsNobodyAWord(t *testing.T) {
	t.Parallel()
	_, page := onDee(t, browser.Options{})
	page.Line(browser.NoLine)
	page.Fill(heard, "Written in a lift.")
	page.See("Not saved yet. What you wrote is still here.")
	if got := page.Value(heard); got != "Written in a lift." {
		t.Errorf("without a line the field holds %q", got)
	}
	page.Line(browser.SlowPhone)
	page.SeeLike(savedAt)
	page.Line(browser.Quick)
	page.Reload()
	if got := page.Value(heard); got != "Written in a lift." {
		t.Errorf("after the line came back the field holds %q", got)
	}
}

func TestWhatIsSaidOfALostLineMovesNothingFromUnderAFinger(t *testing.T) {
	t.Parallel()
	_, page := onDee(t, browser.Options{})
	page.Line(browser.NoLine)
	page.Fill(heard, "On the way to the button.")
	page.Ask(`scrollTo(0, document.body.scrollHeight)`)
	const place = `Math.round(document.querySelector("button.onward").getBoundingClientRect().top)`
	before := page.Ask(place)
	page.See("Not saved yet. What you wrote is still here.")
	if now := page.Ask(place); now != before {
		t.Errorf("Continue was at %s and is at %s", before, now)
	}
}

func TestWhatIsSaidOfALostLineCoversNoWordOfWhoeverWrites(t *testing.T) {
	t.Parallel()
	_, page := onDee(t, browser.Options{Height: 500, Width: 390})
	page.Line(browser.NoLine)
	page.Fill(heard, "At the edge of the screen.")
	page.Ask(`scrollBy(0, document.activeElement.getBoundingClientRect().bottom - innerHeight + 10)`) // its last line is where the words will be
	page.See("Not saved yet. What you wrote is still here.")
	if covered := page.Ask(`document.activeElement.getBoundingClientRect().bottom > document.querySelector("[data-state]").getBoundingClientRect().top`); covered != "false" {
		t.Error("the words lie over the field")
	}
}

func TestAButtonThatReachesNobodyLeavesEverythingWhereItIs(t *testing.T) {
	t.Parallel()
	for _, button := range []string{"Continue", "Save", "Skip this step"} {
		t.Run(button, func(t *testing.T) {
			if button != "Continue" {
				thoroughly(t)
			}
			t.Parallel()
			_, page := onDee(t, browser.Options{})
			page.Fill(heard, "Before the tunnel.")
			page.Line(browser.NoLine)
			page.Press(button)
			page.See("That did not reach us. Everything is still here.")
			if got := page.Value(heard); got != "Before the tunnel." || page.Path() != module3+"/dee" {
				t.Fatalf("on %s the field holds %q", page.Path(), got)
			}
			page.Line(browser.Quick)
			page.SeeLike(savedAt)
			page.Press(button)
			page.Visit(module3 + "/dee")
			if got := page.Value(heard); got != "Before the tunnel." {
				t.Errorf("in the end the field holds %q", got)
			}
		})
	}
}

func TestASecondPressOnASlowLineDoesNothing(t *testing.T) {
	t.Parallel()
	_, page := onDee(t, browser.Options{})
	page.Fill(heard, "Once is enough.")
	page.Line(browser.SlowPhone)
	before := len(page.Asked())
	page.PressTwice("Continue")
	if got := page.Heading(); got != "What did Bernie do?" {
		t.Errorf("pressing Continue twice leads to %q", got)
	}
	posts := 0
	for _, address := range page.Asked()[before:] {
		if strings.HasSuffix(address, "/dee") {
			posts++
		}
	}
	if posts != 1 {
		t.Errorf("the step was sent %d times", posts)
	}
	page.Visit(module3)
	if done := strings.Count(page.Text(), "Done"); done == 0 {
		t.Error("the step is not done")
	}
}

func TestWhatIsTypedWhileAStepIsOnItsWayIsKept(t *testing.T) {
	t.Parallel()
	_, page := onDee(t, browser.Options{})
	page.Line(farAway)
	page.Fill(heard, "First words.")
	page.Touch("Save")
	page.Fill(heard, "First words, and more.")
	page.SeeLike(savedAt)
	if got := page.Value(heard); got != "First words, and more." {
		t.Errorf("the answer of the server wrote over what was typed: %q", got)
	}
	page.Line(browser.Quick)
	page.Reload()
	if got := page.Value(heard); got != "First words, and more." {
		t.Errorf("what was typed later was not saved: %q", got)
	}
}

func TestAPageSignedOutElsewhereNeverSaysSaved(t *testing.T) {
	t.Parallel()
	p, page := onDee(t, browser.Options{})
	endIdly(t, p)
	page.Fill(heard, private)
	page.See("You were signed out before this was saved.")
	page.DontSee("Saved")
}
