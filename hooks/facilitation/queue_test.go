package facilitation_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"alongside/hooks/hooktest"
	"alongside/hooks/people"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
)

func TestWhoSharedSomethingWaitsInTheQueueTheOldestFirst(t *testing.T) {
	g := newGroup(t)
	dina, yusuf := g.learner(t, "Dina", g.tom, web.Facilitator), g.learner(t, "Yusuf", g.tom, web.Facilitator)
	g.share(t, dina, g.tom, web.Facilitator, heron)
	g.Clock.Pass(time.Hour)
	g.share(t, yusuf, g.tom, web.Facilitator, "later")
	queue := queueOf(t, g.his)
	first, second := strings.Index(queue, "Dina"), strings.Index(queue, "Yusuf")
	if first < 0 || second < first || !strings.Contains(queue, "2 are waiting") || strings.Count(queue, "New for you") != 2 {
		t.Error(queue)
	}
	if by := g.Clock.Now().Add(71 * time.Hour).UTC().Format("Monday 2 January 2006"); !strings.Contains(queue, "expect an answer by "+by) {
		t.Errorf("no promise for %s: %s", by, queue)
	}
}

func TestALatePromiseIsSaidPlainly(t *testing.T) {
	g := newGroup(t)
	g.share(t, g.learner(t, "Dina", g.tom, web.Facilitator), g.tom, web.Facilitator, heron)
	g.Clock.Pass(4 * 24 * time.Hour)
	if queue := queueOf(t, g.his); !strings.Contains(queue, "The answer is late. They were told to expect it by") {
		t.Error(queue)
	}
}

func TestTheQueueSaysThatSomebodyWroteBack(t *testing.T) {
	g := newGroup(t)
	dina := g.learner(t, "Dina", g.tom, web.Facilitator)
	share := g.share(t, dina, g.tom, web.Facilitator, heron)
	g.answers(t, share, "Thank you, Dina.")
	if queue := queueOf(t, g.his); strings.Contains(queue, "Dina") || !strings.Contains(queue, "Nobody waits for you") {
		t.Errorf("after the answer: %s", queue)
	}
	g.Clock.Pass(time.Hour)
	g.writesBack(t, dina, g.tom, share, "and then it flew")
	if queue := queueOf(t, g.his); !strings.Contains(queue, "Dina They wrote back") || !strings.Contains(queue, "expect an answer by") {
		t.Error(queue)
	}
}

func TestTheQueueHasNothingOfWhatWasShared(t *testing.T) {
	g := newGroup(t)
	g.share(t, g.learner(t, "Dina", g.tom, web.Facilitator), g.tom, web.Facilitator, heron)
	r := g.his.Get("/facilitate")
	if strings.Contains(r.Body, heron) || strings.Contains(r.Body, "What did you see?") || strings.Contains(r.Body, "only for me") {
		t.Error("the page has words of theirs")
	}
	if title := r.Page(t).Find("title").Text(); strings.Contains(title, "Dina") {
		t.Errorf("the title is %q", title)
	}
	if seen := g.one(t, "SELECT seen FROM shares", nil); seen != "" {
		t.Errorf("looking at the list counts as having seen it: %s", seen)
	}
}

func TestWhatWasTakenBackStandsInTheQueueForTwoWeeksAsANameAndADay(t *testing.T) {
	g := newGroup(t)
	share := g.share(t, g.learner(t, "Dina", g.tom, web.Facilitator), g.tom, web.Facilitator, heron)
	g.his.Post("/facilitate/shares/"+share, url.Values{"reply": {"Dear Dina"}, "do": {"save"}})
	g.takeBack(t, share)
	queue := queueOf(t, g.his)
	if _, said, _ := strings.Cut(queue, "Taken back"); !strings.Contains(said, "Dina They took it back on "+g.Clock.Now().UTC().Format("Monday 2 January 2006")) {
		t.Errorf("it does not say so: %s", queue)
	}
	if strings.Count(queue, "Dina") != 1 || strings.Contains(queue, "Water") || strings.Contains(queue, "began") || !strings.Contains(queue, "Nobody waits for you") {
		t.Errorf("it says more: %s", queue)
	}
	g.Clock.Pass(14*24*time.Hour + time.Minute)
	if queue := queueOf(t, g.SignIn(t, g.tom)); strings.Contains(queue, "Dina") {
		t.Errorf("after two weeks: %s", queue)
	}
}

