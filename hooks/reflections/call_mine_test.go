package reflections_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"alongside/hooks/hooktest"

	"github.com/pocketbase/dbx"
)

// again asks for a page as one that is open and looks again by itself.
func again(b *hooktest.Browser, path, tag string) hooktest.Response {
	r := b.Request(http.MethodGet, path, nil)
	r.Header.Set("HX-Request", "true")
	r.Header.Set("If-None-Match", tag)
	return b.Do(r)
}

func TestTheWayToWhatALearnerAskedForStandsOnMeAndOnHomeWhileItIsOpen(t *testing.T) {
	c := newCircle(t)
	b := c.SignIn(t, c.maple)
	leads := func(address string) bool {
		return b.Get(address).Page(t).Find("main a[href='/me/calls']").Length() == 1
	}
	if !leads("/me") || leads("/") {
		t.Error("before anything was asked")
	}
	c.stuckOn(t, b, "")
	if !leads("/me") || !leads("/") {
		t.Error("nothing leads back to it")
	}
	if c.SignIn(t, c.tom).Get("/me").Page(t).Find("main a[href='/me/calls']").Length() != 0 {
		t.Error("offered to somebody who is no learner")
	}
	b.Post("/me/calls/"+c.one(t, "SELECT id FROM calls", nil)+"/back", nil)
	if leads("/") {
		t.Error("it stands on home once it has ended")
	}
}

func TestALearnerReadsForAWeekWhoClosedWhatTheyAskedFor(t *testing.T) {
	c := newCircle(t)
	b := c.SignIn(t, c.maple)
	c.stuckOn(t, b, "")
	if err := c.House.Reflections.Settle(t.Context(), c.viewer(t, c.mia), c.one(t, "SELECT id FROM calls", nil)); err != nil {
		t.Fatal(err)
	}
	page := shows(t, b, "/me/calls")
	for _, want := range []string{"There is nothing open", "Closed in the last 7 days", "Look back", "Mia closed it on"} {
		if !strings.Contains(page, want) {
			t.Errorf("she does not read %q\n%s", want, page)
		}
	}
	c.Clock.Pass(8 * 24 * time.Hour)
	if page := shows(t, c.SignIn(t, c.maple), "/me/calls"); strings.Contains(page, "Mia") {
		t.Errorf("a week later she reads\n%s", page)
	}
}

func TestWhatALearnerTookBackIsClosedByNobody(t *testing.T) {
	c := newCircle(t)
	b, tom := c.SignIn(t, c.maple), c.SignIn(t, c.tom)
	askNow(t, b)
	call := c.one(t, "SELECT id FROM calls", nil)
	tom.Post("/calls/"+call+"/on-it", nil)
	b.Post("/me/calls/"+call+"/back", nil)
	if page := shows(t, b, "/me/calls"); !strings.Contains(page, "Closed on") || strings.Contains(page, "Tom") {
		t.Errorf("she reads\n%s", page)
	}
}

func TestThePageOfWhatALearnerAskedForLooksAgainByItself(t *testing.T) {
	c := newCircle(t)
	b := c.SignIn(t, c.maple)
	askNow(t, b)
	page := b.Get("/me/calls").Page(t)
	tag := page.Find("[data-fresh='/me/calls']").AttrOr("data-tag", "")
	if tag == "" || !strings.Contains(page.Find("main").Text(), "open this page again") {
		t.Fatal("it does not look again, or does not say how to without scripts")
	}
	if r := again(b, "/me/calls", tag); r.Status != http.StatusNotModified {
		t.Errorf("unchanged it is status %d", r.Status)
	}
	c.SignIn(t, c.tom).Post("/calls/"+c.one(t, "SELECT id FROM calls WHERE worker = {:tom}", dbx.Params{"tom": c.tom.ID})+"/on-it", nil)
	r := again(b, "/me/calls", tag)
	if r.Status != http.StatusOK || !strings.Contains(r.Body, "Tom") || !strings.Contains(r.Body, "has been on it since") || strings.Contains(r.Body, "<html") {
		t.Errorf("status %d\n%s", r.Status, r.Body)
	}
}

func TestHelpNamesWhoIsToldBeforeAnybodyPresses(t *testing.T) {
	c := newCircle(t)
	maple := c.SignIn(t, c.maple)
	if page := maple.Get("/help").Page(t).Find("#now").Text(); !strings.Contains(page, "Tom") || strings.Contains(page, "Mia") {
		t.Errorf("she reads\n%s", page)
	}
	c.onCall(t, c.lea)
	if page := maple.Get("/help").Page(t).Find("#now").Text(); !strings.Contains(page, "Lea") || strings.Contains(page, "Tom") {
		t.Errorf("with somebody on call she reads\n%s", page)
	}
	c.away(t, c.lea)
	c.away(t, c.tom)
	c.away(t, c.mia)
	if page := maple.Get("/help").Page(t).Find("#now").Text(); strings.Count(page, "is away until") != 3 {
		t.Errorf("with everybody away she reads\n%s", page)
	}
	for _, b := range []*hooktest.Browser{c.Guest(t), c.SignIn(t, c.tom)} {
		if b.Get("/help").Page(t).Find("#now").Length() != 0 {
			t.Error("somebody else reads who is on call")
		}
	}
}
