package facilitation_test

import (
	"net/url"
	"testing"
	"time"

	"alongside/hooks/hooktest"
	"alongside/hooks/people"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
)

// A group is one cohort with somebody who facilitates it.
type group struct {
	*hooktest.Site
	programme, cohort string
	course            string
	tom               hooktest.Person // the facilitator
	his               *hooktest.Browser
}

func newGroup(t *testing.T) *group {
	t.Helper()
	g := &group{Site: hooktest.Start(t)}
	g.programme, g.cohort = g.MustProgramme(t)
	g.Publish(t, "tea", course)
	g.course = g.one(t, "SELECT id FROM courses WHERE slug = 'tea'", nil)
	g.tom = g.MustPerson(t, web.Facilitator)
	g.rename(t, g.tom, "Tom")
	g.his = g.SignInOnOwn(t, g.tom)
	return g
}

var course = map[string]string{
	"course.md":   "---\ntitle: Tea\nsummary: How to make it.\nlanguage: en\n---\n\nTea.\n",
	"01-water.md": "---\ntitle: Water\nminutes: 5\n---\nWater first.\n\n## Boil {#boil}\n\nLet it boil.\n\n## Wait {#wait}\n\nWait a while.\n",
	"02-leaf.md":  "---\ntitle: Leaf\nminutes: 5\n---\nThen the leaf.\n\n## Steep {#steep}\n\nFour minutes.\n",
}

// one is the first column of the first row of a statement, "" for none.
func (g *group) one(t testing.TB, sql string, params dbx.Params) (value string) {
	t.Helper()
	if err := g.App.DB().NewQuery(sql).Bind(params).Row(&value); err != nil {
		return ""
	}
	return value
}

func (g *group) count(t testing.TB, table string) (n int) {
	t.Helper()
	if err := g.App.DB().NewQuery("SELECT COUNT(*) FROM " + table).Row(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

func (g *group) rename(t testing.TB, p hooktest.Person, name string) {
	t.Helper()
	if _, err := g.App.DB().Update("users", dbx.Params{"name": name}, dbx.HashExp{"id": p.ID}).Execute(); err != nil {
		t.Fatal(err)
	}
}

// learner is somebody in the group whom a worker walks beside.
func (g *group) learner(t testing.TB, name string, worker hooktest.Person, role web.Role) hooktest.Person {
	t.Helper()
	p := g.MustPerson(t, web.Learner)
	g.rename(t, p, name)
	g.assign(t, p, worker, role)
	return p
}

func (g *group) assign(t testing.TB, learner, worker hooktest.Person, role web.Role) {
	t.Helper()
	err := people.Assign(g.App, people.Assignment{
		Learner: learner.ID, Worker: worker.ID, Role: role, Programme: g.programme, Starts: g.Clock.Now().Add(-time.Hour),
	})
	if err != nil {
		t.Fatal(err)
	}
}

// adding is the form for somebody new, as it comes from its page.
func (g *group) adding(t *testing.T, name string) url.Values {
	t.Helper()
	r := g.his.Get("/facilitate/learners/new")
	if r.Status != 200 {
		t.Fatalf("the form: status %d\n%s", r.Status, r.Body)
	}
	form := url.Values{"called": {name}}
	page := r.Page(t)
	for _, field := range []string{"key", "cohort", "whose"} {
		value, ok := page.Find("main input[name=" + field + "]").Attr("value")
		if !ok {
			t.Fatalf("the form has no %s", field)
		}
		form.Set(field, value)
	}
	form.Set("course", page.Find("#course option[selected]").AttrOr("value", ""))
	if beside, ok := page.Find("input[name=beside][checked]").Attr("value"); ok {
		form.Set("beside", beside)
	}
	return form
}
