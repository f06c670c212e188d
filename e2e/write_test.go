package e2e

import (
	"strings"
	"testing"

	"alongside/e2e/browser"
)

// The pages of all that somebody wrote are checked by axe on the way.
func TestWhoeverDoesNotKnowHowToStartBeginsWithOurWordsTicksFeelingsAndDeletesItAgain(t *testing.T) {
	t.Parallel()
	for name, options := range map[string]browser.Options{
		"on a small phone, dark": {Width: 320, Height: 640, Dark: true},
		"without JavaScript":     {NoScript: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := startDemo(t)
			page := open(t, p, options)
			signIn(page, person(t, p, "learner", 1))
			page.Visit(module3 + "/dee")
			was := page.Value(heard)
			page.Touch("Not sure how to start?")
			page.See("Words to start from", "I felt…", "How did it feel?")
			if !options.NoScript {
				page.Touch("I felt…")
				if got := page.Value(heard); got != strings.TrimSpace(was+"\nI felt")+" " {
					t.Errorf("the field holds %q", got)
				}
				page.Keys("heard")
				page.See("Saved")
			}
			page.Choose("hopeful")
			page.Press("Save")
			page.See("Saved")
			if !page.Chosen("hopeful") || page.Chosen("sad") {
				t.Error("what was ticked is not what was ticked")
			}
			page.Press("I did it on paper")
			page.See("You did this on paper.", "Not sure how to start?")
			page.Press("I did not do it on paper")
			page.DontSee("You did this on paper.")

			page.Visit("/reflections")
			page.See("All that I wrote", heard, "hopeful")
			page.Press(heard)
			page.See("What I wrote", "hopeful", "Who may read this")
			page.Press("Delete it")
			page.See("What you wrote and ticked here goes at once.")
			page.Press("Delete it")
			page.See("It is deleted.")
			page.Visit(module3 + "/dee")
			if got := page.Value(heard); got != "" {
				t.Errorf("the field holds %q", got)
			}
		})
	}
}
