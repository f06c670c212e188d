package signin_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"alongside/hooks/hooktest"
	"alongside/hooks/web"
)

// PINs that staff choose on a card before they hand anything over, and the one
// that the learner chooses later.
const (
	staffPIN = "739105"
	laterPIN = "550912"
)

func (c *class) textsAreClosed(t *testing.T) bool {
	t.Helper()
	return tally(t, c.App, "SELECT COUNT(*) FROM users WHERE closed != '' AND id = '"+c.learner.ID+"'") == 1
}

func openWithPIN(b *hooktest.Browser, pin string) hooktest.Response {
	return b.Post("/me/open", url.Values{"pin": {pin}})
}

// inTheRoom signs in as the learner with a code of their facilitator.
func (c *class) inTheRoom(t *testing.T) *hooktest.Browser {
	t.Helper()
	browser, r := c.typeCode(t, c.learner.Username, c.makeCode(t))
	if r.Status != http.StatusSeeOther {
		t.Fatalf("the code: status %d", r.Status)
	}
	return browser
}

// somebodyElse is another facilitator of the learner.
func (c *class) somebodyElse(t *testing.T) hooktest.Person {
	t.Helper()
	other := c.MustPerson(t, web.Facilitator)
	assign(t, c.Site, c.learner, other)
	return other
}

func TestAPINThatStaffChoseBeforeTheyHandedACardOverOpensNothingThatIsWrittenLater(t *testing.T) {
	c := startClass(t)
	c.choose(t, c.card, staffPIN) // by the facilitator
	c.Clock.Pass(time.Minute)
	learner := c.choose(t, c.giveCard(t), ownPIN)
	if !c.textsAreClosed(t) || !asksToOpen(t, learner) {
		t.Fatal("nothing is closed, so nothing is shown by this test")
	}
	c.Clock.Pass(time.Minute)
	if r := openWithPIN(c.inTheRoom(t), staffPIN); r.Status != http.StatusUnprocessableEntity || !c.textsAreClosed(t) {
		t.Errorf("with a code of the room: status %d", r.Status)
	}
	c.Clock.Pass(time.Minute)
	next := c.choose(t, c.giveCard(t), laterPIN) // by the facilitator once more
	for _, pin := range []string{staffPIN, laterPIN} {
		if r := openWithPIN(next, pin); r.Status != http.StatusUnprocessableEntity || !c.textsAreClosed(t) {
			t.Errorf("with one more card, %s: status %d", pin, r.Status)
		}
	}
	second := c.SignIn(t, c.somebodyElse(t))
	if r := second.Post(c.address("/open"), url.Values{}); r.Status != http.StatusSeeOther || c.textsAreClosed(t) {
		t.Errorf("a second person: status %d", r.Status)
	}
}

func TestAPINOfACardBeforeTheOneThatWasNeverUsedOpensNothingAfterStaffOpened(t *testing.T) {
	c := startClass(t)
	c.choose(t, c.card, staffPIN)
	c.Clock.Pass(time.Minute)
	c.giveCard(t) // and nobody uses it
	if r := c.SignIn(t, c.somebodyElse(t)).Post(c.address("/open"), url.Values{}); r.Status != http.StatusSeeOther {
		t.Fatalf("a second person: status %d", r.Status)
	}
	c.inTheRoom(t) // the learner, who writes
	c.Clock.Pass(time.Minute)
	held := c.choose(t, c.giveCard(t), laterPIN)
	if r := openWithPIN(held, staffPIN); r.Status != http.StatusUnprocessableEntity || !c.textsAreClosed(t) {
		t.Errorf("status %d", r.Status)
	}
}

func TestALearnerWhoLostTheirCardOpensTheirTextsWithThePINOfIt(t *testing.T) {
	for name, lose := range map[string]func(*testing.T, *class){
		"and got another": func(*testing.T, *class) {},
		"which was stopped first": func(t *testing.T, c *class) {
			c.SignIn(t, c.staff).Post(c.address("/card/void"), url.Values{})
			c.Clock.Pass(time.Hour)
		},
		"and the next one before it was used": func(t *testing.T, c *class) { c.giveCard(t) },
	} {
		t.Run(name, func(t *testing.T) {
			c := startClass(t)
			c.choose(t, c.card, ownPIN)
			c.Clock.Pass(time.Minute)
			lose(t, c)
			learner := c.choose(t, c.giveCard(t), laterPIN)
			if r := openWithPIN(learner, ownPIN); r.Status != http.StatusSeeOther || c.textsAreClosed(t) || asksToOpen(t, learner) {
				t.Errorf("status %d", r.Status)
			}
			if home := learner.Get("/").Page(t).Find("main").Text(); !strings.Contains(home, "was opened again with your PIN") {
				t.Errorf("home does not tell\n%s", home)
			}
		})
	}
}

