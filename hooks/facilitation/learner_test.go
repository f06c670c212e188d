package facilitation_test

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"alongside/hooks/hooktest"
	"alongside/hooks/learning"
	"alongside/hooks/people"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
)

// begun puts a learner on the course and lets them do its first module and one
// step of the second, by their own hand.
func (g *group) begun(t testing.TB, p hooktest.Person) {
	t.Helper()
	if err := learning.Enrol(g.App, p.ID, g.course, g.Clock.Now()); err != nil {
		t.Fatal(err)
	}
	b := g.SignInOnOwn(t, p)
	for _, step := range []string{"water/start", "water/boil", "water/wait", "leaf/start"} {
		address := "/courses/tea/" + step
		form := url.Values{"do": {"continue"}, "revision": {b.Get(address).Page(t).Find("input[name=revision]").AttrOr("value", "")}}
		if r := b.Post(address, form); r.Status != 303 {
			t.Fatalf("%s: status %d\n%s", step, r.Status, r.Body)
		}
	}
}

func TestAFacilitatorSeesWhereALearnerIsAndAMentorOnlyWhatIsDone(t *testing.T) {
	g := newGroup(t)
	marek := g.MustPerson(t, web.Mentor)
	dina := g.learner(t, "Dina", g.tom, web.Facilitator)
	g.assign(t, dina, marek, web.Mentor)
	g.begun(t, dina)
	address := "/facilitate/learners/" + dina.ID
	mentors := g.SignInOnOwn(t, marek)

	if r := g.his.Get("/facilitate"); !strings.Contains(r.Body, "step 2 of 2") || !strings.Contains(r.Body, "No card yet") {
		t.Errorf("the facilitator's list:\n%s", r.Body)
	}
	if r := g.his.Get(address); !strings.Contains(r.Body, "1 of 2 steps done") || !strings.Contains(r.Body, "Make a card") {
		t.Errorf("the facilitator's page:\n%s", r.Body)
	}
	if r := mentors.Get("/facilitate"); !strings.Contains(r.Body, "1 of 2 modules done") || strings.Contains(r.Body, "step 2 of 2") || strings.Contains(r.Body, "card") {
		t.Errorf("the mentor's list:\n%s", r.Body)
	}
	r := mentors.Get(address)
	if r.Status != 200 || !strings.Contains(r.Body, "Not yet") || strings.Contains(r.Body, "steps done") || strings.Contains(r.Body, "/card") || strings.Contains(r.Body, "/pause") {
		t.Errorf("the mentor's page: status %d\n%s", r.Status, r.Body)
	}
}

func TestAManagerSeesAccountsAndNothingOfHowFarAnybodyIs(t *testing.T) {
	g := newGroup(t)
	dina := g.learner(t, "Dina", g.tom, web.Facilitator)
	g.begun(t, dina)
	kofi := g.SignInOnOwn(t, g.MustPerson(t, web.Manager))
	for _, address := range []string{"/facilitate", "/facilitate/learners/" + dina.ID} {
		r := kofi.Get(address)
		if r.Status != 200 || !strings.Contains(r.Body, "Dina") || !strings.Contains(r.Body, "No card yet") {
			t.Errorf("%s: status %d\n%s", address, r.Status, r.Body)
		}
		if strings.Contains(r.Body, "steps done") || strings.Contains(r.Body, "modules done") || strings.Contains(r.Body, "Water") {
			t.Errorf("%s shows how far they are:\n%s", address, r.Body)
		}
	}
}

