package signin_test

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"alongside/hooks/hooktest"
	"alongside/hooks/people"
	"alongside/hooks/web"
)

// makeCode has staff make a code, and reads it from their screen.
func (c *class) makeCode(t *testing.T) string {
	t.Helper()
	staff := c.SignIn(t, c.staff)
	r := staff.Follow(staff.Post(c.address("/code"), url.Values{}))
	if r.Status != 200 {
		t.Fatalf("status %d\n%s", r.Status, r.Body)
	}
	return strings.TrimSpace(r.Page(t).Find(".big-code").Text())
}

func (c *class) typeCode(t *testing.T, who, code string) (*hooktest.Browser, hooktest.Response) {
	t.Helper()
	browser := c.Guest(t)
	return browser, browser.Post("/sign-in/code", url.Values{"who": {who}, "code": {code}, "back": {"/me"}})
}

func TestACodeOfTheRoomLetsItsLearnerInOnce(t *testing.T) {
	c := startClass(t)
	code := c.makeCode(t)
	if _, r := c.typeCode(t, c.staff.Username, code); r.Status != 422 {
		t.Errorf("somebody else: status %d", r.Status)
	}
	browser, r := c.typeCode(t, strings.ToUpper(c.learner.Username), strings.ReplaceAll(code, " ", "-"))
	if r.Status != 303 || r.Location != "/me" || browser.Follow(r).Status != 200 {
		t.Fatalf("status %d to %q", r.Status, r.Location)
	}
	if _, r := c.typeCode(t, c.learner.Username, code); r.Status != 422 {
		t.Errorf("a second time: status %d", r.Status)
	}
	if n := tally(t, c.App, "SELECT COUNT(*) FROM sessions WHERE how = 'code' AND [[with]] = '"+c.staff.ID+"' AND closed"); n != 1 {
		t.Errorf("%d sessions say whose code it was", n)
	}
}

func TestACodeOfTheRoomLastsTenMinutesAndANewOneStopsIt(t *testing.T) {
	c := startClass(t)
	first := c.makeCode(t)
	second := c.makeCode(t)
	if _, r := c.typeCode(t, c.learner.Username, first); r.Status != 422 {
		t.Errorf("the first: status %d", r.Status)
	}
	c.Clock.Pass(11 * time.Minute)
	if _, r := c.typeCode(t, c.learner.Username, second); r.Status != 422 {
		t.Errorf("after eleven minutes: status %d", r.Status)
	}
}

func TestInASessionOfACodeWhatIsOnlyForThemIsClosed(t *testing.T) {
	c := startClass(t)
	c.choose(t, c.card, ownPIN)
	if _, r := c.typeCode(t, c.learner.Username, c.makeCode(t)); r.Status != 303 {
		t.Fatalf("status %d", r.Status)
	}
	if n := tally(t, c.App, "SELECT COUNT(*) FROM sessions WHERE how = 'code' AND closed"); n != 1 {
		t.Errorf("%d sessions are closed", n)
	}
}

func TestStaffHelpALearnerInWhoseNameIsBeingGuessed(t *testing.T) {
	c := startClass(t)
	for range 20 {
		c.typeCode(t, c.learner.Username, "12345678")
	}
	if _, r := c.typeCode(t, c.learner.Username, "12345678"); r.Status != 429 {
		t.Fatalf("status %d: nobody is kept waiting", r.Status)
	}
	if _, r := c.typeCode(t, c.learner.Username, c.makeCode(t)); r.Status != 303 {
		t.Errorf("status %d", r.Status)
	}
}

// linkFor has a manager make a link for staff of their programme.
func linkFor(t *testing.T, site *hooktest.Site, manager, person hooktest.Person) (path string, status int) {
	t.Helper()
	programme, _ := site.MustProgramme(t)
	browser := site.SignIn(t, manager)
	r := browser.Post("/manage/programmes/"+programme+"/people/"+person.ID+"/link", url.Values{})
	if r.Status != 303 {
		return "", r.Status
	}
	page := browser.Follow(r)
	_, path, _ = strings.Cut(strings.TrimSpace(page.Page(t).Find("#link").Text()), site.URL)
	return path, page.Status
}

