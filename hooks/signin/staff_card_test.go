package signin_test

import (
	"net/http"
	"net/url"
	"testing"
	"time"

	"alongside/hooks/hooktest"
	"alongside/hooks/people"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
)

// becomes gives the learner a role beside the one that they have.
func (c *class) becomes(t *testing.T, role web.Role) {
	t.Helper()
	programme, _ := c.MustProgramme(t)
	c.MustJoin(t, people.Membership{User: c.learner.ID, Role: role, Programme: programme, Starts: c.Clock.Now()})
}

// ways are the answers to a right card, the same card typed, and a right code.
func (c *class) ways(t *testing.T, code string) map[string]hooktest.Response {
	t.Helper()
	byLink := c.Guest(t)
	byLink.Get(c.card.link)
	_, room := c.typeCode(t, c.learner.Username, code)
	return map[string]hooktest.Response{
		"a card": byLink.Post("/sign-in/card", url.Values{"pin": {ownPIN}}),
		"a card, typed": c.Guest(t).Post("/sign-in/words", url.Values{
			"who": {c.card.username}, "words": {c.card.words}, "pin": {ownPIN},
		}),
		"a code": room,
	}
}

func TestNoCardAndNoCodeLetsAnybodyInWhoWorksHereNow(t *testing.T) {
	for _, role := range []web.Role{web.Facilitator, web.Lead, web.Manager} {
		t.Run(string(role), func(t *testing.T) {
			c := startClass(t)
			c.choose(t, c.card, ownPIN) // by the facilitator
			code := c.makeCode(t)
			c.becomes(t, role)
			for way, r := range c.ways(t, code) {
				if r.Status != http.StatusUnprocessableEntity {
					t.Errorf("%s: status %d to %q", way, r.Status, r.Location)
				}
			}
		})
	}
}

func TestAPrintedPINLetsNobodyInWhoCameToWorkHereWhileTheyChoseTheirs(t *testing.T) {
	c := startClass(t)
	browser := c.Guest(t)
	browser.Get(c.card.link)
	browser.Post("/sign-in/card", url.Values{"pin": {c.card.pin}})
	c.becomes(t, web.Facilitator)
	browser.Post("/sign-in/pin", url.Values{"pin": {ownPIN}, "again": {ownPIN}})
	if isIn(browser) {
		t.Error("they are in")
	}
}

func TestASessionOfACardHasNoRoleButThatOfALearner(t *testing.T) {
	for _, role := range []web.Role{web.Mentor, web.Facilitator, web.Lead, web.Manager} {
		t.Run(string(role), func(t *testing.T) {
			c := startClass(t, func(s *hooktest.Setup) { s.AskSecond = true })
			held := c.choose(t, c.card, ownPIN)
			c.becomes(t, role)
			if r := held.Get("/"); r.Status != http.StatusOK {
				t.Errorf("home: status %d to %q", r.Status, r.Location)
			}
			for _, page := range []string{"/facilitate", "/manage", "/manage/people"} {
				if r := held.Get(page); r.Status == http.StatusOK {
					t.Errorf("%s opens", page)
				}
			}
		})
	}
}

func TestNobodyGetsACardWhoseWorkHereBeginsLater(t *testing.T) {
	c := startClass(t)
	programme, _ := c.MustProgramme(t)
	c.MustJoin(t, people.Membership{User: c.learner.ID, Role: web.Lead, Programme: programme, Starts: c.Clock.Now().Add(48 * time.Hour)})
	for _, act := range []string{"/card", "/code"} {
		if r := c.SignIn(t, c.staff).Post(c.address(act), url.Values{}); r.Status != http.StatusNotFound {
			t.Errorf("%s: status %d to %q", act, r.Status, r.Location)
		}
	}
}

func TestTheCardOfSomebodyWhoWorksHereNowIsStoppedByWhoSeesTheirAccount(t *testing.T) {
	c := startClass(t)
	c.choose(t, c.card, ownPIN)
	c.becomes(t, web.Facilitator)
	if r := c.SignIn(t, c.staff).Post(c.address("/card/void"), url.Values{}); r.Status != http.StatusSeeOther {
		t.Errorf("status %d", r.Status)
	}
	if state := c.state(t); state.State != "void" {
		t.Errorf("state %q", state.State)
	}
	if r := c.SignIn(t, c.MustPerson(t, web.Facilitator)).Post(c.address("/card/void"), url.Values{}); r.Status != http.StatusNotFound {
		t.Errorf("a facilitator of others: status %d", r.Status)
	}
}

func TestAWelcomeLinkOpensNothingOnceItsMakerMayNotMakeIt(t *testing.T) {
	for name, change := range map[string]func(*testing.T, *hooktest.Site, hooktest.Person, hooktest.Person){
		"the maker is a manager no more": func(t *testing.T, s *hooktest.Site, manager, _ hooktest.Person) {
			set(t, s.App, "UPDATE memberships SET ends = '2020-01-01 00:00:00.000Z' WHERE user = '"+manager.ID+"'")
		},
		"they are a manager of another programme now": func(t *testing.T, s *hooktest.Site, _, person hooktest.Person) {
			elsewhere, err := people.CreateProgramme(s.App, people.Programme{Name: "Elsewhere", Label: "South Quay"})
			if err != nil {
				t.Fatal(err)
			}
			s.MustJoin(t, people.Membership{User: person.ID, Role: web.Manager, Programme: elsewhere})
		},
		"they are a site manager now": func(t *testing.T, s *hooktest.Site, _, person hooktest.Person) {
			s.MustJoin(t, people.Membership{User: person.ID, Role: web.Manager})
		},
		"they work here no more": func(t *testing.T, s *hooktest.Site, _, person hooktest.Person) {
			set(t, s.App, "UPDATE memberships SET ends = '2020-01-01 00:00:00.000Z' WHERE user = '"+person.ID+"'")
		},
		"the maker is gone": func(t *testing.T, s *hooktest.Site, manager, _ hooktest.Person) {
			_, err := s.App.DB().Delete("users", dbx.HashExp{"id": manager.ID}).Execute()
			if err == nil {
				_, err = s.App.DB().Delete("memberships", dbx.HashExp{"user": manager.ID}).Execute()
			}
			if err != nil {
				t.Fatal(err)
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			site := hooktest.Start(t)
			manager, person := site.MustPerson(t, web.Manager), newStaff(t, site, web.Facilitator)
			path, status := linkFor(t, site, manager, person)
			if status != http.StatusOK {
				t.Fatalf("status %d", status)
			}
			change(t, site, manager, person)
			browser := site.Guest(t)
			if r := browser.Get(path); r.Status != http.StatusNotFound {
				t.Errorf("the page: status %d", r.Status)
			}
			if r := browser.Post(path, url.Values{"password": {"three warm loaves"}}); r.Status != http.StatusNotFound || isIn(browser) {
				t.Errorf("status %d to %q", r.Status, r.Location)
			}
		})
	}
}
