package reflections_test

import (
	"strings"
	"testing"
	"time"

	"alongside/hooks/hooktest"
	"alongside/hooks/people"

	"github.com/pocketbase/dbx"
)

// onCall sets who is told in the circle's programme, as a manager does.
func (c *circle) onCall(t *testing.T, p hooktest.Person) {
	t.Helper()
	c.execute(t, "UPDATE programmes SET on_call = {:id} WHERE id = {:programme}", dbx.Params{"id": p.ID, "programme": c.programme})
}

// askNow presses the button of /help.
func askNow(t *testing.T, b *hooktest.Browser) hooktest.Response {
	t.Helper()
	form := b.Get("/help").Page(t).Find("form[action='/help/now']")
	if form.Length() != 1 {
		t.Fatalf("%d buttons on /help", form.Length())
	}
	return b.Post("/help/now", nil)
}

func hasBanner(t *testing.T, b *hooktest.Browser, address string) bool {
	t.Helper()
	return strings.Contains(b.Get(address).Body, "Somebody needs help now.")
}

func TestNowFlagsThePersonWhoIsOnCallOnEveryPage(t *testing.T) {
	c := newCircle(t)
	c.onCall(t, c.lea)
	maple, lea, tom := c.SignIn(t, c.maple), c.SignIn(t, c.lea), c.SignIn(t, c.tom)
	for _, address := range []string{"/courses", step} {
		if hasBanner(t, lea, address) {
			t.Fatal("before anybody asked")
		}
	}
	if r := askNow(t, maple); r.Status != 303 || r.Location != "/me/calls" {
		t.Fatalf("status %d, to %q", r.Status, r.Location)
	}
	page := shows(t, maple, "/me/calls")
	for _, want := range []string{"Lea", "Nobody watches this website day and night", "999", "Nobody has said yet"} {
		if !strings.Contains(page, want) {
			t.Errorf("the learner does not read %q\n%s", want, page)
		}
	}
	for _, address := range []string{"/", "/courses", step, "/help", "/me"} {
		if !hasBanner(t, lea, address) {
			t.Errorf("%s does not say that somebody needs help", address)
		}
		if body := lea.Get(address).Body; strings.Contains(body, "Maple") {
			t.Errorf("%s says who", address)
		}
		if hasBanner(t, tom, address) || hasBanner(t, maple, address) {
			t.Errorf("%s says it to others", address)
		}
	}
	if page := shows(t, lea, "/calls"); !strings.Contains(page, "Maple") {
		t.Errorf("the page behind it does not say who\n%s", page)
	}
	if page := shows(t, tom, "/calls"); strings.Contains(page, "Maple") {
		t.Error("somebody else reads who")
	}
}

func TestNowWithoutSomebodyOnCallFlagsTheirFacilitators(t *testing.T) {
	c := newCircle(t)
	askNow(t, c.SignIn(t, c.maple))
	if !hasBanner(t, c.SignIn(t, c.tom), "/courses") || hasBanner(t, c.SignIn(t, c.mia), "/courses") {
		t.Error("it went to somebody else than the facilitator")
	}
}

func TestNowDoesNotGoToSomebodyWhoWorksHereNoMore(t *testing.T) {
	c := newCircle(t)
	c.onCall(t, c.lea)
	lea := c.SignIn(t, c.lea)
	c.execute(t, "UPDATE memberships SET ends = {:now} WHERE user = {:id}", dbx.Params{"now": people.Before(c.Clock.Now().Add(-time.Minute)), "id": c.lea.ID})
	askNow(t, c.SignIn(t, c.maple))
	if !hasBanner(t, c.SignIn(t, c.tom), "/courses") || hasBanner(t, lea, "/courses") {
		t.Error("it went to the one who was on call before")
	}
}

func TestNowIsGoneForWhoeverWasFlaggedAndLeftSince(t *testing.T) {
	c := newCircle(t)
	c.onCall(t, c.lea)
	askNow(t, c.SignIn(t, c.maple))
	c.execute(t, "UPDATE memberships SET ends = {:now} WHERE user = {:id}", dbx.Params{"now": people.Before(c.Clock.Now().Add(-time.Minute)), "id": c.lea.ID})
	lea := c.SignIn(t, c.lea)
	if hasBanner(t, lea, "/courses") || strings.Contains(shows(t, lea, "/calls"), "Maple") {
		t.Error("they still see it")
	}
}

func TestNowPressedTwiceIsOnce(t *testing.T) {
	c := newCircle(t)
	maple := c.SignIn(t, c.maple)
	maple.Post("/help/now", nil)
	maple.Post("/help/now", nil)
	if n := c.one(t, "SELECT COUNT(*) FROM calls", nil); n != "1" {
		t.Errorf("%s calls", n)
	}
	if n := c.one(t, "SELECT COUNT(*) FROM audit WHERE kind = 'help-asked'", nil); n != "1" {
		t.Errorf("%s times on record", n)
	}
	if page := shows(t, maple, "/help"); !strings.Contains(page, "You asked for help now") {
		t.Errorf("/help says\n%s", page)
	}
}

