package e2e

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"alongside/e2e/browser"
	"alongside/e2e/product"

	"github.com/pquerna/otp/totp"
)

// startEmpty starts a site with nobody in it, and gives the path of the link
// that makes its first manager.
func startEmpty(t *testing.T) (*product.Product, string) {
	t.Helper()
	p, err := product.At(binary, t.TempDir())
	must(t, err)
	start(t, p)
	link := regexp.MustCompile(`/sign-in/first/(\S+)`).FindStringSubmatch(p.Output())
	if link == nil {
		t.Fatalf("the start names no link:\n%s", p.Output())
	}
	p.Secret(link[1])
	return p, link[0]
}

// A facilitator of a small charity, alone with a new site: from the printed link
// to somebody reading the first step on another phone.
func TestFromNothingToALearnerWhoReadsTheFirstStep(t *testing.T) {
	t.Parallel()
	p, link := startEmpty(t)
	desk := open(t, p, browser.Options{})
	began := time.Now()

	desk.Visit(link)
	desk.Screenshot("start-1-first-manager")
	desk.Fill("Username", "georgia")
	desk.Fill("What to call you", "Georgia")
	desk.Fill("New password", "a kettle and two cups")
	desk.Press("Make this manager")
	secondFactor(t, p, desk)
	desk.Screenshot("start-4-first-group")
	desk.Fill("The programme’s name", "Northside resettlement")
	desk.Fill("A neutral name for it", "Harbour group")
	desk.Fill("The first group’s name", "Thursday morning")
	desk.Press("Go on")
	desk.Screenshot("start-5-add-a-learner")
	desk.Fill("What they want to be called", "Yusuf")
	desk.Press("Add and make the card")
	desk.Screenshot("start-6-card")
	card := cardOn(t, p, desk)

	phone := open(t, p, browser.Options{})
	phone.Visit("/")
	phone.Press("Sign in")
	phone.Screenshot("start-7-sign-in")
	typeCard(phone, card)
	choosePIN(p, phone, "482915")
	phone.Screenshot("start-9-home")
	phone.See("Hello, Yusuf")
	phone.Press("Begin")
	phone.See("Step 1 of")
	phone.Screenshot("start-10-step-one")
	t.Logf("from the link to step one, as fast as a script presses: %s", time.Since(began).Round(time.Second))

	// The facilitator sees that they have begun, and the learner who walks beside them.
	phone.Press("Continue")
	phone.Visit("/me")
	phone.See("Georgia")
	desk.Visit("/facilitate")
	desk.See("Yusuf")
}

// secondFactor sets up the code from a phone, as a lead or manager must.
func secondFactor(t *testing.T, p *product.Product, desk *browser.Page) {
	t.Helper()
	desk.See("A code from your phone")
	desk.Screenshot("start-2-second-factor")
	secret := strings.Join(strings.Fields(strings.Trim(desk.Ask(`document.querySelector("code.letters").innerText`), `"`)), "")
	p.Secret(secret)
	code, err := totp.GenerateCode(secret, time.Now())
	must(t, err)
	desk.Fill("The six numbers", code)
	desk.Press("Set it up")
	desk.See("Your recovery codes")
	for _, code := range strings.Fields(strings.Trim(desk.Ask(`[...document.querySelectorAll(".recovery-codes code")].map((code) => code.innerText).join(" ")`), `"`)) {
		p.Secret(code)
	}
	desk.Screenshot("start-3-recovery-codes")
	desk.Press("I have written them down")
}

// A card is what is printed on one.
type card struct{ username, words, pin string }

// cardOn reads the card that is on the screen, as somebody would who holds it.
func cardOn(t *testing.T, p *product.Product, desk *browser.Page) card {
	t.Helper()
	found := regexp.MustCompile(`Username (\S+) Three words (\S+ \S+ \S+) PIN (\d{3} \d{3})`).FindStringSubmatch(desk.Text())
	if found == nil {
		t.Fatalf("there is no card on the screen: %s", desk.Text())
	}
	c := card{username: found[1], words: found[2], pin: strings.ReplaceAll(found[3], " ", "")}
	p.Secret(c.words)
	p.Secret(c.pin)
	return c
}

// typeCard signs in with what is printed on a card, without its picture.
func typeCard(phone *browser.Page, c card) {
	phone.Press("I have a card")
	phone.Screenshot("start-8-type-the-card")
	phone.Fill("Username", c.username)
	phone.Fill("Three words", c.words)
	phone.Fill("PIN", c.pin)
	phone.Press("Sign in")
}

// choosePIN answers the page that asks for a PIN of one's own.
func choosePIN(p *product.Product, phone *browser.Page, pin string) {
	phone.See("Choose your own PIN")
	phone.Fill("Your new PIN", pin)
	phone.Fill("The same PIN again", pin)
	phone.Press("Keep this PIN")
}
