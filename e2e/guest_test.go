package e2e

import (
	"testing"

	"alongside/e2e/browser"
)

// A guest reads a course that is open to all, tries a question, and nothing is
// kept.
func TestAGuestReadsAPublicCourse(t *testing.T) {
	t.Parallel()
	for name, noScript := range map[string]bool{"with scripts": false, "without": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p, err := pristine.Copy(t.TempDir())
			must(t, err)
			must(t, p.Change("UPDATE courses SET public = TRUE"))
			start(t, p)

			page := open(t, p, browser.Options{NoScript: noScript})
			page.Visit("/courses/walking-alongside/listening/what-bernie-did")
			page.See("You are reading as a guest. Nothing is kept.")
			page.Choose("She put her phone where nobody could see it.")
			page.Press("Check")
			page.See("Check again", "You are reading as a guest.")

			page.Press("Continue")
			page.See("room to write here", "Nothing is kept.")
			page.DontSee("Only you can read this.")
			page.Press("Continue")
			if page.Path() != "/courses/walking-alongside/listening/four-things" {
				t.Errorf("Continue leads to %s", page.Path())
			}
			page.Back()
			page.Press("Sign in to keep your place.")
			enter(page, person(t, p, "learner", 0))
			if page.Path() != "/courses/walking-alongside/listening/being-heard" {
				t.Errorf("after signing in: %s", page.Path())
			}
			page.DontSee("as a guest")
		})
	}
}
