package hooktest

import (
	"fmt"
	"net/url"
	"sync/atomic"
	"testing"
	"time"

	"alongside/hooks/people"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
)

// A Person can sign in.
type Person struct {
	ID       string
	Username string
	Password string
}

var numbers atomic.Int64

// MustPerson makes somebody with a role in the site's one programme and its one
// cohort. Without a role they are a member of nothing.
func (s *Site) MustPerson(t testing.TB, roles ...web.Role) Person {
	t.Helper()
	p := Person{Username: fmt.Sprintf("person-%d", numbers.Add(1)), Password: "three warm loaves"}
	id, err := people.Create(s.App, people.Person{Username: p.Username, Name: "Sam"}, p.Password)
	if err != nil {
		t.Fatal(err)
	}
	p.ID = id
	for _, role := range roles {
		programme, cohort := s.MustProgramme(t)
		s.MustJoin(t, people.Membership{User: id, Role: role, Programme: programme, Cohort: cohort})
	}
	return p
}

// MustSiteManager makes somebody who manages the site.
func (s *Site) MustSiteManager(t testing.TB) Person {
	t.Helper()
	p := s.MustPerson(t)
	s.MustJoin(t, people.Membership{User: p.ID, Role: web.Manager})
	return p
}

// MustJoin gives somebody a role, from an hour ago where no start is named.
func (s *Site) MustJoin(t testing.TB, m people.Membership) {
	t.Helper()
	if m.Starts.IsZero() {
		m.Starts = s.Clock.Now().Add(-time.Hour)
	}
	if err := people.Join(s.App, m); err != nil {
		t.Fatal(err)
	}
}

// MustProgramme gives the site's one programme and its one cohort.
func (s *Site) MustProgramme(t testing.TB) (programme, cohort string) {
	t.Helper()
	const label = "North Quay"
	err := s.App.DB().NewQuery("SELECT id FROM programmes WHERE label = {:label}").
		Bind(dbx.Params{"label": label}).Row(&programme)
	if err != nil {
		if programme, err = people.CreateProgramme(s.App, people.Programme{Name: label, Label: label}); err != nil {
			t.Fatal(err)
		}
		if _, err = people.CreateCohort(s.App, programme, "Thursday group", s.Clock.Now()); err != nil {
			t.Fatal(err)
		}
	}
	err = s.App.DB().NewQuery("SELECT id FROM cohorts WHERE programme = {:programme}").
		Bind(dbx.Params{"programme": programme}).Row(&cohort)
	if err != nil {
		t.Fatal(err)
	}
	return programme, cohort
}

// Guest is a browser that nobody has signed in with.
func (s *Site) Guest(t testing.TB) *Browser {
	t.Helper()
	return newBrowser(t, s.URL)
}

// SignIn is a browser that somebody has signed in with, on a shared computer.
func (s *Site) SignIn(t testing.TB, p Person) *Browser {
	t.Helper()
	return s.signIn(t, p, url.Values{})
}

// SignInOnOwn is a browser that somebody has signed in with on their own phone.
func (s *Site) SignInOnOwn(t testing.TB, p Person) *Browser {
	t.Helper()
	return s.signIn(t, p, url.Values{"own": {"true"}})
}

func (s *Site) signIn(t testing.TB, p Person, form url.Values) *Browser {
	t.Helper()
	browser := s.Guest(t)
	form.Set("who", p.Username)
	form.Set("password", p.Password)
	if r := browser.Post("/sign-in", form); r.Status != 303 {
		t.Fatalf("sign in as %s: status %d\n%s", p.Username, r.Status, r.Body)
	}
	return browser
}
