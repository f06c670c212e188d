package e2e

import (
	"strings"
	"testing"

	"alongside/e2e/browser"
)

// sounds are recordings as browsers and phones made them.
const sounds = "../hooks/reflections/testdata/"

// toSpeak opens the page on which a learner says one of their reflections.
func toSpeak(t *testing.T, options browser.Options) *browser.Page {
	t.Helper()
	p := startDemo(t)
	page := open(t, p, options)
	page.Visit("/sign-in")
	enter(page, person(t, p, "learner", 1))
	page.Visit("/reflections")
	first := strings.Trim(page.Ask(`[...document.querySelectorAll("main a")].map(a => a.getAttribute("href")).find(to => /^.reflections.[a-z0-9]{15}$/.test(to))`), `"`)
	page.Visit(first + "/voice")
	return page
}

// sayOnce is somebody who speaks for a moment, and stops.
func sayOnce(page *browser.Page, begin string) {
	page.Touch(begin)
	page.See("Recording. Take your time.")
	page.SeeLike(`0:0[1-9]`)
	page.Touch("Stop")
	page.See("It is not kept yet.")
}

func TestALearnerSaysItHearsItAndKeepsIt(t *testing.T) {
	t.Parallel()
	page := toSpeak(t, browser.Options{})
	sayOnce(page, "Record")
	page.Hear("[data-part=hear]", 0) // before it is kept
	page.Touch("Throw it away")
	page.See("Nothing of it was kept.")
	sayOnce(page, "Record")
	sayOnce(page, "Do it again")
	page.Press("Keep this")
	page.See("What you said is kept.", "Said by you")
	page.Hear(".heard audio", 0)
	page.Touch("Delete what I said")
	page.Press("Delete it now")
	page.See("What you said is deleted.")
	page.DontSee("Said by you")
}

func TestWhereTheLineBreaksWhatWasSaidStaysOnThePage(t *testing.T) {
	t.Parallel()
	page := toSpeak(t, browser.Options{})
	sayOnce(page, "Record")
	page.Line(browser.NoLine)
	page.Touch("Keep this")
	page.See("What you said is still here.")
	page.Line(browser.Quick)
	page.Press("Try again")
	page.See("What you said is kept.")
	page.Hear(".heard audio", 0)
}

func TestWithoutScriptsAFileIsKeptInstead(t *testing.T) {
	t.Parallel()
	page := toSpeak(t, browser.Options{NoScript: true})
	page.DontSee("Press Record")
	page.GiveFile("A sound file", sounds+"seen.mp4")
	page.Press("Keep this file")
	page.See("This file has pictures in it.")
	page.GiveFile("A sound file", sounds+"said.m4a")
	page.Press("Keep this file")
	page.See("What you said is kept.", "Said by you")
	if text := page.Text(); strings.Contains(text, "There is a problem") {
		t.Error("it still says that there is a problem")
	}
	page.Touch("Delete what I said")
	page.Press("Delete it now")
	page.See("What you said is deleted.")
}
