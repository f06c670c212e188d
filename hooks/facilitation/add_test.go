package facilitation_test

import (
	"net/url"
	"strings"
	"sync"
	"testing"

	"alongside/hooks/people"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
)

func TestSomebodyIsAddedWithAllTheyNeedOnOneScreen(t *testing.T) {
	g := newGroup(t)
	r := g.his.Post("/facilitate/learners/new", g.adding(t, "Dina"))
	if r.Status != 303 || !strings.HasPrefix(r.Location, "/facilitate/cards/") {
		t.Fatalf("status %d, to %q\n%s", r.Status, r.Location, r.Body)
	}
	dina := g.one(t, "SELECT id FROM users WHERE name = 'Dina'", nil)
	for what, sql := range map[string]string{
		"membership": "SELECT id FROM memberships WHERE user = {:u} AND role = 'learner' AND cohort = {:c} AND programme = {:p}",
		"enrolment":  "SELECT id FROM enrolments WHERE user = {:u} AND course = {:course} AND state = 'active'",
		"assignment": "SELECT id FROM assignments WHERE learner = {:u} AND worker = {:tom} AND role = 'facilitator'",
		"card":       "SELECT id FROM cards WHERE user = {:u} AND state = 'active'",
		"added":      "SELECT id FROM audit WHERE subject = {:u} AND kind = 'person-added' AND actor = {:tom}",
		"assigned":   "SELECT id FROM audit WHERE subject = {:u} AND kind = 'assigned' AND item = {:tom}",
		"card-made":  "SELECT id FROM audit WHERE subject = {:u} AND kind = 'card-made'",
	} {
		if g.one(t, sql, dbx.Params{"u": dina, "c": g.cohort, "p": g.programme, "course": g.course, "tom": g.tom.ID}) == "" {
			t.Errorf("no %s", what)
		}
	}
	if sheet := g.his.Follow(r); sheet.Status != 200 || !strings.Contains(sheet.Body, "Dina") {
		t.Errorf("the card: status %d", sheet.Status)
	}
	if home := g.his.Get("/facilitate"); !strings.Contains(home.Body, "Dina") || !strings.Contains(home.Body, "Card not used yet") {
		t.Errorf("they are not in the list:\n%s", home.Body)
	}
}

func TestAFormThatIsSentTwiceAtOnceMakesOnePersonAndLeadsToTheSameCard(t *testing.T) {
	g := newGroup(t)
	form := g.adding(t, "Dina")
	var both sync.WaitGroup
	var led [2]string
	for i := range led {
		both.Go(func() { led[i] = g.his.Post("/facilitate/learners/new", form).Location })
	}
	both.Wait()
	if n := g.count(t, "users WHERE name = 'Dina'"); n != 1 {
		t.Errorf("%d people", n)
	}
	if led[0] == "" || led[0] != led[1] {
		t.Errorf("led to %q and %q", led[0], led[1])
	}

	// Much later the card is gone, and the person is still one.
	g.Clock.Pass(20 * 60 * 1e9)
	if r := g.his.Post("/facilitate/learners/new", form); !strings.HasPrefix(r.Location, "/facilitate/learners/") {
		t.Errorf("later: status %d, to %q", r.Status, r.Location)
	}
	if n := g.count(t, "users WHERE name = 'Dina'"); n != 1 {
		t.Errorf("later: %d people", n)
	}

	// Whoever goes back and types another name means somebody else.
	form.Set("called", "Yusuf")
	g.his.Post("/facilitate/learners/new", form)
	if n := g.count(t, "users WHERE name = 'Yusuf'"); n != 1 {
		t.Errorf("somebody else: %d people", n)
	}
}

func TestWhatIsWrongInTheFormComesBackAtItsFieldAndNobodyIsMade(t *testing.T) {
	g := newGroup(t)
	before := g.count(t, "users")
	for field, value := range map[string]string{
		"called": strings.Repeat("a", 101), "language": "xx", "course": "nosuchcourse123", "beside": "nobody000000000.mentor",
	} {
		form := g.adding(t, "Dina")
		form.Set(field, value)
		r := g.his.Post("/facilitate/learners/new", form)
		if r.Status != 422 {
			t.Errorf("%s: status %d", field, r.Status)
		}
		page := r.Page(t)
		if page.Find(".errors a[href='#"+field+"']").Length() != 1 {
			t.Errorf("%s: no problem in the summary", field)
		}
		if want := form.Get("called"); page.Find("#called").AttrOr("value", "") != want {
			t.Errorf("%s: what was typed is gone", field)
		}
	}
	if n := g.count(t, "users"); n != before {
		t.Errorf("%d people were made", n-before)
	}
}

