package signin_test

import (
	"net/http"
	"net/url"
	"testing"
	"time"

	"alongside/hooks/hooktest"
	"alongside/hooks/web"

	"github.com/pocketbase/pocketbase/core"
)

func TestAWelcomeLinkWhoseMakerLosesTheirRoleMeanwhileLetsNobodyIn(t *testing.T) {
	site := hooktest.Start(t)
	manager, person := site.MustPerson(t, web.Manager), newStaff(t, site, web.Facilitator)
	path, _ := linkFor(t, site, manager, person)
	browser := site.Guest(t)
	r := meanwhile(t, site.App, func(tx core.App) error {
		_, err := tx.DB().NewQuery("UPDATE memberships SET ends = '2020-01-01 00:00:00.000Z' WHERE user = '" + manager.ID + "'").Execute()
		return err
	}, func() hooktest.Response { return browser.Post(path, url.Values{"password": {"three warm loaves"}}) })
	if r.Status != http.StatusNotFound || isIn(browser) {
		t.Errorf("status %d to %q", r.Status, r.Location)
	}
}

func TestACardThatIsStoppedWhileASecondFactorIsAskedForLetsNobodyIn(t *testing.T) {
	for name, sql := range map[string]string{
		"stopped":          "UPDATE cards SET state = 'void', ended = '2020-01-01 00:00:00.000Z'",
		"given a new PIN":  "UPDATE cards SET pin = 'another'",
		"of staff by then": "UPDATE memberships SET role = 'facilitator'",
		"still the same":   "UPDATE cards SET wrong = 1",
	} {
		for way, ask := range map[string]func(*testing.T, *class) *hooktest.Browser{
			"a PIN of their own": func(t *testing.T, c *class) *hooktest.Browser {
				browser := c.Guest(t)
				browser.Get(c.card.link)
				set(t, c.App, "UPDATE cards SET own_pin = TRUE, pin = '"+mustHash(t, ownPIN)+"'")
				browser.Post("/sign-in/card", url.Values{"pin": {ownPIN}})
				return browser
			},
			"the printed PIN": func(t *testing.T, c *class) *hooktest.Browser {
				browser := c.Guest(t)
				browser.Get(c.card.link)
				browser.Post("/sign-in/card", url.Values{"pin": {c.card.pin}})
				browser.Post("/sign-in/pin", url.Values{"pin": {ownPIN}, "again": {ownPIN}})
				return browser
			},
			"a code": func(t *testing.T, c *class) *hooktest.Browser {
				browser, _ := c.typeCode(t, c.learner.Username, c.makeCode(t))
				return browser
			},
		} {
			if way == "a code" && (name == "stopped" || name == "given a new PIN") {
				continue
			}
			t.Run(way+", "+name, func(t *testing.T) {
				c := startClass(t)
				mentor := hooktest.Person{ID: c.learner.ID, Username: c.learner.Username, Password: "three warm loaves"}
				phone := c.phoneOf(t, mentor)
				browser := ask(t, c)
				set(t, c.App, sql)
				r := giveCode(browser, phone.next())
				if let := isIn(browser); let != (name == "still the same") || r.Status != http.StatusSeeOther {
					t.Errorf("status %d to %q, in: %t", r.Status, r.Location, let)
				}
			})
		}
	}
}

// phoneOf has the learner, who mentors too, set up a second factor.
func (c *class) phoneOf(t *testing.T, mentor hooktest.Person) *phone {
	t.Helper()
	c.becomes(t, web.Mentor)
	set(t, c.App, "UPDATE users SET password = '"+mustHash(t, mentor.Password)+"' WHERE id = '"+mentor.ID+"'")
	phone := mustSetUp(t, c.Site, c.SignIn(t, mentor))
	c.Clock.Pass(time.Minute)
	return phone
}

func TestASessionOfACodeThatWasUsedInTheLastMinuteIsThereToOpen(t *testing.T) {
	c := startClass(t)
	other := c.somebodyElse(t)
	room := c.inTheRoom(t)
	c.Clock.Pass(30 * time.Second)
	room.Get("/me")
	staff := c.SignInOnOwn(t, other)
	c.Clock.Pass(14*time.Minute + 45*time.Second)
	if r := staff.Post(c.address("/open"), url.Values{}); r.Status != http.StatusSeeOther || !isIn(room) {
		t.Errorf("status %d, in: %t", r.Status, isIn(room))
	}
	if asksToOpen(t, room) {
		t.Error("it is closed")
	}
}