func TestWhatWasTakenBackIsSaidToNobodyWhoIsNotTheirsAnyMore(t *testing.T) {
	g := newGroup(t)
	g.takeBack(t, g.share(t, g.learner(t, "Dina", g.tom, web.Facilitator), g.tom, web.Facilitator, heron))
	if _, err := g.App.DB().NewQuery("UPDATE assignments SET ends = {:now}").
		Bind(dbx.Params{"now": g.Clock.Now().Add(-time.Minute).UTC().Format("2006-01-02 15:04:05.000Z")}).Execute(); err != nil {
		t.Fatal(err)
	}
	if queue := queueOf(t, g.his); strings.Contains(queue, "Dina") {
		t.Error(queue)
	}
}

func TestAShareIsInTheQueueOfThePersonItIsSharedWithAndOfNobodyElse(t *testing.T) {
	g := newGroup(t)
	dina := g.learner(t, "Dina", g.tom, web.Facilitator)
	mentor, other, former := g.MustPerson(t, web.Mentor), g.MustPerson(t, web.Facilitator), g.MustPerson(t, web.Facilitator)
	g.assign(t, dina, mentor, web.Mentor)
	g.assign(t, dina, other, web.Facilitator)
	g.assign(t, dina, former, web.Facilitator)
	g.share(t, dina, g.tom, web.Facilitator, heron)
	g.share(t, dina, former, web.Facilitator, heron)
	if _, err := g.App.DB().NewQuery("UPDATE assignments SET ends = {:now} WHERE worker = {:worker}").
		Bind(dbx.Params{"now": g.Clock.Now().Add(-time.Minute).UTC().Format("2006-01-02 15:04:05.000Z"), "worker": former.ID}).Execute(); err != nil {
		t.Fatal(err)
	}
	for name, one := range map[string]hooktest.Person{"her mentor": mentor, "another facilitator": other, "who was her facilitator": former} {
		if queue := queueOf(t, g.SignIn(t, one)); strings.Contains(queue, "New for you") {
			t.Errorf("%s has it: %s", name, queue)
		}
	}
	if queue := queueOf(t, g.his); !strings.Contains(queue, "New for you") {
		t.Error("Tom has it not")
	}
}

func TestAManagerHasNoQueue(t *testing.T) {
	g := newGroup(t)
	b := g.SignIn(t, g.MustPerson(t, web.Manager))
	if page := b.Get("/facilitate"); page.Status != http.StatusOK || page.Page(t).Find("#queue").Length() != 0 {
		t.Errorf("status %d, with a queue", page.Status)
	}
	if r := ask(b, "/facilitate/queue", ""); r.Status != http.StatusNotFound {
		t.Errorf("alone it is status %d", r.Status)
	}
}

func TestWhatSomebodyBeganToWriteStandsInTheirQueue(t *testing.T) {
	g := newGroup(t)
	share := g.share(t, g.learner(t, "Dina", g.tom, web.Facilitator), g.tom, web.Facilitator, heron)
	g.answers(t, share, "Thank you.")
	g.his.Post("/facilitate/shares/"+share, url.Values{"reply": {"One more thing"}, "do": {"save"}})
	if queue := queueOf(t, g.his); !strings.Contains(queue, "You began to answer Dina") || strings.Contains(queue, "One more thing") {
		t.Error(queue)
	}
}

func TestWhoIsStuckIsInTheQueueUntilSomebodyHelped(t *testing.T) {
	g := newGroup(t)
	dina := g.learner(t, "Dina", g.tom, web.Facilitator)
	module := g.one(t, "SELECT id FROM modules WHERE slug = 'water'", nil)
	if err := g.House.Reflections.Stuck(t.Context(), dina.ID, module, "boil"); err != nil {
		t.Fatal(err)
	}
	r := g.his.Get("/facilitate")
	if queue := words(r.Page(t).Find("#queue").Text()); !strings.Contains(queue, "Dina Stuck, and asked for help Water") {
		t.Fatal(queue)
	}
	settle, _ := r.Page(t).Find("#queue form").Attr("action")
	if r := g.SignIn(t, g.MustPerson(t, web.Facilitator)).Post(settle, nil); r.Status != http.StatusNotFound {
		t.Errorf("somebody else settles it: status %d", r.Status)
	}
	if r := g.his.Post(settle, nil); r.Status != http.StatusSeeOther {
		t.Fatalf("status %d", r.Status)
	}
	if queue := queueOf(t, g.his); strings.Contains(queue, "Stuck, and asked for help") {
		t.Error(queue)
	}
}

