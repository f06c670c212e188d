package reflections_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"alongside/hooks/hooktest"
	"alongside/hooks/people"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
)

// A calling is a circle in which a learner asked for help now, and two were told.
type calling struct {
	*circle
	nora             hooktest.Person // her second facilitator
	hers, his, noras *hooktest.Browser
	mailed           *[]string
}

func newCalling(t *testing.T) *calling {
	t.Helper()
	c := &calling{circle: newCircle(t)}
	c.nora = c.named(t, "Nora", web.Facilitator)
	c.assign(t, c.maple, c.nora, web.Facilitator)
	c.mailed = c.mails()
	c.hers, c.his, c.noras = c.SignIn(t, c.maple), c.SignIn(t, c.tom), c.SignIn(t, c.nora)
	askNow(t, c.hers)
	return c
}

// at is the address of the call that somebody was told of.
func (c *calling) at(t *testing.T, p hooktest.Person) string {
	t.Helper()
	return "/calls/" + c.one(t, "SELECT id FROM calls WHERE worker = {:id}", dbx.Params{"id": p.ID})
}

// says is the notice that follows a post.
func says(t *testing.T, b *hooktest.Browser, address string) string {
	t.Helper()
	r := b.Post(address, nil)
	if r.Status != http.StatusSeeOther {
		t.Fatalf("%s: status %d", address, r.Status)
	}
	return b.Follow(r).Page(t).Find("main .notice").First().Text()
}

// stops ends every role of somebody.
func (c *circle) stops(t *testing.T, p hooktest.Person) {
	t.Helper()
	c.execute(t, "UPDATE memberships SET ends = {:now} WHERE user = {:id}", dbx.Params{"now": people.Before(c.Clock.Now().Add(-time.Minute)), "id": p.ID})
}

func TestWhoeverIsOnItAndCannotDoItLetsItGoForAllWhoWereTold(t *testing.T) {
	c := newCalling(t)
	says(t, c.his, c.at(t, c.tom)+"/on-it")
	*c.mailed = nil
	if hasBanner(t, c.noras, "/courses") {
		t.Fatal("the line stays for the other while somebody is on it")
	}
	if said := says(t, c.his, c.at(t, c.tom)+"/let-go"); !strings.Contains(said, "It waits again for everybody who was told") {
		t.Errorf("he reads %q", said)
	}
	if !hasBanner(t, c.noras, "/courses") || !hasBanner(t, c.his, "/courses") {
		t.Error("it does not wait again")
	}
	if !slices.Equal(*c.mailed, []string{c.nora.ID}) {
		t.Errorf("mail to %v", *c.mailed)
	}
	if page := shows(t, c.hers, "/me/calls"); strings.Contains(page, "has been on it since") || !strings.Contains(page, "Nobody has said yet") {
		t.Errorf("the learner reads\n%s", page)
	}
	if acts := shows(t, c.hers, "/me/data"); !strings.Contains(acts, "A call for help was opened again") {
		t.Error("it is not on her page")
	}
}

func TestWhoeverLetsItGoAndWasToldAloneReadsThatNobodyElseWas(t *testing.T) {
	c := newCircle(t)
	c.onCall(t, c.lea)
	lea := c.SignIn(t, c.lea)
	askNow(t, c.SignIn(t, c.maple))
	at := "/calls/" + c.one(t, "SELECT id FROM calls", nil)
	lea.Post(at+"/on-it", nil)
	if said := says(t, lea, at+"/let-go"); !strings.Contains(said, "Nobody else was told") {
		t.Errorf("she reads %q", said)
	}
}

