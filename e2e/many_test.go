package e2e

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"alongside/e2e/browser"
)

// A facilitator has a list of a new group, with a mistake in it. Nobody is added
// before it is right; then everybody is, each with a card.
func TestAListIsAddedWholeOrNotAtAll(t *testing.T) {
	t.Parallel()
	for name, options := range bothWays {
		t.Run(name, func(t *testing.T) {
			if options.NoScript {
				thoroughly(t)
			}
			t.Parallel()
			p := startDemo(t)
			desk := open(t, p, options)
			signIn(desk, person(t, p, "facilitator", 0))
			desk.Visit("/facilitate")
			desk.Press("Thursday group")
			desk.Press("Add many people")

			desk.Fill("Or paste the list here", "called,language\nDunya,\nOmar,xx\nRosa,en\n")
			desk.Press("Look at what it says")
			desk.See("1 line needs you", "Line 3: Omar", "This site does not speak this language")
			desk.Fill("Or paste the list here", "called,language\nDunya,\nOmar,\nRosa,en\n")
			desk.Press("Look at what it says")
			desk.See("3 people will be added")
			desk.Press("Add 3 people")
			for options.NoScript && desk.Has("Look now") {
				desk.Press("Look now")
			}
			desk.See("For Dunya", "For Omar", "For Rosa")
			for _, pin := range regexp.MustCompile(`PIN (\d{3} \d{3})`).FindAllStringSubmatch(desk.Text(), -1) {
				p.Secret(strings.ReplaceAll(pin[1], " ", ""))
			}
			desk.Visit("/facilitate")
			desk.See("Dunya", "Omar", "Rosa")
		})
	}
}

// Whoever sees that it is the wrong list stops it, and nobody was added.
func TestAListThatIsStoppedAddsNobody(t *testing.T) {
	t.Parallel()
	p := startDemo(t)
	desk := open(t, p, browser.Options{NoScript: true})
	signIn(desk, person(t, p, "facilitator", 0))
	desk.Visit("/facilitate")
	desk.Press("Thursday group")
	desk.Press("Add many people")
	list := "called\n"
	for n := range 120 {
		list += fmt.Sprintf("Nobody %c%c\n", 'A'+n/26, 'A'+n%26)
	}
	desk.Fill("Or paste the list here", list)
	desk.Press("Look at what it says")
	desk.Press("Add 120 people")
	desk.Press("Stop. Add nobody.")
	desk.See("You stopped it. Nobody was added.")
	desk.Visit("/facilitate")
	desk.DontSee("Nobody AA")
}