func TestNothingIsHalfMadeWhereSomethingFails(t *testing.T) {
	g := newGroup(t)
	if _, err := g.App.NonconcurrentDB().NewQuery("CREATE TRIGGER t BEFORE INSERT ON cards BEGIN SELECT RAISE(ABORT, 'full'); END").Execute(); err != nil {
		t.Fatal(err)
	}
	before := g.count(t, "users") + g.count(t, "memberships") + g.count(t, "assignments") + g.count(t, "audit")
	form := g.adding(t, "Dina")
	if r := g.his.Post("/facilitate/learners/new", form); r.Status != 500 {
		t.Errorf("status %d", r.Status)
	}
	if after := g.count(t, "users") + g.count(t, "memberships") + g.count(t, "assignments") + g.count(t, "audit"); after != before {
		t.Errorf("%d rows are left of it", after-before)
	}
	if _, err := g.App.NonconcurrentDB().NewQuery("DROP TRIGGER t").Execute(); err != nil {
		t.Fatal(err)
	}
	if r := g.his.Post("/facilitate/learners/new", form); r.Status != 303 {
		t.Errorf("sent again: status %d", r.Status)
	}
}

func TestNobodyAddsToAGroupThatIsNotTheirs(t *testing.T) {
	g := newGroup(t)
	other, err := people.CreateCohort(g.App, g.programme, "Monday group", g.Clock.Now())
	if err != nil {
		t.Fatal(err)
	}
	elsewhere, err := people.CreateProgramme(g.App, people.Programme{Name: "Elsewhere", Label: "Elsewhere"})
	if err != nil {
		t.Fatal(err)
	}
	foreign, err := people.CreateCohort(g.App, elsewhere, "Far group", g.Clock.Now())
	if err != nil {
		t.Fatal(err)
	}
	before := g.count(t, "users")
	for _, cohort := range []string{other, foreign, "nosuchcohort123"} {
		form := g.adding(t, "Dina")
		form.Set("cohort", cohort)
		if r := g.his.Post("/facilitate/learners/new", form); r.Status != 404 {
			t.Errorf("%s: status %d", cohort, r.Status)
		}
		if r := g.his.Get("/facilitate/learners/new?cohort=" + cohort); r.Status != 404 {
			t.Errorf("%s: its form: status %d", cohort, r.Status)
		}
	}
	if n := g.count(t, "users"); n != before {
		t.Errorf("%d people were made", n-before)
	}
	for _, role := range []web.Role{web.Learner, web.Mentor, web.Lead} {
		b := g.SignInOnOwn(t, g.MustPerson(t, role))
		if r := b.Get("/facilitate/learners/new"); r.Status != 404 {
			t.Errorf("%s: status %d", role, r.Status)
		}
		if r := b.Post("/facilitate/learners/new", url.Values{"cohort": {g.cohort}, "called": {"x"}}); r.Status != 404 {
			t.Errorf("%s: sends: status %d", role, r.Status)
		}
	}
}

func TestSomebodyElsesWorkerCannotBeChosen(t *testing.T) {
	g := newGroup(t)
	stranger := g.MustPerson(t) // no role anywhere
	form := g.adding(t, "Dina")
	form.Set("beside", stranger.ID+".facilitator")
	if r := g.his.Post("/facilitate/learners/new", form); r.Status != 422 {
		t.Errorf("status %d", r.Status)
	}
}

func TestAFirstVisitSaysWhatToDo(t *testing.T) {
	g := newGroup(t)
	if r := g.his.Get("/facilitate"); r.Status != 200 || !strings.Contains(r.Body, "You have no learners yet") {
		t.Errorf("status %d\n%s", r.Status, r.Body)
	}
	alone := g.MustPerson(t)
	g.MustJoin(t, people.Membership{User: alone.ID, Role: web.Facilitator, Programme: g.programme})
	b := g.SignInOnOwn(t, alone)
	if r := b.Get("/facilitate/learners/new"); !strings.Contains(r.Body, "You are not in a group yet") {
		t.Errorf("without a group: %s", r.Body)
	}
}
