package facilitation_test

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"alongside/hooks/hooktest"
	"alongside/hooks/people"
	"alongside/hooks/web"
)

func (g *group) handing(to hooktest.Person, do string, learners ...hooktest.Person) url.Values {
	form := url.Values{"from": {g.tom.ID}, "role": {"facilitator"}, "programme": {g.programme}, "to": {to.ID}, "do": {do}}
	for _, l := range learners {
		form.Add("learner", l.ID)
	}
	return form
}

func TestLearnersAreHandedOverAfterALookAndAreTold(t *testing.T) {
	g := newGroup(t)
	linh := g.MustPerson(t, web.Facilitator)
	g.rename(t, linh, "Linh")
	dina, yusuf := g.learner(t, "Dina", g.tom, web.Facilitator), g.learner(t, "Yusuf", g.tom, web.Facilitator)
	hers := g.SignInOnOwn(t, linh)
	if r := hers.Get("/facilitate/learners/" + dina.ID); r.Status != 404 {
		t.Fatalf("before: status %d", r.Status)
	}
	form := g.his.Get("/facilitate/hand-over")
	if n := form.Page(t).Find("input[name=learner][checked]").Length(); form.Status != 200 || n != 2 {
		t.Fatalf("status %d, %d learners are ticked\n%s", form.Status, n, form.Body)
	}

	check := g.his.Post("/facilitate/hand-over", g.handing(linh, "check", dina))
	if check.Status != 200 || !strings.Contains(check.Body, "They will not see what a learner ticked or wrote") || strings.Contains(check.Body, "Yusuf") {
		t.Errorf("the look: status %d\n%s", check.Status, check.Body)
	}
	if n := g.count(t, "assignments WHERE ends != ''"); n != 0 {
		t.Fatal("a look changed something")
	}

	for range 2 { // and pressed twice
		g.his.Post("/facilitate/hand-over", g.handing(linh, "hand-over", dina))
	}
	if r := hers.Get("/facilitate/learners/" + dina.ID); r.Status != 200 {
		t.Errorf("the new one: status %d", r.Status)
	}
	if r := g.his.Get("/facilitate/learners/" + dina.ID); r.Status != 404 {
		t.Errorf("the former one: status %d", r.Status)
	}
	if r := g.his.Get("/facilitate/learners/" + yusuf.ID); r.Status != 200 {
		t.Errorf("who stayed: status %d", r.Status)
	}
	if n := g.count(t, "audit WHERE subject = '"+dina.ID+"' AND kind IN ('assigned', 'unassigned')"); n != 2 {
		t.Errorf("%d rows", n)
	}
	home := g.SignInOnOwn(t, dina)
	if r := home.Get("/"); !strings.Contains(r.Page(t).Find(".notice").Text(), "Linh walks beside you now. Before it was Tom") {
		t.Errorf("she is not told:\n%s", r.Body)
	}
	g.Clock.Pass(15 * 24 * time.Hour)
	if r := home.Get("/"); strings.Contains(r.Body, "Before it was") {
		t.Error("two weeks later she is still told")
	}
}

func TestNobodyHandsOverWhatIsNotTheirsOrToWhoeverIsNotThat(t *testing.T) {
	g := newGroup(t)
	linh, marek := g.MustPerson(t, web.Facilitator), g.MustPerson(t, web.Mentor)
	dina := g.learner(t, "Dina", g.tom, web.Facilitator)
	elsewhere, err := people.CreateProgramme(g.App, people.Programme{Name: "Elsewhere", Label: "Elsewhere"})
	if err != nil {
		t.Fatal(err)
	}
	far := g.MustPerson(t)
	g.MustJoin(t, people.Membership{User: far.ID, Role: web.Facilitator, Programme: elsewhere})
	far2 := g.MustPerson(t)
	g.MustJoin(t, people.Membership{User: far2.ID, Role: web.Manager, Programme: elsewhere})
	for name, p := range map[string]hooktest.Person{"colleague": linh, "manager of another": far2} {
		g.SignInOnOwn(t, p).Post("/facilitate/hand-over", g.handing(linh, "hand-over", dina))
		if n := g.count(t, "assignments WHERE ends != ''"); n != 0 {
			t.Errorf("%s took her", name)
		}
	}
	if r := g.SignInOnOwn(t, marek).Post("/facilitate/hand-over", g.handing(linh, "hand-over", dina)); r.Status != 404 {
		t.Errorf("mentor: status %d", r.Status)
	}
	for name, to := range map[string]hooktest.Person{"a mentor": marek, "another programme's": far, "a learner": dina, "himself": g.tom} {
		if r := g.his.Post("/facilitate/hand-over", g.handing(to, "hand-over", dina)); r.Status != 422 {
			t.Errorf("to %s: status %d", name, r.Status)
		}
	}
	if r := g.his.Post("/facilitate/hand-over", g.handing(linh, "hand-over")); r.Status != 422 {
		t.Errorf("nobody chosen: status %d", r.Status)
	}
}

func TestAManagerHandsOverAnybodysLearners(t *testing.T) {
	g := newGroup(t)
	linh, marek := g.MustPerson(t, web.Facilitator), g.MustPerson(t, web.Mentor)
	dina := g.learner(t, "Dina", g.tom, web.Facilitator)
	g.assign(t, dina, marek, web.Mentor)
	kofi := g.SignInOnOwn(t, g.MustPerson(t, web.Manager))
	if r := kofi.Get("/facilitate/hand-over"); r.Page(t).Find("main a.row-name").Length() != 2 {
		t.Errorf("whose learners: %s", r.Body)
	}
	if r := kofi.Get("/facilitate/hand-over?from=" + g.tom.ID); r.Page(t).Find("input[name=learner]").Length() != 1 {
		t.Errorf("one's: %s", r.Body)
	}
	if r := kofi.Post("/facilitate/hand-over", g.handing(linh, "hand-over", dina)); r.Status != 303 {
		t.Errorf("status %d\n%s", r.Status, r.Body)
	}
	if n := g.count(t, "assignments WHERE worker = '"+linh.ID+"' AND ends = ''"); n != 1 {
		t.Errorf("%d assignments", n)
	}
}
