package e2e

import (
	"strings"
	"testing"

	"alongside/e2e/browser"
	"alongside/e2e/product"
)

// scan opens what the picture on a card holds, as a phone's camera does.
func scan(p *product.Product, page *browser.Page, who product.Person) {
	_, path, _ := strings.Cut(who.CardURL, "/sign-in/")
	_, secret, _ := strings.Cut(path, "/")
	p.Secret(secret)
	p.Secret(who.PIN)
	page.Visit("/sign-in/" + path)
}

func TestALearnerScansTheirCardAndCarriesOn(t *testing.T) {
	t.Parallel()
	for name, options := range map[string]browser.Options{
		"with JavaScript":    {},
		"without JavaScript": {NoScript: true},
	} {
		t.Run(name, func(t *testing.T) {
			if options.NoScript {
				thoroughly(t)
			}
			t.Parallel()
			p := startDemo(t)
			who := person(t, p, "learner", 1)
			page := open(t, p, options)
			scan(p, page, who)
			if got := page.Path(); got != "/sign-in/card" {
				t.Fatalf("the card leads to %s, and its secret must stand in no address", got)
			}
			page.DontSee(who.Username) // who holds a card that was found learns nothing of it
			page.Fill("PIN", "111112")
			page.Press("Sign in")
			page.See("There is a problem")
			page.Fill("PIN", who.PIN)
			page.Press("Sign in")
			page.See("Hello, Yusuf")
			page.Visit(module3 + "/dee")
			page.See("What in this do you know")
		})
	}
}

// Staff print a new card. What the learner kept for themselves stays closed to
// whoever holds it, until the learner proves who they are.
func TestANewCardOpensNothingThatWasKeptPrivate(t *testing.T) {
	t.Parallel()
	p := startDemo(t)
	who := person(t, p, "learner", 1)
	const kept = "Too many kinds of milk"

	desk := open(t, p, browser.Options{})
	signIn(desk, person(t, p, "facilitator", 0))
	desk.Visit("/facilitate")
	desk.Within("harbour-17").Press("Yusuf")
	desk.Press("Make a new card")
	made := cardOn(t, p, desk)

	phone := open(t, p, browser.Options{})
	phone.Visit("/sign-in")
	typeCard(phone, made)
	choosePIN(p, phone, "730264")
	phone.Visit(module3 + "/dee")
	phone.DontSee(kept)
	phone.See("closed")
	phone.Visit("/me/lines")
	phone.DontSee("I walk next to you")

	phone.Visit("/me/open")
	phone.Fill("PIN", who.PIN)
	phone.Press("Open")
	phone.Visit(module3 + "/dee")
	if got := phone.Value(heard); !strings.Contains(got, kept) {
		t.Errorf("after the old PIN the field holds %q", got)
	}
	phone.Visit("/me/data")
	phone.See("Tom")
}
