package reflections_test

import (
	"testing"
	"time"

	"alongside/hooks/hooktest"

	"github.com/pocketbase/pocketbase/core"
)

// mailsOnce notes the mails that go at once: what has the same once is one.
func (c *circle) mailsOnce() map[string]bool {
	mails := map[string]bool{}
	c.House.Reflections.Mail(func(_ core.App, person, once string) error {
		mails[person+"/"+once] = true
		return nil
	})
	return mails
}

// asksAndTakesBack does both so many times.
func (c *circle) asksAndTakesBack(t *testing.T, b *hooktest.Browser, times int) {
	t.Helper()
	for range times {
		b.Post("/help/now", nil)
		b.Post("/me/calls/"+c.one(t, "SELECT id FROM calls WHERE ended = '' LIMIT 1", nil)+"/back", nil)
	}
}

func TestNowAskedAndTakenBackAgainAndAgainIsOneCallAndOneMail(t *testing.T) {
	c := newCircle(t)
	mails := c.mailsOnce()
	maple, tom := c.SignIn(t, c.maple), c.SignIn(t, c.tom)
	c.asksAndTakesBack(t, maple, 20)
	askNow(t, maple)
	if n := c.one(t, "SELECT COUNT(*) FROM calls", nil); n != "1" {
		t.Errorf("%s calls", n)
	}
	if len(mails) != 1 {
		t.Errorf("%d mails", len(mails))
	}
	if !hasBanner(t, tom, "/courses") {
		t.Error("asked again, it is not on his pages")
	}
}

func TestNowAskedAgainAfterSomebodyWasOnItWaitsAnew(t *testing.T) {
	c := newCircle(t)
	maple, tom := c.SignIn(t, c.maple), c.SignIn(t, c.tom)
	askNow(t, maple)
	call := c.one(t, "SELECT id FROM calls", nil)
	tom.Post("/calls/"+call+"/on-it", nil)
	tom.Post("/calls/"+call+"/done", nil)
	c.Clock.Pass(10 * time.Minute)
	askNow(t, maple)
	if !hasBanner(t, tom, "/courses") || c.one(t, "SELECT COUNT(*) FROM calls WHERE ended = '' AND taken = '' AND taker = ''", nil) != "1" {
		t.Error("it does not wait")
	}
}

func TestNowAskedAnHourLaterIsAnotherCallAndAnotherMail(t *testing.T) {
	c := newCircle(t)
	mails := c.mailsOnce()
	maple := c.SignIn(t, c.maple)
	c.asksAndTakesBack(t, maple, 1)
	c.Clock.Pass(61 * time.Minute)
	askNow(t, c.SignIn(t, c.maple))
	if n := c.one(t, "SELECT COUNT(*) FROM calls", nil); n != "2" || len(mails) != 2 {
		t.Errorf("%s calls, %d mails", n, len(mails))
	}
}