func TestNowTheLearnerSeesWhoIsOnIt(t *testing.T) {
	c := newCircle(t)
	maple, tom := c.SignIn(t, c.maple), c.SignIn(t, c.tom)
	askNow(t, maple)
	call := c.one(t, "SELECT id FROM calls", nil)
	for _, p := range []hooktest.Person{c.mia, c.lea, c.anna, c.maple} {
		if r := c.SignIn(t, p).Post("/calls/"+call+"/on-it", nil); r.Status != 404 {
			t.Errorf("somebody who was not told is on it: status %d", r.Status)
		}
	}
	if r := tom.Post("/calls/"+call+"/on-it", nil); r.Status != 303 {
		t.Fatalf("status %d", r.Status)
	}
	if hasBanner(t, tom, "/courses") {
		t.Error("the banner stays")
	}
	if !strings.Contains(tom.Get("/courses").Body, "You said that you are on it") {
		t.Error("nothing leads back to it")
	}
	if page := shows(t, maple, "/me/calls"); !strings.Contains(page, "Tom has been on it since") {
		t.Errorf("the learner reads\n%s", page)
	}
	if r := tom.Post("/calls/"+call+"/done", nil); r.Status != 303 {
		t.Fatalf("status %d", r.Status)
	}
	if page := shows(t, maple, "/me/calls"); !strings.Contains(page, "nothing open") {
		t.Errorf("settled, the learner reads\n%s", page)
	}
	acts := shows(t, maple, "/me/data")
	for _, want := range []string{"You asked for help", "Somebody said that they are on it"} {
		if !strings.Contains(acts, want) {
			t.Errorf("not on their page: %q", want)
		}
	}
}

func TestNowTakenBackIsGoneFromThePagesOfWhoWasFlagged(t *testing.T) {
	c := newCircle(t)
	maple, tom := c.SignIn(t, c.maple), c.SignIn(t, c.tom)
	askNow(t, maple)
	maple.Post("/me/calls/"+c.one(t, "SELECT id FROM calls", nil)+"/back", nil)
	if hasBanner(t, tom, step) {
		t.Error("the banner stays")
	}
}

func TestNowStaysAfterARestart(t *testing.T) {
	c := newCircle(t)
	askNow(t, c.SignIn(t, c.maple))
	tom := c.SignIn(t, c.tom)
	c.House.Reflections.Begin() // what a start does
	if !hasBanner(t, tom, "/courses") {
		t.Error("it is forgotten")
	}
}

func TestNowWithNobodyToTellSaysSoWithTheNumbers(t *testing.T) {
	c := newCircle(t)
	c.execute(t, "UPDATE assignments SET ends = {:now}", dbx.Params{"now": people.Before(c.Clock.Now().Add(-time.Minute))})
	maple := c.SignIn(t, c.maple)
	if r := askNow(t, maple); r.Location != "/help" {
		t.Fatalf("status %d, to %q", r.Status, r.Location)
	}
	if page := shows(t, maple, "/help"); !strings.Contains(page, "nobody was told") || !strings.Contains(page, "999") {
		t.Errorf("the page says\n%s", page)
	}
}

func TestNowIsForLearnersAndGuestsSeeTheNumbersOnly(t *testing.T) {
	c := newCircle(t)
	for _, b := range []*hooktest.Browser{c.Guest(t), c.SignIn(t, c.tom), c.SignIn(t, c.MustPerson(t))} {
		r := b.Get("/help")
		if strings.Contains(r.Body, "/help/now") || !strings.Contains(r.Body, "999") {
			t.Error("offered to somebody who is no learner")
		}
	}
	if r := c.SignIn(t, c.tom).Post("/help/now", nil); r.Location != "/help" {
		t.Errorf("status %d, to %q", r.Status, r.Location)
	}
	if n := c.one(t, "SELECT COUNT(*) FROM calls", nil); n != "0" {
		t.Errorf("%s calls", n)
	}
}

func TestNowIsSetByTheManagerOfTheProgramme(t *testing.T) {
	c := newCircle(t)
	anna := c.SignIn(t, c.anna)
	address := "/manage/programmes/" + c.programme + "/edit"
	form := fieldsOf(t, anna.Get(address), address)
	form.Set("label", "Willow")
	form.Set("on_call", c.lea.ID)
	form.Set("reply_days", "3")
	if r := anna.Post(address, form); r.Status != 303 {
		t.Fatalf("status %d\n%s", r.Status, r.Page(t).Find("main").Text())
	}
	if got := c.one(t, "SELECT on_call || ' ' || reply_days FROM programmes WHERE id = {:id}", dbx.Params{"id": c.programme}); got != c.lea.ID+" 3" {
		t.Errorf("stored: %q", got)
	}
	stranger := c.MustPerson(t)
	for field, value := range map[string]string{"on_call": stranger.ID, "reply_days": "soon"} {
		wrong := fieldsOf(t, anna.Get(address), address)
		wrong.Set(field, value)
		if r := anna.Post(address, wrong); r.Status != 422 || r.Page(t).Find("#"+field+"-error").Length() != 1 {
			t.Errorf("%s=%s: status %d", field, value, r.Status)
		}
	}
}
