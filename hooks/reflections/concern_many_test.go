package reflections_test

import (
	"strings"
	"testing"
	"time"

	"alongside/hooks/people"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
)

// fills gives a programme more people in a role than a list shows.
func (c *circle) fills(t *testing.T, role string) {
	t.Helper()
	c.execute(t, `INSERT INTO users (id, username, name, email, password, tokenKey)
		WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 501)
		SELECT 'many' || printf('%011d', i), 'many-' || i, 'Ada ' || i, '', '', 'token-' || printf('%040d', i) FROM n`, dbx.Params{})
	c.execute(t, `INSERT INTO memberships (id, user, role, programme, cohort, starts, ends)
		SELECT 'role' || substr(id, 5), id, {:role}, {:programme}, '', {:from}, '' FROM users WHERE id LIKE 'many%'`,
		dbx.Params{"role": role, "programme": c.programme, "from": people.Before(c.Clock.Now().Add(-time.Hour))})
}

func TestALeadCanRaiseAConcernAboutEverybodyOfALargeProgramme(t *testing.T) {
	c := newCircle(t)
	last := c.named(t, "Zelda", web.Learner)
	c.fills(t, "learner")
	lea := c.SignIn(t, c.lea)
	for how, fields := range map[string][2]string{"chosen": {"about", c.programme + ":" + last.ID}, "typed": {"about_username", " " + strings.ToUpper(last.Username)}} {
		form := c.saying(t, lea, last)
		form.Del("about")
		form.Set(fields[0], fields[1])
		r := lea.Post("/concerns/new", form)
		if r.Status != 303 {
			t.Fatalf("%s: status %d: %s", how, r.Status, strings.TrimSpace(r.Page(t).Find(".errors").Text()))
		}
		at := strings.TrimSuffix(r.Location, "/done")
		if got := lea.Get(at + "/said").Page(t).Find("#about option[selected]").Text(); !strings.Contains(got, "Zelda") {
			t.Errorf("%s: the page has chosen %q", how, got)
		}
	}
}

func TestSomebodyWhoWorksInALargeProgrammeCanBeNamedByTheirUsername(t *testing.T) {
	c := newCircle(t)
	last := c.named(t, "Zelda", web.Facilitator)
	c.fills(t, "facilitator")
	lea := c.SignIn(t, c.lea)
	form := c.saying(t, lea, c.maple)
	form.Set("staff_username", last.Username)
	r := lea.Post("/concerns/new", form)
	if r.Status != 303 {
		t.Fatalf("status %d: %s", r.Status, strings.TrimSpace(r.Page(t).Find(".errors").Text()))
	}
	if got := c.one(t, "SELECT staff FROM concerns", nil); got != last.ID {
		t.Errorf("it names %q", got)
	}
}

func TestAUsernameThatNobodyHasIsSaidAtItsFieldAndComesBack(t *testing.T) {
	c := newCircle(t)
	lea := c.SignIn(t, c.lea)
	form := c.saying(t, lea, c.maple)
	form.Set("about_username", "nobody-here")
	r := lea.Post("/concerns/new", form)
	if r.Status != 422 || r.Page(t).Find("input[name='about_username'][value='nobody-here'][aria-invalid]").Length() != 1 {
		t.Errorf("status %d\n%s", r.Status, r.Page(t).Find("main").Text())
	}
}

// Of a learner who is nobody of theirs, a username opens nothing.
func TestAUsernameOpensNobodyWhomTheListWouldNotHave(t *testing.T) {
	c := newCircle(t)
	other := c.named(t, "Zelda", web.Learner)
	tom := c.SignIn(t, c.tom)
	for field, value := range map[string]string{"about": c.programme + ":" + other.ID, "about_username": other.Username} {
		form := c.saying(t, tom, c.maple)
		form.Set(field, value)
		if r := tom.Post("/concerns/new", form); r.Status != 422 {
			t.Errorf("%s: status %d", field, r.Status)
		}
	}
}

func TestWithoutTheKeyAManagerReadsThatConcernsCannotBeCounted(t *testing.T) {
	c := newCircle(t)
	c.raisedByTom(t)
	loseKey(t, c.Dir+".keys")
	now := c.AfterPowerCut(t)
	if page := shows(t, now.SignIn(t, c.anna), "/manage"); strings.Contains(page, "None in the last year") || !strings.Contains(page, "They cannot be counted now") {
		t.Errorf("they read\n%s", page)
	}
}
