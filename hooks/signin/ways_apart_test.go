package signin_test

import (
	"net/http"
	"net/url"
	"testing"
	"time"

	"alongside/hooks/hooktest"
	"alongside/hooks/web"
)

const linkPassword = "three warm loaves"

// byWelcome lets a learner who mentors too in with a link of their manager, in
// place of what they had before.
func (c *class) byWelcome(t *testing.T) *hooktest.Browser {
	t.Helper()
	c.becomes(t, web.Mentor)
	path, _ := linkFor(t, c.Site, c.MustPerson(t, web.Manager), c.learner)
	browser := c.Guest(t)
	if r := browser.Post(path, url.Values{"password": {linkPassword}, "own": {"true"}}); r.Status != http.StatusSeeOther {
		t.Fatalf("the link: status %d", r.Status)
	}
	return browser
}

func (c *class) withLinkPassword(t *testing.T) *hooktest.Browser {
	t.Helper()
	return c.SignIn(t, hooktest.Person{Username: c.learner.Username, Password: linkPassword})
}

func TestWhatIsWrittenThroughOneNewWayInIsNotReadThroughAnother(t *testing.T) {
	c := startClass(t).withPages(t)
	c.choose(t, c.card, ownPIN)
	c.Clock.Pass(time.Minute)
	linked := c.byWelcome(t)
	c.Clock.Pass(time.Minute)
	paper := c.giveCard(t)
	carded := c.choose(t, paper, laterPIN)
	write(t, linked, "one", "with the password of a link")
	write(t, carded, "two", "with the new card")
	for name, b := range map[string]*hooktest.Browser{"this session": linked, "another": c.withLinkPassword(t)} {
		if reads(b, "with the new card") || !reads(b, "with the password of a link") {
			t.Errorf("the password, %s: it reads what the card wrote, or not what it wrote itself", name)
		}
	}
	for name, b := range map[string]*hooktest.Browser{"this session": carded, "another": c.enter(t, paper, laterPIN)} {
		if reads(b, "with the password of a link") || !reads(b, "with the new card") {
			t.Errorf("the card, %s: it reads what the password wrote, or not what it wrote itself", name)
		}
	}
	c.SignIn(t, c.somebodyElse(t)).Post(c.address("/open"), url.Values{})
	if !reads(linked, "with the new card") || !reads(linked, "with the password of a link") {
		t.Error("once a second person opened it, it is closed")
	}
}

func TestAFormThatCameTooLateThroughOneNewWayInDoesNotWaitForAnother(t *testing.T) {
	c := startClass(t).withPages(t)
	c.choose(t, c.card, ownPIN)
	c.byWelcome(t)
	c.Clock.Pass(time.Minute)
	carded := c.choose(t, c.giveCard(t), laterPIN)
	c.Clock.Pass(time.Minute)
	linked := c.withLinkPassword(t)
	form := valuesOf(linked.Get(diary).Page(t).Find("form#step"))
	form.Set("a.one", "typed too late")
	c.Clock.Pass(8 * time.Minute)
	carded.Get("/me")
	c.Clock.Pass(8 * time.Minute)
	linked.Post(diary, form)
	if reads(carded, "typed too late") || !isIn(carded) {
		t.Error("the card reads it, or is not signed in")
	}
	if !reads(c.withLinkPassword(t), "typed too late") {
		t.Error("whoever typed it does not")
	}
}

func TestAPINFromBeforeOpensNothingThatWasWrittenThroughAnotherNewWayIn(t *testing.T) {
	c := startClass(t).withPages(t)
	c.choose(t, c.card, ownPIN)
	linked := c.byWelcome(t)
	c.Clock.Pass(time.Minute)
	c.choose(t, c.giveCard(t), staffPIN) // by the facilitator, before they handed it over
	if r := c.SignIn(t, c.somebodyElse(t)).Post(c.address("/open"), url.Values{}); r.Status != http.StatusSeeOther {
		t.Fatalf("a second person: status %d", r.Status)
	}
	c.Clock.Pass(time.Minute)
	kept := c.giveCard(t)
	c.Clock.Pass(time.Minute)
	write(t, linked, "one", "with the password of a link")
	c.Clock.Pass(time.Minute)
	held := c.choose(t, kept, laterPIN)
	if r := openWithPIN(held, staffPIN); r.Status != http.StatusUnprocessableEntity || !c.textsAreClosed(t) || reads(held, "with the password of a link") {
		t.Errorf("status %d", r.Status)
	}
}

func TestWhoMadeTheNewCardDoesNotOpenASessionOfACodeEither(t *testing.T) {
	c := startClass(t).withPages(t)
	other := c.somebodyElse(t)
	c.choose(t, c.card, ownPIN)
	c.Clock.Pass(time.Minute)
	kept := cardBy(t, c.SignIn(t, other), c.learner)
	room := c.inTheRoom(t) // with a code of the first one
	if r := c.SignIn(t, other).Post(c.address("/open"), url.Values{}); r.Status != http.StatusForbidden {
		t.Errorf("status %d", r.Status)
	}
	write(t, room, "one", "in the room")
	if reads(c.choose(t, kept, laterPIN), "in the room") {
		t.Error("with the card that they kept they read what is written there")
	}
}
