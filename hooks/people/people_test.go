package people_test

import (
	"errors"
	"testing"
	"time"

	"alongside/hooks/hooktest"
	"alongside/hooks/people"
	"alongside/hooks/web"

	validation "github.com/pocketbase/ozzo-validation/v4"
	"github.com/pocketbase/pocketbase/core"
)

// asked is a site with a page that tells which roles the viewer holds now.
func asked(t *testing.T, roles *[]web.Membership) *hooktest.Site {
	return hooktest.Start(t, func(s *hooktest.Setup) {
		s.Routes = func(pages web.Pages) {
			pages.GET("/roles", web.Anyone, func(e *core.RequestEvent) error {
				*roles = web.Current(e).Memberships
				return e.NoContent(204)
			})
		}
	})
}

func TestARoleHoldsFromItsStartUntilItsEnd(t *testing.T) {
	var roles []web.Membership
	site := asked(t, &roles)
	sam := site.MustPerson(t)
	now := site.Clock.Now()
	programme, cohort := site.MustProgramme(t)
	site.MustJoin(t, people.Membership{User: sam.ID, Role: web.Mentor, Programme: programme, Starts: now.Add(-2 * time.Hour), Ends: now.Add(-time.Hour)})
	site.MustJoin(t, people.Membership{User: sam.ID, Role: web.Learner, Programme: programme, Cohort: cohort, Starts: now.Add(-time.Hour), Ends: now.Add(time.Hour)})
	site.MustJoin(t, people.Membership{User: sam.ID, Role: web.Facilitator, Programme: programme, Starts: now.Add(time.Hour)})
	browser := site.SignInOnOwn(t, sam)

	browser.Get("/roles")
	if want := (web.Membership{Role: web.Learner, Programme: programme, Cohort: cohort}); len(roles) != 1 || roles[0] != want {
		t.Errorf("now: %v, want %v", roles, want)
	}
	site.Clock.Pass(time.Hour)
	browser.Get("/roles")
	if len(roles) != 1 || roles[0].Role != web.Facilitator {
		t.Errorf("an hour later: %v", roles)
	}
}

func TestARoleThatIsEndedIsGoneAtTheNextRequest(t *testing.T) {
	var roles []web.Membership
	site := asked(t, &roles)
	browser := site.SignIn(t, site.MustSiteManager(t))
	browser.Get("/roles")
	if len(roles) != 1 {
		t.Fatalf("%v", roles)
	}
	if _, err := site.App.DB().NewQuery("UPDATE memberships SET ends = '2020-01-01 00:00:00.000Z'").Execute(); err != nil {
		t.Fatal(err)
	}
	browser.Get("/roles")
	if len(roles) != 0 {
		t.Errorf("%v", roles)
	}
}

func TestOnePersonHoldsOneRoleOnceInOnePlace(t *testing.T) {
	site := hooktest.Start(t)
	sam := site.MustPerson(t, web.Learner)
	programme, cohort := site.MustProgramme(t)
	again := people.Membership{User: sam.ID, Role: web.Learner, Programme: programme, Cohort: cohort, Starts: site.Clock.Now()}
	if err := people.Join(site.App, again); err == nil {
		t.Error("the same membership twice")
	}
}

func TestUsernamesAndEmailsBelongToOnePersonInAnyLetters(t *testing.T) {
	site := hooktest.Start(t)
	create := func(username, email string) error {
		_, err := people.Create(site.App, people.Person{Username: username, Email: email}, "three warm loaves")
		return err
	}
	if err := create("maple-48", "sam@example.org"); err != nil {
		t.Fatal(err)
	}
	for field, err := range map[string]error{
		"username": create("MAPLE-48", ""),
		"email":    create("maple-49", "Sam@Example.org"),
	} {
		var wrong validation.Errors
		if !errors.As(err, &wrong) || wrong[field] == nil {
			t.Errorf("%s: %v", field, err)
		}
	}
	for _, username := range []string{"maple-50", "maple-51"} {
		if err := create(username, ""); err != nil {
			t.Errorf("without an e-mail: %v", err)
		}
	}
}

func TestAnEmailCannotBeAUsername(t *testing.T) {
	site := hooktest.Start(t)
	if _, err := people.Create(site.App, people.Person{Username: "sam@example.org"}, "three warm loaves"); err == nil {
		t.Error("it was taken")
	}
}

func TestAPasswordIsLongAndNotTheUsername(t *testing.T) {
	for password, want := range map[string]string{
		"":                       "password-missing",
		"eleven char":            "password-short",
		"three warm loaves":      "",
		"چای گرم بنوشید":         "",
		"maple-48-maple-48":      "password-easy",
		"aaaaaaaaaaaaaaaa":       "password-easy",
		string(make([]byte, 72)): "password-long",
	} {
		if got := people.PasswordProblem("Maple-48-maple-48", password); got != want {
			t.Errorf("%q: %q, want %q", password, got, want)
		}
	}
}
