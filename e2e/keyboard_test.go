package e2e

import (
	"strings"
	"testing"

	"alongside/e2e/browser"
)

// Everything is reached with Tab, and what has the focus shows it.
func TestALearnerGetsThroughAStepWithTheKeyboardAlone(t *testing.T) {
	t.Parallel()
	p := startDemo(t)
	page := open(t, p, browser.Options{Width: 1280, Height: 800})
	who := person(t, p, "learner", 0)
	keys := &keyboard{t: t, page: page}

	page.Visit("/courses")
	keys.to("Go to the main part")
	keys.to("Sign in")
	page.Submit("\r")
	keys.to("Username or e-mail")
	page.Keys(who.Username)
	keys.to("Password")
	page.Keys(who.Password)
	page.Submit("\r")
	page.Visit("/courses/walking-alongside")
	keys.to("Start this course")
	page.Submit("\r")
	page.Visit(module3 + "/bernie")
	page.Visit(module3 + "/what-bernie-did")
	keys.to("She put her phone where nobody could see it.")
	page.Keys(" ")
	keys.to("Check")
	page.Submit("\r")
	page.See("A phone on the table says")
	if !page.Chosen("She put her phone where nobody could see it.") {
		t.Error("space did not choose")
	}
	keys.to("Continue")
	page.Submit("\r")
	if got := page.Heading(); got != "When were you last heard?" {
		t.Errorf("Continue leads to %q", got)
	}
	keys.to("Help")
	page.Submit("\r")
	if got := page.Path(); got != "/help" {
		t.Errorf("Help leads to %s", got)
	}
}

// A keyboard walks a page with Tab.
type keyboard struct {
	t    *testing.T
	page *browser.Page
}

// to presses Tab until the focus is on what begins with these words.
func (k *keyboard) to(words string) {
	k.t.Helper()
	var passed []string
	for range 80 {
		k.page.Keys("\t")
		focused := k.page.Focused()
		if focused != "" && k.page.Ask(focusShows) != "true" {
			k.t.Errorf("nothing shows that %q has the focus", focused)
		}
		if strings.HasPrefix(focused, words) {
			return
		}
		passed = append(passed, focused)
	}
	k.t.Fatalf("Tab never comes to %q: it passed %q", words, passed)
}

// focusShows is whether the focused element, or what it stands in, is outlined.
const focusShows = `(() => { for (let e = document.activeElement, i = 0; e && i < 3; e = e.parentElement, i++) {
	const s = getComputedStyle(e);
	if ((s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 2) || s.boxShadow !== "none") return true;
} return false; })()`
