package reflections_test

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/pocketbase/dbx"
)

const toRead = "There is something for you to read"

func TestConcernLeadsTheFirstPageToWhatWasToldUntilItWasOpened(t *testing.T) {
	c := newCircle(t)
	at := c.raisedByTom(t)
	lea := c.SignIn(t, c.lea)
	lea.Post(at+"/acts", doing("acknowledged", leadsWhy))
	lea.Post(at+"/tell", telling(whatCame))
	c.Clock.Pass(40 * 24 * time.Hour) // however long that takes
	maple := c.SignIn(t, c.maple)
	if page := shows(t, maple, "/"); !strings.Contains(page, toRead) || strings.Contains(page, "worried") {
		t.Errorf("the first page says\n%s", page)
	}
	shows(t, maple, "/me/told")
	if page := shows(t, maple, "/"); strings.Contains(page, toRead) {
		t.Error("it was read, and the first page still leads there")
	}
	if page := shows(t, maple, "/me/told"); !strings.Contains(page, whatCame) {
		t.Error("it is not there any more")
	}
	if n := c.acts(t, "concern-told-read"); n != "1" {
		t.Errorf("on record %s times", n)
	}
	c.Clock.Pass(time.Minute)
	c.SignIn(t, c.lea).Post(at+"/tell", telling(whatCame+" again"))
	if page := shows(t, maple, "/"); !strings.Contains(page, toRead) {
		t.Error("what they are told after that does not show")
	}
}

func TestConcernLeadsTheFirstPageToWhatALeadOpened(t *testing.T) {
	c := newCircle(t)
	s, share := c.shared(t)
	at := c.fromShare(t, share)
	maple := s.hers
	if page := shows(t, maple, "/"); strings.Contains(page, toRead) {
		t.Errorf("before anybody opened it\n%s", page)
	}
	if r := c.SignIn(t, c.lea).Post(at+"/share", url.Values{"why": {leadsWhy}}); r.Status != 200 {
		t.Fatalf("status %d", r.Status)
	}
	if page := shows(t, maple, "/"); !strings.Contains(page, toRead) || strings.Contains(page, "worried") || strings.Contains(page, "Lea") {
		t.Errorf("the first page says\n%s", page)
	}
	page := maple.Get("/me/told").Page(t).Find("main")
	if text := plain(page); !strings.Contains(text, "Lea opened it") || strings.Contains(text, leadsWhy) || page.Find("a[href='/reflections/"+s.id+"']").Length() != 1 {
		t.Errorf("the page says\n%s", text)
	}
	if page := shows(t, maple, "/"); strings.Contains(page, toRead) {
		t.Error("it was looked at, and the first page still leads there")
	}
}

func TestConcernTellsOfNothingOpenedInASessionInWhichTheirTextsAreClosed(t *testing.T) {
	c := newCircle(t)
	s, share := c.shared(t)
	at := c.fromShare(t, share)
	c.SignIn(t, c.lea).Post(at+"/share", url.Values{"why": {leadsWhy}})
	c.execute(t, "UPDATE sessions SET how = 'code', closed = TRUE, with = {:tom} WHERE user = {:id}", dbx.Params{"tom": c.tom.ID, "id": c.maple.ID})
	if page := shows(t, s.hers, "/") + shows(t, s.hers, "/me/told"); strings.Contains(page, toRead) || strings.Contains(page, "Lea") {
		t.Errorf("it says\n%s", page)
	}
	if n := c.acts(t, "concern-told-read"); n != "0" {
		t.Error("it counts as read")
	}
}