func TestTheQueueIsSentAgainOnlyOnceItShowsSomethingElse(t *testing.T) {
	g := newGroup(t)
	dina := g.learner(t, "Dina", g.tom, web.Facilitator)
	tag, _ := g.his.Get("/facilitate").Page(t).Find("#queue").Attr("data-tag")
	same := ask(g.his, "/facilitate/queue", tag)
	if same.Status != http.StatusNotModified || same.Body != "" || same.Header.Get("ETag") != tag {
		t.Fatalf("unchanged: status %d, %q for %q\n%s", same.Status, same.Header.Get("ETag"), tag, same.Body)
	}
	g.share(t, dina, g.tom, web.Facilitator, heron)
	now := ask(g.his, "/facilitate/queue", tag)
	if now.Status != http.StatusOK || !strings.Contains(now.Body, "Dina") || strings.Contains(now.Body, "<html") {
		t.Fatalf("changed: status %d\n%s", now.Status, now.Body)
	}
	if h := now.Header; h.Get("Cache-Control") != "no-store" || !strings.Contains(h.Get("Vary"), "Cookie") || h.Get("ETag") == tag {
		t.Errorf("its headers: %v", h)
	}
	if r := ask(g.SignIn(t, g.MustPerson(t, web.Facilitator)), "/facilitate/queue", now.Header.Get("ETag")); r.Status != http.StatusOK {
		t.Errorf("with the tag of somebody else: status %d", r.Status)
	}
	if r := ask(g.his, "/facilitate/queue", `"x", W/`+now.Header.Get("ETag")); r.Status != http.StatusNotModified {
		t.Errorf("one of several tags: status %d", r.Status)
	}
	if r := g.his.Get("/facilitate/queue"); r.Location != "/facilitate" {
		t.Errorf("whoever opens it as a page gets status %d", r.Status)
	}
}

func TestWhatAPageAsksForByItselfLeavesTheNoticeForThePage(t *testing.T) {
	g := newGroup(t)
	share := g.share(t, g.learner(t, "Dina", g.tom, web.Facilitator), g.tom, web.Facilitator, heron)
	g.answers(t, share, "Thank you.")
	ask(g.his, "/facilitate/queue", "")
	if body := g.his.Get("/facilitate").Body; !strings.Contains(body, "Your answer is on its way") {
		t.Error("the page does not say that it was sent")
	}
}

func TestAPageThatLooksAgainByItselfKeepsNobodySignedIn(t *testing.T) {
	g := newGroup(t)
	b := g.SignIn(t, g.tom) // on a shared computer
	r := b.Request(http.MethodGet, "/facilitate/queue", nil)
	r.Header.Set("HX-Request", "true")
	r.Header.Set("By-Itself", "true")
	g.Clock.Pass(14 * time.Minute)
	if r := b.Do(r); r.Status != http.StatusOK {
		t.Fatalf("status %d", r.Status)
	}
	g.Clock.Pass(2 * time.Minute)
	if r := b.Get("/facilitate"); !strings.HasPrefix(r.Location, "/sign-in") {
		t.Errorf("after sixteen minutes in which nobody did anything: status %d", r.Status)
	}
}

func TestAFacilitatorOfAnotherProgrammeLearnsNothing(t *testing.T) {
	g := newGroup(t)
	share := g.share(t, g.learner(t, "Dina", g.tom, web.Facilitator), g.tom, web.Facilitator, heron)
	elsewhere, err := people.CreateProgramme(g.App, people.Programme{Name: "Elsewhere", Label: "South"})
	if err != nil {
		t.Fatal(err)
	}
	p := g.MustPerson(t)
	g.MustJoin(t, people.Membership{User: p.ID, Role: web.Facilitator, Programme: elsewhere})
	b := g.SignIn(t, p)
	if queue := queueOf(t, b); strings.Contains(queue, "Dina") {
		t.Error(queue)
	}
	if r := b.Get("/facilitate/shares/" + share); r.Status != http.StatusNotFound {
		t.Errorf("status %d", r.Status)
	}
}