func TestAnotherWhoWasToldIsOnItInstead(t *testing.T) {
	c := newCalling(t)
	says(t, c.his, c.at(t, c.tom)+"/on-it")
	if n := c.noras.Get("/calls").Page(t).Find("form[action='" + c.at(t, c.nora) + "/instead']").Length(); n != 1 {
		t.Errorf("%d buttons", n)
	}
	says(t, c.noras, c.at(t, c.nora)+"/instead")
	if page := shows(t, c.hers, "/me/calls"); !strings.Contains(page, "Nora has been on it since") || strings.Contains(page, "Tom is on it") {
		t.Errorf("the learner reads\n%s", page)
	}
	if said := says(t, c.his, c.at(t, c.tom)+"/done"); !strings.Contains(said, "Somebody else is on it") {
		t.Errorf("who was on it before reads %q", said)
	}
	if n := c.one(t, "SELECT COUNT(*) FROM calls WHERE ended = ''", nil); n != "2" {
		t.Errorf("%s are open", n)
	}
}

func TestWhoeverIsSlowerReadsThatSomebodyElseIsOnIt(t *testing.T) {
	c := newCalling(t)
	says(t, c.his, c.at(t, c.tom)+"/on-it")
	if said := says(t, c.noras, c.at(t, c.nora)+"/on-it"); !strings.Contains(said, "Somebody else is on it") {
		t.Errorf("she reads %q", said)
	}
	if page := shows(t, c.hers, "/me/calls"); !strings.Contains(page, "Tom has been on it since") {
		t.Errorf("the learner reads\n%s", page)
	}
}

func TestWhoeverWasNotToldNeitherTakesACallOverNorLetsItGo(t *testing.T) {
	c := newCalling(t)
	says(t, c.his, c.at(t, c.tom)+"/on-it")
	for _, p := range only(c.mia, c.lea, c.anna, c.maple) {
		b := c.SignIn(t, p)
		for _, do := range []string{"/instead", "/let-go"} {
			if r := b.Post(c.at(t, c.tom)+do, nil); r.Status != 404 {
				t.Errorf("status %d", r.Status)
			}
		}
	}
	says(t, c.noras, c.at(t, c.nora)+"/let-go") // who was told and is not on it
	if page := shows(t, c.hers, "/me/calls"); !strings.Contains(page, "Tom has been on it since") {
		t.Errorf("the learner reads\n%s", page)
	}
}

func TestWhoeverIsOnItAndWorksHereNoMoreCountsAsNobody(t *testing.T) {
	c := newCalling(t)
	says(t, c.his, c.at(t, c.tom)+"/on-it")
	c.stops(t, c.tom)
	if !hasBanner(t, c.noras, "/courses") {
		t.Error("the line does not come back for the other")
	}
	if page := shows(t, c.hers, "/me/calls"); strings.Contains(page, "Tom") || !strings.Contains(page, "Nobody has said yet") {
		t.Errorf("the learner reads\n%s", page)
	}
	says(t, c.noras, c.at(t, c.nora)+"/on-it")
	if page := shows(t, c.hers, "/me/calls"); !strings.Contains(page, "Nora has been on it since") {
		t.Errorf("the learner reads\n%s", page)
	}
}

func TestWhoeverIsToldReadsWhoElseIsThereForTheLearner(t *testing.T) {
	c := newCalling(t)
	page := c.his.Get("/calls").Page(t).Find("main")
	if text := page.Text(); !strings.Contains(text, "Nora") || !strings.Contains(text, "Mia") {
		t.Errorf("he reads\n%s", text)
	}
	if page.Find("a[href='/concerns/new?about="+c.maple.ID+"']").Length() != 1 || strings.Contains(page.Text(), "Lea") {
		t.Error("he is not led to a concern about her")
	}
}

func TestAManagerWhoIsOnCallReadsWhoAnswersForConcerns(t *testing.T) {
	c := newCircle(t)
	c.onCall(t, c.anna)
	askNow(t, c.SignIn(t, c.maple))
	page := c.SignIn(t, c.anna).Get("/calls").Page(t).Find("main")
	if page.Find("a[href^='/concerns']").Length() != 0 || !strings.Contains(page.Text(), "tell the safeguarding lead:") || !strings.Contains(page.Text(), "Lea") {
		t.Errorf("she reads\n%s", page.Text())
	}
	c.stops(t, c.lea)
	if text := shows(t, c.SignIn(t, c.anna), "/calls"); !strings.Contains(text, "No safeguarding lead is named here") {
		t.Errorf("without a lead she reads\n%s", text)
	}
}

