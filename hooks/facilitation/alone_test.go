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
)

// leavesNow ends somebody's role as a manager does.
func (g *group) leavesNow(t *testing.T, managers *hooktest.Browser, p hooktest.Person) {
	t.Helper()
	role := g.one(t, "SELECT id FROM memberships WHERE user = '"+p.ID+"'", nil)
	address := "/manage/programmes/" + g.programme + "/people/" + p.ID + "/roles/" + role
	if r := managers.Post(address, url.Values{}); r.Status != http.StatusSeeOther {
		t.Fatalf("end a role: status %d\n%s", r.Status, r.Body)
	}
}

func (g *group) taking(to hooktest.Person, role web.Role, do string, learners ...hooktest.Person) url.Values {
	form := url.Values{"from": {"nobody"}, "programme": {g.programme}, "to": {to.ID + "." + string(role)}, "do": {do}}
	for _, l := range learners {
		form.Add("learner", l.ID)
	}
	return form
}

func TestWhoeverHasNobodyAnyMoreIsSeenAndHandedOver(t *testing.T) {
	g := newGroup(t)
	linh := g.MustPerson(t, web.Facilitator)
	g.rename(t, linh, "Linh")
	dina, yusuf := g.learner(t, "Dina", g.tom, web.Facilitator), g.learner(t, "Yusuf", g.tom, web.Facilitator)
	g.learner(t, "Zoe", linh, web.Facilitator)
	managers := g.SignInOnOwn(t, g.MustPerson(t, web.Manager))
	if r := managers.Get("/facilitate"); strings.Contains(r.Body, "nobody beside") {
		t.Errorf("nobody is alone yet:\n%s", r.Body)
	}
	g.leavesNow(t, managers, g.tom)
	home := managers.Get("/facilitate")
	link := home.Page(t).Find("a[href^='/facilitate/hand-over?from=nobody']")
	if !strings.Contains(link.Parent().Text(), "2 learners have nobody beside them") {
		t.Fatalf("%s", home.Body)
	}
	if r := managers.Get("/facilitate/hand-over"); !strings.Contains(r.Page(t).Find("main .rows").Text(), "With nobody now") {
		t.Errorf("whose learners:\n%s", r.Body)
	}
	form := managers.Get(link.AttrOr("href", ""))
	page := form.Page(t)
	if page.Find("input[name=learner][checked]").Length() != 2 || page.Find("input[name=to][value='"+linh.ID+".facilitator']").Length() != 1 || strings.Contains(form.Body, "Zoe") {
		t.Fatalf("the form:\n%s", form.Body)
	}
	check := managers.Post("/facilitate/hand-over", g.taking(linh, web.Facilitator, "check", dina))
	if check.Status != 200 || !strings.Contains(check.Body, "how far they are") || strings.Contains(check.Body, "had them before") {
		t.Errorf("the look: status %d\n%s", check.Status, check.Body)
	}
	for range 2 { // and pressed twice
		managers.Post("/facilitate/hand-over", g.taking(linh, web.Facilitator, "hand-over", dina))
	}
	if n := g.count(t, "assignments WHERE worker = '"+linh.ID+"' AND learner = '"+dina.ID+"' AND role = 'facilitator' AND ends = ''"); n != 1 {
		t.Errorf("she has her %d times", n)
	}
	if n := g.count(t, "audit WHERE kind = 'assigned' AND subject = '"+dina.ID+"' AND item = '"+linh.ID+"'"); n != 1 {
		t.Errorf("%d rows say so", n)
	}
	if n := g.count(t, "assignments WHERE learner = '"+yusuf.ID+"' AND ends = ''"); n != 0 {
		t.Error("who was not chosen was given too")
	}
	if r := managers.Get("/facilitate"); !strings.Contains(r.Body, "1 learner has nobody beside them") {
		t.Errorf("afterwards:\n%s", r.Body)
	}
}