func TestStaffChooseTheirPasswordOnALinkOfTheirManagerOnce(t *testing.T) {
	site := hooktest.Start(t)
	manager, person := site.MustPerson(t, web.Manager), newStaff(t, site, web.Facilitator)
	path, status := linkFor(t, site, manager, person)
	if status != 200 || !strings.HasPrefix(path, "/sign-in/welcome/") {
		t.Fatalf("status %d, link %q", status, path)
	}
	for range 3 { // whoever looks at the link before them uses nothing up
		if r := site.Guest(t).Get(path); r.Status != 200 || !strings.Contains(r.Body, person.Username) {
			t.Errorf("status %d", r.Status)
		}
	}
	browser := site.Guest(t)
	if r := browser.Post(path, url.Values{"password": {"short"}}); r.Status != 422 {
		t.Errorf("a short password: status %d", r.Status)
	}
	if r := browser.Post(path, url.Values{"password": {"three warm loaves"}}); r.Status != 303 || browser.Get("/me").Status != 200 {
		t.Fatalf("status %d", r.Status)
	}
	site.SignIn(t, hooktest.Person{Username: person.Username, Password: "three warm loaves"})
	if r := site.Guest(t).Post(path, url.Values{"password": {"three cold loaves"}}); r.Status != 404 {
		t.Errorf("a second time: status %d", r.Status)
	}
	if n := tally(t, site.App, "SELECT COUNT(*) FROM users WHERE id = '"+person.ID+"' AND own_password AND closed = ''"); n != 1 {
		t.Error("their first password does not count as theirs")
	}
}

// newStaff is somebody who has no password yet.
func newStaff(t *testing.T, site *hooktest.Site, role web.Role) hooktest.Person {
	t.Helper()
	p := newLearner(t, site)
	set(t, site.App, "UPDATE memberships SET role = '"+string(role)+"' WHERE user = '"+p.ID+"'")
	return p
}

func TestAWelcomeLinkLastsSevenDaysAndANewOneStopsIt(t *testing.T) {
	site := hooktest.Start(t)
	manager, person := site.MustPerson(t, web.Manager), newStaff(t, site, web.Facilitator)
	first, _ := linkFor(t, site, manager, person)
	second, _ := linkFor(t, site, manager, person)
	if r := site.Guest(t).Get(first); r.Status != 404 {
		t.Errorf("the first: status %d", r.Status)
	}
	site.Clock.Pass(7*24*time.Hour + time.Minute)
	if r := site.Guest(t).Post(second, url.Values{"password": {"three warm loaves"}}); r.Status != 404 {
		t.Errorf("after a week: status %d", r.Status)
	}
}

func TestAPasswordChosenOnALinkAfterTheirOwnClosesWhatIsOnlyForThem(t *testing.T) {
	site := hooktest.Start(t)
	manager, person := site.MustPerson(t, web.Manager), site.MustPerson(t, web.Mentor)
	before := site.SignIn(t, person)
	path, _ := linkFor(t, site, manager, person)
	site.Guest(t).Post(path, url.Values{"password": {"three cold loaves"}})
	if n := tally(t, site.App, "SELECT COUNT(*) FROM users WHERE id = '"+person.ID+"' AND closed_by = '"+manager.ID+"' AND closed != '' AND NOT own_password"); n != 1 {
		t.Error("whoever made the link could read what they wrote")
	}
	if r := before.Get("/me"); r.Status != 303 {
		t.Errorf("their old session still opens /me: status %d", r.Status)
	}
}

func TestManagersMakeLinksForTheirStaffAndForNobodyElse(t *testing.T) {
	site := hooktest.Start(t)
	manager, other := site.MustPerson(t, web.Manager), site.MustPerson(t, web.Facilitator)
	elsewhere, err := people.CreateProgramme(site.App, people.Programme{Name: "Elsewhere", Label: "South Quay"})
	if err != nil {
		t.Fatal(err)
	}
	both := site.MustPerson(t, web.Facilitator)
	site.MustJoin(t, people.Membership{User: both.ID, Role: web.Facilitator, Programme: elsewhere})
	helen := site.MustPerson(t, web.Mentor)
	site.MustJoin(t, people.Membership{User: helen.ID, Role: web.Manager})
	for name, person := range map[string]hooktest.Person{
		"themselves": manager, "a learner": site.MustPerson(t, web.Learner), "another manager": site.MustPerson(t, web.Manager),
		"staff of two programmes": both, "the site manager": helen,
	} {
		if _, status := linkFor(t, site, manager, person); status != 404 {
			t.Errorf("%s: status %d", name, status)
		}
	}
	if _, status := linkFor(t, site, other, newStaff(t, site, web.Mentor)); status != 404 {
		t.Errorf("by a facilitator: status %d", status)
	}
}