func TestAFacilitatorWhoIsOnCallRaisesAConcernAboutWhoeverCalledThemForADay(t *testing.T) {
	c := newCircle(t)
	nora, other := c.named(t, "Nora", web.Facilitator), c.named(t, "Olga", web.Facilitator)
	c.onCall(t, nora)
	about := func(p hooktest.Person) int {
		return c.SignIn(t, p).Get("/concerns/new?about=" + c.maple.ID).Page(t).Find("option[selected][value$=':" + c.maple.ID + "']").Length()
	}
	if about(nora) != 0 {
		t.Fatal("before anybody called")
	}
	maple := c.SignIn(t, c.maple)
	askNow(t, maple)
	if about(nora) != 1 || about(other) != 0 {
		t.Errorf("who is on call: %d, somebody else: %d", about(nora), about(other))
	}
	hers := c.SignIn(t, nora)
	c.raised(t, hers, c.saying(t, hers, c.maple))
	maple.Post("/me/calls/"+c.one(t, "SELECT id FROM calls", nil)+"/back", nil)
	if about(nora) != 1 {
		t.Error("not once it has ended")
	}
	c.Clock.Pass(25 * time.Hour)
	if about(nora) != 0 {
		t.Error("more than a day later")
	}
}

// mayAskNow reports whether /help offers the button.
func mayAskNow(b *hooktest.Browser, t *testing.T) bool {
	t.Helper()
	return b.Get("/help").Page(t).Find("form[action='/help/now']").Length() == 1
}

func TestNowIsAskedAgainOnceWhoeverWasToldOrIsOnItLeft(t *testing.T) {
	for _, onIt := range []bool{false, true} {
		c := newCircle(t)
		maple := c.SignIn(t, c.maple)
		askNow(t, maple)
		if onIt {
			c.SignIn(t, c.tom).Post("/calls/"+c.one(t, "SELECT id FROM calls", nil)+"/on-it", nil)
		}
		c.stops(t, c.tom)
		if page := shows(t, maple, "/me/calls"); strings.Contains(page, "These people can see it") {
			t.Errorf("she reads that somebody can see it\n%s", page)
		}
		if !mayAskNow(maple, t) {
			t.Fatal("nobody sees it, and /help has no button")
		}
		askNow(t, maple)
		if !hasBanner(t, c.SignIn(t, c.mia), "/courses") {
			t.Error("her mentor is not told")
		}
		if n := c.one(t, "SELECT COUNT(*) FROM calls WHERE ended = ''", nil); n != "1" {
			t.Errorf("%s are open", n)
		}
	}
}

func TestNowIsAskedAgainADayAfterSomebodySaidThatTheyAreOnIt(t *testing.T) {
	c := newCircle(t)
	mails := c.mailsOnce()
	askNow(t, c.SignIn(t, c.maple))
	c.SignIn(t, c.tom).Post("/calls/"+c.one(t, "SELECT id FROM calls", nil)+"/on-it", nil)
	c.Clock.Pass(25 * time.Hour)
	maple := c.SignIn(t, c.maple)
	if !mayAskNow(maple, t) {
		t.Fatal("/help has no button")
	}
	askNow(t, maple)
	if !hasBanner(t, c.SignIn(t, c.tom), "/courses") || len(mails) != 2 {
		t.Errorf("nobody was told; %d mails", len(mails))
	}
}

func TestThePageOfWhoNeedsHelpDoesNotLeadToItself(t *testing.T) {
	c := newCalling(t)
	leads := func(address string) int { return c.his.Get(address).Page(t).Find(`a[href="/calls"]`).Length() }
	waiting := leads("/calls")
	says(t, c.his, c.at(t, c.tom)+"/on-it")
	if taken := leads("/calls"); waiting+taken != 0 {
		t.Errorf("it leads to itself %d times while somebody waits, and %d times once he is on it", waiting, taken)
	}
	if n := leads("/courses"); n != 1 {
		t.Errorf("elsewhere it is said %d times", n)
	}
}