func TestALearnerIsNotThereForWhoeverTheyAreNot(t *testing.T) {
	g := newGroup(t)
	dina := g.learner(t, "Dina", g.tom, web.Facilitator)
	linh := g.MustPerson(t, web.Facilitator) // of the same group, with other learners
	former := g.MustPerson(t)
	g.MustJoin(t, people.Membership{User: former.ID, Role: web.Facilitator, Programme: g.programme, Cohort: g.cohort, Ends: g.Clock.Now().Add(-time.Minute)})
	g.assign(t, dina, former, web.Facilitator)
	elsewhere, err := people.CreateProgramme(g.App, people.Programme{Name: "Elsewhere", Label: "Elsewhere"})
	if err != nil {
		t.Fatal(err)
	}
	far := g.MustPerson(t)
	g.MustJoin(t, people.Membership{User: far.ID, Role: web.Manager, Programme: elsewhere})
	for name, p := range map[string]hooktest.Person{
		"another's": linh, "whose role ended": former, "another programme's manager": far, "herself": dina,
		"lead": g.MustPerson(t, web.Lead), "site manager": g.MustSiteManager(t),
	} {
		b := g.SignInOnOwn(t, p)
		for _, id := range []string{dina.ID, "nobodyofthisid1"} {
			if r := b.Get("/facilitate/learners/" + id); r.Status != 404 {
				t.Errorf("%s: %s: status %d", name, id, r.Status)
			}
			for _, act := range []string{"pause", "resume", "courses"} {
				if r := b.Post("/facilitate/learners/"+id+"/"+act, url.Values{"course": {g.course}}); r.Status != 404 {
					t.Errorf("%s: %s %s: status %d", name, act, id, r.Status)
				}
			}
		}
		if r := b.Get("/facilitate?find=Dina"); strings.Contains(r.Body, dina.ID) {
			t.Errorf("%s finds her", name)
		}
	}
	if g.one(t, "SELECT paused FROM memberships WHERE user = {:u}", dbx.Params{"u": dina.ID}) != "" || g.count(t, "enrolments") != 0 {
		t.Error("a refused request changed something")
	}
}

func TestToOpenALearnersPageIsRecordedOncePerHour(t *testing.T) {
	g := newGroup(t)
	dina := g.learner(t, "Dina", g.tom, web.Facilitator)
	seen := func() int { return g.count(t, "audit WHERE kind = 'account-viewed' AND subject = '"+dina.ID+"'") }
	for range 3 {
		g.his.Get("/facilitate/learners/" + dina.ID)
	}
	if seen() != 1 {
		t.Errorf("three times in a row: %d rows", seen())
	}
	g.Clock.Pass(61 * time.Minute)
	g.his.Get("/facilitate/learners/" + dina.ID)
	if seen() != 2 {
		t.Errorf("an hour later: %d rows", seen())
	}
}

func TestALearnerIsPutOnACourseAndHasABreak(t *testing.T) {
	g := newGroup(t)
	dina := g.learner(t, "Dina", g.tom, web.Facilitator)
	address := "/facilitate/learners/" + dina.ID
	if r := g.his.Post(address+"/courses", url.Values{"course": {"nosuchcourse123"}}); r.Status != 422 {
		t.Errorf("no such course: status %d", r.Status)
	}
	if r := g.his.Post(address+"/courses", url.Values{"course": {g.course}}); r.Status != 303 {
		t.Errorf("a course: status %d", r.Status)
	}
	if n := g.count(t, "enrolments WHERE user = '"+dina.ID+"' AND state = 'active'"); n != 1 {
		t.Errorf("%d enrolments", n)
	}
	g.his.Post(address+"/pause", nil)
	g.his.Post(address+"/pause", nil)
	if r := g.his.Get("/facilitate"); !strings.Contains(r.Body, "having a break since") {
		t.Errorf("the list does not say that she has a break:\n%s", r.Body)
	}
	g.his.Post(address+"/resume", nil)
	if r := g.his.Get(address); strings.Contains(r.Body, "End the break</button>") || g.one(t, "SELECT paused FROM memberships WHERE user = {:u}", dbx.Params{"u": dina.ID}) != "" {
		t.Errorf("she is back:\n%s", r.Body)
	}
	if n := g.count(t, "audit WHERE kind IN ('paused', 'resumed')"); n != 2 {
		t.Errorf("%d rows of the break", n)
	}
}

func TestALongListIsCutAndSearched(t *testing.T) {
	g := newGroup(t)
	for range 51 {
		g.learner(t, "Somebody", g.tom, web.Facilitator)
	}
	g.learner(t, "100%_of", g.tom, web.Facilitator)
	r := g.his.Get("/facilitate")
	if n := r.Page(t).Find(".learners .row").Length(); n != 50 || !strings.Contains(r.Body, "page=2") {
		t.Errorf("%d on the first page\n", n)
	}
	if n := g.his.Get("/facilitate?page=2").Page(t).Find(".learners .row").Length(); n != 2 {
		t.Errorf("%d on the second page", n)
	}
	for search, want := range map[string]int{"some": 50, "%25": 1, "100%25_": 1, "_": 1, "'": 0, "nobody": 0} {
		if n := g.his.Get("/facilitate?find=" + search).Page(t).Find(".learners .row").Length(); n != want {
			t.Errorf("%q: %d", search, n)
		}
	}
}