func TestThePINOfTheCardInUseOpensARoomAsFarAsTheCardAndNotWhatWasThereBefore(t *testing.T) {
	c := startClass(t)
	c.choose(t, c.card, ownPIN)
	c.Clock.Pass(time.Minute)
	c.choose(t, c.giveCard(t), laterPIN)
	room := c.inTheRoom(t)
	if r := openWithPIN(room, ownPIN); r.Status != http.StatusUnprocessableEntity {
		t.Errorf("the one from before, which does not say who writes now: status %d", r.Status)
	}
	if r := openWithPIN(room, laterPIN); r.Status != http.StatusSeeOther || r.Location != "/me/open" || !c.textsAreClosed(t) {
		t.Fatalf("that of the card: status %d to %q", r.Status, r.Location)
	}
	if r := openWithPIN(room, ownPIN); r.Status != http.StatusSeeOther || c.textsAreClosed(t) || asksToOpen(t, room) {
		t.Errorf("both: status %d", r.Status)
	}
}

func TestThePINFromBeforeDoesNotOpenWhatSomebodyWroteWithACodeSince(t *testing.T) {
	c := startClass(t)
	c.choose(t, c.card, staffPIN)
	c.Clock.Pass(time.Minute)
	kept := c.giveCard(t) // which the facilitator keeps
	c.inTheRoom(t)        // the learner, who writes
	if r := openWithPIN(c.choose(t, kept, laterPIN), staffPIN); r.Status != http.StatusUnprocessableEntity || !c.textsAreClosed(t) {
		t.Errorf("status %d", r.Status)
	}
}

func TestWhoMadeOneOfTwoCardsOpensNothingWhileASessionOfACodeRuns(t *testing.T) {
	c := startClass(t)
	other := c.somebodyElse(t)
	c.choose(t, c.card, ownPIN)
	c.Clock.Pass(time.Minute)
	c.giveCard(t)
	cardBy(t, c.SignIn(t, other), c.learner) // so that the facilitator made one of two
	c.inTheRoom(t)
	for name, who := range map[string]hooktest.Person{"made the first": c.staff, "made the second": other} {
		if r := c.SignIn(t, who).Post(c.address("/open"), url.Values{}); r.Status != http.StatusForbidden || !c.textsAreClosed(t) {
			t.Errorf("who %s: status %d", name, r.Status)
		}
	}
}

func TestOpeningASessionOfACodeForgivesNoWrongPIN(t *testing.T) {
	c := startClass(t)
	c.choose(t, c.card, ownPIN)
	other := c.somebodyElse(t)
	room := c.inTheRoom(t)
	for n := range 12 {
		if n == 6 {
			c.inTheRoom(t)
			if r := c.SignIn(t, other).Post(c.address("/open"), url.Values{}); r.Status != http.StatusSeeOther {
				t.Fatalf("the session alone: status %d", r.Status)
			}
			room = c.inTheRoom(t)
		}
		openWithPIN(room, "111222")
		c.Clock.Pass(14 * time.Minute) // so that the limits on guessing let it be looked at, and the session runs
		room.Get("/me")
	}
	c.Clock.Pass(10 * time.Minute)
	if r := openWithPIN(room, ownPIN); r.Status != http.StatusUnprocessableEntity || !asksToOpen(t, room) {
		t.Errorf("status %d", r.Status)
	}
}

func TestASessionOfACodeEndsOnceANewCardClosesTheTexts(t *testing.T) {
	c := startClass(t)
	c.choose(t, c.card, ownPIN)
	c.SignIn(t, c.staff).Post(c.address("/card/void"), url.Values{})
	room := c.inTheRoom(t)
	c.Clock.Pass(time.Minute)
	c.giveCard(t)
	if !c.textsAreClosed(t) || isIn(room) {
		t.Error("it still runs, and writes what the old PIN would open")
	}
}
