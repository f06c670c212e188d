package demo_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"alongside/hooks/authoring"
	"alongside/hooks/demo"
	"alongside/hooks/hooktest"
	"alongside/hooks/reflections"
)

// begin fills a house as `serve --demo` does.
func begin(t *testing.T, site *hooktest.Site) {
	t.Helper()
	h, now := site.House, site.Clock.Now()
	if err := h.Content.StoreLibrary(context.Background()); err != nil {
		t.Fatal(err)
	}
	then := demo.Sharing{Vault: h.Vault, Room: func(at time.Time) *reflections.Room {
		return reflections.New(site.App, h.Content, h.Vault, h.Audit, func() time.Time { return at })
	}}
	fillers := []demo.Filler{
		demo.Assignments(now), demo.Journeys(h.Learning, now), demo.Shares(then, now), demo.Phrases(now),
		demo.Proposals(func(time.Time) *authoring.Authoring { return h.Authoring }, now),
		demo.Remarks(func(time.Time) *authoring.Authoring { return h.Authoring }, now),
	}
	if err := demo.Fill(site.App, h.SignIn, now, fillers); err != nil {
		t.Fatal(err)
	}
}

func mainText(t *testing.T, b *hooktest.Browser, address string) string {
	t.Helper()
	r := b.Get(address)
	if r.Status != 200 {
		t.Fatalf("%s: status %d", address, r.Status)
	}
	return strings.Join(strings.Fields(r.Page(t).Find("main").Text()), " ")
}

func countOf(t *testing.T, site *hooktest.Site, what string) (n int) {
	t.Helper()
	if err := site.App.DB().NewQuery("SELECT COUNT(*) FROM " + what).Row(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

func TestInTheDemoTheHalfWayAndTheFinishedLearnerHaveSharedAndWereAnswered(t *testing.T) {
	site := hooktest.Start(t)
	begin(t, site)
	if n := countOf(t, site, "shares"); n != 5 {
		t.Fatalf("%d shares", n)
	}
	if n := countOf(t, site, "shares WHERE waits != ''"); n != 1 {
		t.Errorf("%d wait for an answer", n)
	}
	if n := countOf(t, site, "shares WHERE talk"); n != 1 {
		t.Errorf("%d would like to talk", n)
	}
	if n := countOf(t, site, "phrases"); n < 2 {
		t.Errorf("%d phrases", n)
	}
	tom := site.SignIn(t, hooktest.Person{Username: "lantern-12", Password: "lantern-window-half-open"})
	if page := mainText(t, tom, "/facilitate"); !strings.Contains(page, "Yusuf") {
		t.Errorf("nobody waits for Tom:\n%s", page)
	}
	yusuf := site.SignIn(t, hooktest.Person{Username: "harbour-17", Password: "harbour-early-morning-bus"})
	if page := mainText(t, yusuf, "/"); !strings.Contains(page, "Marek") {
		t.Errorf("nobody wrote to Yusuf:\n%s", page)
	}
	dina := site.SignIn(t, hooktest.Person{Username: "maple-48", Password: "maple-three-warm-loaves"})
	if page := mainText(t, dina, "/"); strings.Contains(page, "Marek") {
		t.Errorf("the new learner has shared:\n%s", page)
	}
}

func TestTheThreadsOfTheDemoAreTheSameAtTheNextStart(t *testing.T) {
	site := hooktest.Start(t)
	begin(t, site)
	before := countOf(t, site, "replies")
	again := site.AfterPowerCut(t)
	begin(t, again)
	if shares, replies := countOf(t, again, "shares"), countOf(t, again, "replies"); shares != 5 || replies != before {
		t.Errorf("%d shares, and %d replies where there were %d", shares, replies, before)
	}
}
