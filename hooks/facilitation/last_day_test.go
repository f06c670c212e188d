package facilitation_test

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"alongside/hooks/hooktest"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
)

// leavesIn gives somebody's role a last day, as a manager does on its page.
func (g *group) leavesIn(t *testing.T, manager *hooktest.Browser, p hooktest.Person, days int) {
	t.Helper()
	role := g.one(t, "SELECT id FROM memberships WHERE user = {:user} AND role = 'facilitator'", dbx.Params{"user": p.ID})
	address := "/manage/programmes/" + g.programme + "/people/" + p.ID + "/roles/" + role
	last := url.Values{"last": {g.Clock.Now().AddDate(0, 0, days).Format(time.DateOnly)}}
	if r := manager.Post(address, last); r.Status != 303 {
		t.Fatalf("a last day: status %d\n%s", r.Status, r.Body)
	}
}

func TestWhoLeavesOnFridayHandsEverybodyOverOnWednesday(t *testing.T) {
	g := newGroup(t)
	linh := g.MustPerson(t, web.Facilitator)
	dina, yusuf := g.learner(t, "Dina", g.tom, web.Facilitator), g.learner(t, "Yusuf", g.tom, web.Facilitator)
	g.leavesIn(t, g.SignInOnOwn(t, g.MustPerson(t, web.Manager)), g.tom, 2)
	for range 2 { // and pressed twice
		g.his.Post("/facilitate/hand-over", g.handing(linh, "hand-over", dina, yusuf))
	}
	hers := g.SignInOnOwn(t, linh)
	for name, p := range map[string]hooktest.Person{"Dina": dina, "Yusuf": yusuf} {
		if r := hers.Get("/facilitate/learners/" + p.ID); r.Status != 200 {
			t.Errorf("the new one and %s: status %d", name, r.Status)
		}
		if r := g.his.Get("/facilitate/learners/" + p.ID); r.Status != 404 {
			t.Errorf("the former one and %s: status %d", name, r.Status)
		}
	}
	if n := g.count(t, "audit WHERE kind IN ('assigned', 'unassigned')"); n != 4 {
		t.Errorf("%d rows", n)
	}
}

func TestWhoHasLeftHasNobodyLeftToHandOver(t *testing.T) {
	g := newGroup(t)
	dina := g.learner(t, "Dina", g.tom, web.Facilitator)
	boss, linh := g.MustPerson(t, web.Manager), g.MustPerson(t, web.Facilitator)
	kofi := g.SignInOnOwn(t, boss)
	g.leavesIn(t, kofi, g.tom, 2)
	g.Clock.Pass(4 * 24 * time.Hour)
	kofi = g.SignInOnOwn(t, boss)
	page := kofi.Get("/facilitate/hand-over")
	if page.Status != 200 || strings.Contains(page.Body, "Tom") || !strings.Contains(page.Body, "Dina") {
		t.Errorf("status %d: she is not among those who have nobody alone\n%s", page.Status, page.Body)
	}
	form := g.handing(linh, "hand-over", dina)
	kofi.Post("/facilitate/hand-over", form)
	if n := g.count(t, "assignments WHERE worker = '"+linh.ID+"'"); n != 0 {
		t.Error("she was handed over by somebody who has left")
	}
}