func TestWhoHasNobodyIsNamedEvenWhereNobodyCouldTakeThem(t *testing.T) {
	g := newGroup(t)
	g.learner(t, "Dina", g.tom, web.Facilitator)
	managers := g.SignInOnOwn(t, g.MustPerson(t, web.Manager))
	g.leavesNow(t, managers, g.tom)
	said := managers.Get("/facilitate/hand-over?from=nobody").Page(t)
	if !strings.Contains(said.Find("main").Text(), "Dina") || said.Find("main a[href='/manage/programmes/"+g.programme+"/staff/new']").Length() != 1 {
		t.Errorf("%s", said.Find("main").Text())
	}
}

func TestOnlyAManagerOfTheProgrammeHandsOverWhoHasNobody(t *testing.T) {
	g := newGroup(t)
	linh := g.MustPerson(t, web.Facilitator)
	alone := g.MustPerson(t, web.Learner)
	elsewhere, err := people.CreateProgramme(g.App, people.Programme{Name: "Elsewhere", Label: "Elsewhere"})
	if err != nil {
		t.Fatal(err)
	}
	far := g.MustPerson(t)
	g.MustJoin(t, people.Membership{User: far.ID, Role: web.Manager, Programme: elsewhere})
	for name, b := range map[string]*hooktest.Browser{"a facilitator": g.his, "a manager of another": g.SignInOnOwn(t, far)} {
		for _, address := range []string{"/facilitate", "/facilitate/hand-over", "/facilitate/hand-over?from=nobody&programme=" + g.programme} {
			if r := b.Get(address); strings.Contains(r.Body, alone.Username) || strings.Contains(r.Body, "With nobody now") || strings.Contains(r.Body, "nobody beside") {
				t.Errorf("%s at %s:\n%s", name, address, r.Body)
			}
		}
		b.Post("/facilitate/hand-over", g.taking(linh, web.Facilitator, "hand-over", alone))
	}
	managers := g.SignInOnOwn(t, g.MustPerson(t, web.Manager))
	marek := g.MustPerson(t, web.Mentor)
	for what, form := range map[string]url.Values{
		"to a role that they do not have": g.taking(marek, web.Facilitator, "hand-over", alone),
		"to somebody who is none":         g.taking(far, web.Facilitator, "hand-over", alone),
	} {
		if r := managers.Post("/facilitate/hand-over", form); r.Status != 422 {
			t.Errorf("%s: status %d", what, r.Status)
		}
	}
	if n := g.count(t, "assignments"); n != 0 {
		t.Errorf("%d assignments", n)
	}
}

func TestWhoTakesLearnersOverIsToldForTwoWeeks(t *testing.T) {
	g := newGroup(t)
	linh := g.MustPerson(t, web.Facilitator)
	var all []hooktest.Person
	for _, name := range []string{"Dina", "Yusuf", "Zoe"} {
		all = append(all, g.learner(t, name, g.tom, web.Facilitator))
	}
	hers := g.SignInOnOwn(t, linh)
	g.his.Post("/facilitate/hand-over", g.handing(linh, "hand-over", all...))
	since := g.Clock.Now().Format("2006-01-02")
	told := func() string {
		return strings.Join(strings.Fields(hers.Get("/facilitate").Page(t).Find(".taken").Text()), " ")
	}
	if said := told(); !strings.Contains(said, "Dina and 2 others have been with you since") {
		t.Errorf("%q", said)
	}
	if n := hers.Get("/facilitate").Page(t).Find(".taken time[datetime='" + since + "']").Length(); n != 1 {
		t.Errorf("it names no day")
	}
	g.Clock.Pass(15 * 24 * time.Hour)
	if said := told(); said != "" {
		t.Errorf("two weeks later: %q", said)
	}
}

func TestWhoAddsSomebodyIsNotToldOfIt(t *testing.T) {
	g := newGroup(t)
	g.his.Post("/facilitate/learners/new", g.adding(t, "Dina"))
	if r := g.his.Get("/facilitate"); !strings.Contains(r.Body, "Dina") || r.Page(t).Find(".taken").Length() != 0 {
		t.Errorf("%s", r.Body)
	}
}
