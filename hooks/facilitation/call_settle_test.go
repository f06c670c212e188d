package facilitation_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"alongside/hooks/hooktest"
	"alongside/hooks/web"
)

// stuck lets a learner say that they are stuck, and gives the id of the call.
func (g *group) stuck(t *testing.T, learner hooktest.Person) string {
	t.Helper()
	module := g.one(t, "SELECT id FROM modules WHERE slug = 'water'", nil)
	if err := g.House.Reflections.Stuck(t.Context(), learner.ID, module, "boil"); err != nil {
		t.Fatal(err)
	}
	return g.one(t, "SELECT id FROM calls WHERE ended = ''", nil)
}

func TestWhoeverMarkedSomebodyAsHelpedTooEarlyPutsThemBackWithinTheHour(t *testing.T) {
	g := newGroup(t)
	dina := g.learner(t, "Dina", g.tom, web.Facilitator)
	mentor := g.MustPerson(t, web.Mentor)
	g.assign(t, dina, mentor, web.Mentor)
	call := g.stuck(t, dina)
	r := g.his.Post("/facilitate/calls/"+call+"/settle", nil)
	if said := g.his.Follow(r).Page(t).Find(".notice").Text(); !strings.Contains(said, "put them back within an hour") {
		t.Errorf("he reads %q", said)
	}
	hers := g.SignIn(t, mentor)
	if queue := queueOf(t, hers); strings.Contains(queue, "Dina") {
		t.Errorf("the other has %s", queue)
	}
	if r := hers.Post("/facilitate/calls/"+call+"/again", nil); r.Status != http.StatusNotFound {
		t.Errorf("who did not settle it puts it back: status %d", r.Status)
	}
	form := g.his.Get("/facilitate").Page(t).Find("#queue form[action='/facilitate/calls/" + call + "/again']")
	if form.Length() != 1 {
		t.Fatalf("%d buttons", form.Length())
	}
	if r := g.his.Post("/facilitate/calls/"+call+"/again", nil); r.Status != http.StatusSeeOther {
		t.Fatalf("status %d", r.Status)
	}
	for _, b := range []*hooktest.Browser{g.his, hers} {
		if queue := queueOf(t, b); !strings.Contains(queue, "Stuck, and asked for help") || strings.Contains(queue, "You helped") {
			t.Errorf("it is not back: %s", queue)
		}
	}
	g.his.Post("/facilitate/calls/"+call+"/settle", nil)
	g.Clock.Pass(61 * time.Minute)
	his := g.SignIn(t, g.tom)
	if r := his.Post("/facilitate/calls/"+call+"/again", nil); r.Status != http.StatusNotFound || strings.Contains(queueOf(t, his), "Dina") {
		t.Errorf("after an hour: status %d", r.Status)
	}
}

func TestWhoeverAskedAnewIsNotPutBackTwice(t *testing.T) {
	g := newGroup(t)
	dina := g.learner(t, "Dina", g.tom, web.Facilitator)
	call := g.stuck(t, dina)
	g.his.Post("/facilitate/calls/"+call+"/settle", nil)
	g.stuck(t, dina)
	if r := g.his.Post("/facilitate/calls/"+call+"/again", nil); r.Status != http.StatusNotFound {
		t.Errorf("status %d", r.Status)
	}
	if n := g.one(t, "SELECT COUNT(*) FROM calls WHERE ended = ''", nil); n != "1" {
		t.Errorf("%s are open", n)
	}
}

func TestAnOpenQueueSaysThatSomebodyNeedsHelpNow(t *testing.T) {
	g := newGroup(t)
	dina := g.learner(t, "Dina", g.tom, web.Facilitator)
	tag := g.his.Get("/facilitate").Page(t).Find("#queue").AttrOr("data-tag", "")
	if err := g.House.Reflections.AskNow(t.Context(), dina.ID); err != nil {
		t.Fatal(err)
	}
	r := ask(g.his, "/facilitate/queue", tag)
	if r.Status != http.StatusOK || !strings.Contains(r.Body, "Somebody needs help now.") || strings.Contains(r.Body, "Dina") {
		t.Errorf("status %d\n%s", r.Status, r.Body)
	}
	if n := strings.Count(g.his.Get("/facilitate").Body, "Somebody needs help now."); n != 1 {
		t.Errorf("the whole page says it %d times", n)
	}
	if n := strings.Count(g.his.Get("/facilitate?find=x").Body, "Somebody needs help now."); n != 1 {
		t.Errorf("without the queue the page says it %d times", n)
	}
}

func TestALearnersPageLeadsToAConcernAboutThemWhoeverMayRaiseOne(t *testing.T) {
	g := newGroup(t)
	dina := g.learner(t, "Dina", g.tom, web.Facilitator)
	link := "a[href='/concerns/new?about=" + dina.ID + "']"
	if g.his.Get("/facilitate/learners/"+dina.ID).Page(t).Find(link).Length() != 1 {
		t.Error("hers has no link to one")
	}
	if g.his.Get("/concerns/new?about="+dina.ID).Page(t).Find("option[selected][value$=':"+dina.ID+"']").Length() != 1 {
		t.Error("the link does not choose her")
	}
	r := g.SignIn(t, g.MustPerson(t, web.Manager)).Get("/facilitate/learners/" + dina.ID)
	if r.Status == http.StatusOK && r.Page(t).Find(link).Length() != 0 {
		t.Error("a manager is led where they may not go")
	}
}
