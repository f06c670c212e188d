package e2e

import (
	"testing"
	"time"

	"alongside/e2e/browser"
)

// Back brings a page as it was left, often without asking for it anew: it must
// not be stuck on its way to where it led.
func TestAfterContinueAndBackTheStepIsAsItWasSavedAndWorks(t *testing.T) {
	t.Parallel()
	for name, line := range map[string]browser.Line{"on a quick line": browser.Quick, "on a slow one": farAway} {
		t.Run(name, func(t *testing.T) {
			if line == farAway {
				thoroughly(t)
			}
			t.Parallel()
			_, page := onDee(t, browser.Options{})
			page.Fill(heard, "The kettle.")
			page.Line(line)
			page.Press("Continue")
			page.Line(browser.Quick)
			page.Back()
			if got := page.Value(heard); got != "The kettle." || page.Path() != module3+"/dee" {
				t.Fatalf("on %s the field holds %q", page.Path(), got)
			}
			page.DontSee("Saving…", "Not saved", "did not reach us")

			page.Fill(heard, "The kettle, and the radio.")
			page.Press("Continue")
			if got := page.Heading(); got != "What did Bernie do?" {
				t.Errorf("a second Continue leads to %q", got)
			}
			page.Back()
			page.Reload()
			if got := page.Value(heard); got != "The kettle, and the radio." {
				t.Errorf("after all the field holds %q", got)
			}
		})
	}
}

// Whether a browser keeps a page for Back is its own affair, so this one is told
// that it was kept. It asks for itself anew.
func TestAPageThatTheBrowserKeptForBackCanBeSentAgain(t *testing.T) {
	t.Parallel()
	_, page := onDee(t, browser.Options{})
	page.Line(farAway)
	page.Ask(`addEventListener("htmx:after:request", () => setTimeout(() => {
		stop();
		window.was = "kept";
		dispatchEvent(new PageTransitionEvent("pageshow", {persisted: true}));
	}, 50), {once: true}) ?? (window.was = "left")`)
	page.Touch("Continue")
	for end := time.Now().Add(20 * time.Second); page.Ask("window.was ?? null") != "null"; time.Sleep(20 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("the page is as it was %s", page.Ask("window.was"))
		}
	}
	page.Line(browser.Quick)
	if page.Path() != module3+"/dee" {
		t.Fatalf("it is %s", page.Path())
	}
	page.DontSee("Saving…")
	page.Press("Continue")
	if got := page.Heading(); got != "What did Bernie do?" {
		t.Errorf("Continue leads to %q", got)
	}
}
