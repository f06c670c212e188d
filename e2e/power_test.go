package e2e

import (
	"fmt"
	"os"
	"strconv"
	"testing"

	"alongside/e2e/browser"
)

const heard = "What in this do you know from your own life?"

// The server is killed right after "Saved", as often as REPEAT says.
func TestWhatWasSavedIsThereAfterAPowerCut(t *testing.T) {
	t.Parallel()
	p := startDemo(t)
	page := open(t, p, browser.Options{})
	signIn(page, person(t, p, "learner", 1))
	page.Visit(module3 + "/dee")
	for i := range repeats(t, 3) {
		text := fmt.Sprintf("what I wrote before cut %d", i)
		page.Fill(heard, text)
		page.Press("Save")
		page.See("Saved")
		p.Kill()
		must(t, p.Start())
		page.Visit("/")
		page.Press("Continue")
		if got := page.Path(); got != module3+"/dee" {
			t.Fatalf("after cut %d Continue opens %s", i, got)
		}
		if got := page.Value(heard); got != text {
			t.Fatalf("after cut %d the reflection is %q, want %q", i, got, text)
		}
	}
}

// repeats is how often a test of chance is to run: REPEAT, or what it does in
// the gate.
func repeats(t *testing.T, usual int) int {
	t.Helper()
	said := os.Getenv("REPEAT")
	if said == "" {
		return usual
	}
	n, err := strconv.Atoi(said)
	must(t, err)
	return n
}
