package reflections_test

import (
	"strings"
	"testing"
	"time"
)

// Tom was told, works here, and does not react.
func TestWhoeverIsNotAnsweredForHalfAnHourTellsThemOnceMoreAndTheNextOne(t *testing.T) {
	c := newCircle(t)
	mails := c.mailsOnce()
	askNow(t, c.SignIn(t, c.maple))
	c.Clock.Pass(29 * time.Minute)
	maple := c.SignIn(t, c.maple)
	page := maple.Get("/me/calls")
	if page.Page(t).Find("form[action='/help/now']").Length() != 0 {
		t.Error("the button is there before half an hour")
	}
	maple.Post("/help/now", nil)
	if len(mails) != 1 {
		t.Errorf("%d mails before half an hour", len(mails))
	}
	c.Clock.Pass(2 * time.Minute)
	maple = c.SignIn(t, c.maple)
	if page = maple.Get("/me/calls"); page.Page(t).Find("form[action='/help/now']").Length() != 1 || !strings.Contains(page.Body, "Tom") {
		t.Fatalf("no button, or it does not say whom it went to\n%s", page.Page(t).Find("main").Text())
	}
	maple.Post("/help/now", nil)
	maple.Post("/help/now", nil)
	if len(mails) != 3 {
		t.Errorf("%d mails, not one more to Tom and one to Mia: %v", len(mails), mails)
	}
	if !hasBanner(t, c.SignIn(t, c.mia), "/courses") || !hasBanner(t, c.SignIn(t, c.tom), "/courses") {
		t.Error("it is not on the pages of both")
	}
	if page = maple.Get("/me/calls"); page.Page(t).Find("form[action='/help/now']").Length() != 0 || !strings.Contains(page.Body, "Mia") {
		t.Errorf("she reads\n%s", page.Page(t).Find("main").Text())
	}
}

func TestWhoeverLetsGoOfWhatTheyAreNotOnReadsHowItStands(t *testing.T) {
	c := newCircle(t)
	maple, tom := c.SignIn(t, c.maple), c.SignIn(t, c.tom)
	askNow(t, maple)
	at := "/calls/" + c.one(t, "SELECT id FROM calls", nil)
	for _, press := range []string{"/let-go", "/done"} {
		if page := tom.Follow(tom.Post(at+press, nil)).Page(t).Find("main").Text(); !strings.Contains(page, "Nobody is on it at the moment") {
			t.Errorf("%s: he reads\n%s", press, page)
		}
	}
}
