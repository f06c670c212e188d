package e2e

import (
	"testing"
	"time"

	"alongside/e2e/browser"
)

// smallPhones are where help is needed the most.
var smallPhones = map[string]browser.Options{
	"with JavaScript":    {Width: 320, Height: 640},
	"without JavaScript": {Width: 320, Height: 640, NoScript: true},
}

func TestHelpNowShowsTheNumbersAtOnceToWhoeverIsThere(t *testing.T) {
	t.Parallel()
	p := startDemo(t)
	for name, options := range smallPhones {
		t.Run(name, func(t *testing.T) {
			page := open(t, p, options)
			page.Visit("/courses")
			page.Press("I need help now")
			seesANumberAtOnce(t, page)
			page.DontSee("Tell somebody here that I need help now") // a guest has nobody
		})
	}
}

// seesANumberAtOnce looks for a number to press on the part of the page that is on
// the screen, before anything is scrolled.
func seesANumberAtOnce(t *testing.T, page *browser.Page) {
	t.Helper()
	page.See("In danger now", "999")
	shown := page.Ask(`(() => { const first = document.querySelector("a[href^='tel:']").getBoundingClientRect(); return scrollY === 0 && first.top >= 0 && first.bottom <= innerHeight })()`)
	if shown != "true" {
		t.Error("the first number is not on the screen")
	}
}

// The one who is named on the page is told, and nobody else. It stands on top of
// what they are looking at, and comes without a press.
func TestWhoeverNeedsHelpNowAsksAPersonAndSeesThatTheyAreOnIt(t *testing.T) {
	t.Parallel()
	for name, options := range smallPhones {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := startDemo(t)
			desk := open(t, p, browser.Options{Width: 1280, Height: 800})
			signIn(desk, person(t, p, "facilitator", 0))
			desk.Visit("/facilitate")
			desk.DontSee("Somebody needs help now")
			desk.Ask("window.untouched = true")

			phone := open(t, p, options)
			signIn(phone, person(t, p, "learner", 1))
			phone.Visit(module3 + "/dee")
			phone.Press("I need help now")
			seesANumberAtOnce(t, phone)
			phone.SeeLike(`The button tells: Tom They see your name`)
			phone.Press("Tell somebody here that I need help now")
			phone.See("They are told that you need help now", "Nobody has said yet that they are on it", "999")

			desk.Later(1)
			desk.SeeSoon("Somebody needs help now", time.Minute)
			if desk.Ask("window.untouched === true") != "true" {
				t.Error("the page was loaded anew")
			}
			desk.DontSee("Stuck, and asked for help") // it is no row of the list
			mentor := open(t, p, browser.Options{})
			signIn(mentor, person(t, p, "mentor", 0))
			mentor.DontSee("Somebody needs help now") // nobody told them

			desk.Press("See who")
			desk.See("Yusuf")
			desk.Press("I am on it")
			desk.See("They can see that you are on it.")
			looksAgain(phone, options, "Tom has been on it since")
			desk.Press("That is settled")
			looksAgain(phone, options, "Tom closed it on")
		})
	}
}

// looksAgain sees words on a page that looks again by itself, or, without scripts,
// once somebody loads it anew.
func looksAgain(page *browser.Page, options browser.Options, words string) {
	if options.NoScript {
		page.Reload()
		page.See(words)
		return
	}
	page.Later(1)
	page.SeeSoon(words, time.Minute)
}

func TestWhoeverIsStuckOnAStepSeesThatSomebodyHelped(t *testing.T) {
	t.Parallel()
	const wrote = "I lost the thread at the second page."
	p := startDemo(t)
	phone := open(t, p, browser.Options{Width: 320, Height: 640})
	signIn(phone, person(t, p, "learner", 1))
	phone.Visit(module3 + "/dee")
	phone.Fill(heard, wrote)
	phone.Press("I’m stuck here")
	phone.See("Those who walk beside you can see now that you are stuck", "I’m stuck: Listen: a wall of bread", "Tom", "Marek")

	desk := open(t, p, browser.Options{})
	signIn(desk, person(t, p, "facilitator", 0))
	desk.Visit("/facilitate")
	desk.See("Stuck, and asked for help", "Listening")
	desk.DontSee(wrote)
	desk.Press("I have helped")
	desk.DontSee("Stuck, and asked for help")

	looksAgain(phone, browser.Options{}, "Tom closed it on")
	phone.Visit(module3 + "/dee")
	if got := phone.Value(heard); got != wrote {
		t.Errorf("the field holds %q", got)
	}
}
