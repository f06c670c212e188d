package facilitation_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"alongside/hooks/web"
)

const resting = "I have read it. Nothing more is needed now"

// thanked is a thread that was answered, and in which she thanked for it.
func thanked(t *testing.T) (g *group, share string) {
	t.Helper()
	g, dina, share := shared(t)
	g.answers(t, share, "Thank you, Dina.")
	g.Clock.Pass(time.Minute)
	g.writesBack(t, dina, g.tom, share, "Thank you too.")
	return g, share
}

func TestWhoHasReadAThankYouLetsTheThreadRest(t *testing.T) {
	g, share := thanked(t)
	form := g.form(t, g.his, share, "")
	form.Set("do", "rest")
	for range 2 { // and presses twice
		if r := g.his.Post("/facilitate/shares/"+share, form); r.Status != http.StatusSeeOther || r.Location != "/facilitate" {
			t.Fatalf("status %d to %q\n%s", r.Status, r.Location, r.Body)
		}
	}
	if queue := queueOf(t, g.his); strings.Contains(queue, "Dina") {
		t.Errorf("it still waits: %s", queue)
	}
	if n := g.count(t, "replies WHERE state = 'sent'"); n != 2 {
		t.Errorf("%d were sent", n)
	}
	if page := words(g.his.Get("/facilitate/shares/" + share).Page(t).Find("main").Text()); strings.Contains(page, resting) {
		t.Error("it can be pressed again")
	}
}

func TestWhatWasTypedIsKeptWhereAThreadRests(t *testing.T) {
	g, share := thanked(t)
	form := g.form(t, g.his, share, "One more thought")
	form.Set("do", "rest")
	g.his.Post("/facilitate/shares/"+share, form)
	if n := g.count(t, "replies WHERE state = 'draft'"); n != 1 {
		t.Errorf("%d drafts", n)
	}
	if queue := queueOf(t, g.his); !strings.Contains(queue, "You began to answer Dina") || !strings.Contains(queue, "Nobody waits for you") {
		t.Error(queue)
	}
}

func TestAThreadRestsOnlyWithWhatItsReaderHasRead(t *testing.T) {
	g, dina, share := shared(t)
	if page := words(g.his.Get("/facilitate/shares/" + share).Page(t).Find("main").Text()); strings.Contains(page, resting) {
		t.Error("what has no answer yet can be left without one")
	}
	g.answers(t, share, "Thank you, Dina.")
	g.Clock.Pass(time.Minute)
	g.writesBack(t, dina, g.tom, share, "Thank you too.")
	form := g.form(t, g.his, share, "")
	form.Set("do", "rest")
	g.writesBack(t, dina, g.tom, share, "And one question.")
	if r := g.his.Post("/facilitate/shares/"+share, form); r.Status != http.StatusConflict || !strings.Contains(r.Body, "And one question.") {
		t.Errorf("status %d", r.Status)
	}
	if queue := queueOf(t, g.his); !strings.Contains(queue, "They wrote back") {
		t.Errorf("it waits no more: %s", queue)
	}
}

func TestWhatTheSameLearnerTookBackStandsAmongWhatTheySharedBefore(t *testing.T) {
	g, dina, share := shared(t)
	other := g.shareOf(t, "wait", dina, g.tom, web.Facilitator, "taken-back-later")
	g.takeBack(t, other)
	before := g.his.Get("/facilitate/shares/" + share).Page(t).Find(".before-this")
	if text := words(before.Text()); !strings.Contains(text, "They took it back") || strings.Contains(text, "Water") || strings.Contains(text, "taken-back-later") {
		t.Errorf("it says %q", text)
	}
}
