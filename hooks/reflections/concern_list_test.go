package reflections_test

import (
	"net/url"
	"strings"
	"testing"
	"time"
)

func TestListOfConcernsIsNotWhereItsOwnLineLeads(t *testing.T) {
	c := newCircle(t)
	c.raisedByTom(t)
	lea := c.SignIn(t, c.lea)
	const line = "A safeguarding concern waits for you"
	if page := lea.Get("/courses").Page(t).Text(); !strings.Contains(page, line) {
		t.Fatalf("another page does not say so\n%s", page)
	}
	if page := lea.Get("/concerns").Page(t).Text(); strings.Contains(page, line) || !strings.Contains(page, "Waiting for a lead") {
		t.Errorf("the list itself says\n%s", page)
	}
}

func TestConcernsThatSomebodyRaisedThemselvesDoNotSayByWhom(t *testing.T) {
	c := newCircle(t)
	c.raisedByTom(t)
	if page := shows(t, c.SignIn(t, c.tom), "/concerns"); strings.Contains(page, "by Tom") || !strings.Contains(page, "Waiting for a lead") {
		t.Errorf("theirs says\n%s", page)
	}
	if page := shows(t, c.SignIn(t, c.lea), "/concerns"); !strings.Contains(page, "by Tom") {
		t.Errorf("the lead's says\n%s", page)
	}
}

func TestDraftThatWasWrittenLastStandsFirst(t *testing.T) {
	c := newCircle(t)
	tom := c.SignIn(t, c.tom)
	var drafts []string
	for range 4 {
		r := tom.Post("/concerns/new", c.saying(t, tom, c.maple))
		drafts = append([]string{strings.TrimSuffix(r.Location, "/done") + "/said"}, drafts...)
		c.Clock.Pass(time.Minute)
	}
	links := tom.Get("/concerns").Page(t).Find("main a[href$='/said']")
	for i, want := range drafts {
		if got := links.Eq(i).AttrOr("href", ""); got != want {
			t.Errorf("%d is %q, not %q", i, got, want)
		}
	}
}

func TestOpeningWhatAConcernCameFromAsksForItsReasonByName(t *testing.T) {
	c := newCircle(t)
	_, share := c.shared(t)
	at := c.fromShare(t, share)
	r := c.SignIn(t, c.lea).Post(at+"/share", url.Values{"why": {" "}})
	if said := r.Page(t).Find("#why-error").Text(); r.Status != 422 || !strings.Contains(said, "Write why you need to read it") {
		t.Errorf("status %d: %q", r.Status, said)
	}
}
