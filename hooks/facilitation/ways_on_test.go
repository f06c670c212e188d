package facilitation_test

import (
	"strings"
	"testing"

	"alongside/hooks/people"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
)

func TestAMentorWithoutLearnersIsNotAskedToAddSomebody(t *testing.T) {
	g := newGroup(t)
	r := g.SignInOnOwn(t, g.MustPerson(t, web.Mentor)).Get("/facilitate")
	said := r.Page(t).Find("main").Text()
	if strings.Contains(said, "Add somebody") || !strings.Contains(said, "Nobody walks with you yet. A manager or facilitator can change that.") {
		t.Errorf("%s", said)
	}
}

func TestAManagerWithoutAGroupIsLedToOne(t *testing.T) {
	g := newGroup(t)
	programme, err := people.CreateProgramme(g.App, people.Programme{Name: "New", Label: "New"})
	if err != nil {
		t.Fatal(err)
	}
	kofi := g.MustPerson(t)
	g.MustJoin(t, people.Membership{User: kofi.ID, Role: web.Manager, Programme: programme})
	his := g.SignInOnOwn(t, kofi)
	ways := func(to string) {
		t.Helper()
		for _, address := range []string{"/facilitate", "/facilitate/learners/new"} {
			r := his.Get(address)
			if said := r.Page(t).Find("main").Text(); strings.Contains(said, "Ask the manager") || !strings.Contains(said, "There is no group yet.") {
				t.Errorf("%s: %s", address, said)
			}
			if r.Page(t).Find("main a[href='"+to+"']").Length() != 1 {
				t.Errorf("%s does not lead to %s", address, to)
			}
		}
		if r := his.Get(to); r.Status != 200 {
			t.Errorf("%s: status %d", to, r.Status)
		}
	}
	ways("/manage/programmes/" + programme + "/cohorts/new")
	other, err := people.CreateProgramme(g.App, people.Programme{Name: "Other", Label: "Other"})
	if err != nil {
		t.Fatal(err)
	}
	g.MustJoin(t, people.Membership{User: kofi.ID, Role: web.Manager, Programme: other})
	ways("/manage")
}

func TestWhoMayPutSomebodyOnACourseIsLedThere(t *testing.T) {
	g := newGroup(t)
	g.learner(t, "Dina", g.tom, web.Facilitator)
	for role, leads := range map[web.Role]bool{web.Facilitator: true, web.Manager: true, web.Mentor: false} {
		r := g.SignInOnOwn(t, g.MustPerson(t, role)).Get(g.grid())
		line := r.Page(t).Find(".no-courses")
		if got := line.Find("a[href='/facilitate']").Length() == 1; got != leads || !strings.Contains(line.Text(), "Nobody here is on a course yet") {
			t.Errorf("%s: %s", role, r.Body)
		}
	}
}

func TestALanguageIsCalledByItsOwnName(t *testing.T) {
	g := newGroup(t)
	dina := g.learner(t, "Dina", g.tom, web.Facilitator)
	if _, err := g.App.NonconcurrentDB().Update("users", dbx.Params{"language": "en"}, dbx.HashExp{"id": dina.ID}).Execute(); err != nil {
		t.Fatal(err)
	}
	if said := g.his.Get("/facilitate/learners/" + dina.ID).Page(t).Find("dl.facts [lang=en][dir=ltr]").Text(); said != "English" {
		t.Errorf("her page says %q", said)
	}
	report := g.report(t, "called,language\nYusuf,en\n")
	if said := report.Page(t).Find(".lines-read [lang=en][dir=ltr]").Text(); said != "English" {
		t.Errorf("the report says %q", said)
	}
}

func TestOneOfOneIsSaidAsOne(t *testing.T) {
	g := newGroup(t)
	g.Publish(t, "short", map[string]string{
		"course.md":  "---\ntitle: Short\nsummary: One thing.\nlanguage: en\n---\n\nShort.\n",
		"01-only.md": "---\ntitle: Only\nminutes: 5\n---\nThis.\n\n## This {#this}\n\nJust this.\n",
	})
	g.course = g.one(t, "SELECT id FROM courses WHERE slug = 'short'", nil)
	g.carded(t, "Dina")
	for _, address := range []string{"/facilitate/learners/" + g.idOf(t, "Dina"), g.grid()} {
		if r := g.his.Get(address); !strings.Contains(r.Body, "0 of 1 module done") {
			t.Errorf("%s:\n%s", address, r.Body)
		}
	}
}
