package signin_test

import (
	"net/http"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"

	"alongside/hooks/audit"
	"alongside/hooks/hooktest"
	"alongside/hooks/people"
	"alongside/hooks/web"

	"github.com/PuerkitoBio/goquery"
	"github.com/pocketbase/dbx"
	"github.com/pquerna/otp/totp"
)

// asking starts a site that asks leads and managers for a second factor.
func asking(t *testing.T) *hooktest.Site {
	t.Helper()
	return hooktest.Start(t, func(s *hooktest.Setup) { s.AskSecond = true })
}

// A phone shows codes.
type phone struct {
	t      *testing.T
	site   *hooktest.Site
	secret string
	codes  []string // recovery codes, on paper
}

// shows is the code of now, or of some time from now.
func (p *phone) shows(later ...time.Duration) string {
	p.t.Helper()
	at := p.site.Clock.Now()
	for _, d := range later {
		at = at.Add(d)
	}
	code, err := totp.GenerateCode(p.secret, at)
	if err != nil {
		p.t.Fatal(err)
	}
	return code
}

// next lets the phone come to a code that it has not shown yet.
func (p *phone) next() string {
	p.site.Clock.Pass(time.Minute)
	return p.shows()
}

// readSecret reads what a set-up page shows.
func readSecret(t *testing.T, r hooktest.Response) string {
	t.Helper()
	secret := strings.ReplaceAll(r.Page(t).Find("code.letters").Text(), " ", "")
	if secret == "" {
		t.Fatalf("status %d, to %q: no secret to set up\n%s", r.Status, r.Location, r.Body)
	}
	return secret
}

// mustSetUp sets a second factor up in a browser, and writes the codes down.
func mustSetUp(t *testing.T, site *hooktest.Site, browser *hooktest.Browser) *phone {
	t.Helper()
	p := &phone{t: t, site: site, secret: readSecret(t, browser.Get("/me/second"))}
	r := browser.Post("/me/second", url.Values{"code": {p.shows()}})
	if r.Status != 303 {
		t.Fatalf("set up: status %d\n%s", r.Status, r.Body)
	}
	browser.Follow(r).Page(t).Find(".recovery-codes code").Each(func(_ int, one *goquery.Selection) { p.codes = append(p.codes, one.Text()) })
	browser.Post("/me/second/codes", nil)
	return p
}

// withPassword is a browser whose password was right, and nothing more.
func withPassword(t *testing.T, site *hooktest.Site, p hooktest.Person, back string) *hooktest.Browser {
	t.Helper()
	browser := site.Guest(t)
	form := credentials(p.Username, p.Password)
	form.Set("back", back)
	if r := browser.Post("/sign-in", form); r.Location != "/sign-in/second" {
		t.Fatalf("status %d to %q", r.Status, r.Location)
	}
	return browser
}

func giveCode(b *hooktest.Browser, code string) hooktest.Response {
	return b.Post("/sign-in/second", url.Values{"code": {code}})
}

func giveRecovery(b *hooktest.Browser, code string) hooktest.Response {
	return b.Post("/sign-in/second", url.Values{"with": {"recovery"}, "recovery": {code}})
}

// acts counts what was recorded of a kind about somebody.
func acts(t *testing.T, site *hooktest.Site, kind audit.Kind, subject string) (n int) {
	t.Helper()
	err := site.App.DB().NewQuery("SELECT COUNT(*) FROM audit WHERE kind = {:kind} AND subject = {:subject}").
		Bind(dbx.Params{"kind": kind, "subject": subject}).Row(&n)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// staffWithPhone is a facilitator who set a second factor up, and their phone.
func staffWithPhone(t *testing.T, site *hooktest.Site) (hooktest.Person, *phone) {
	t.Helper()
	p := site.MustPerson(t, web.Facilitator)
	return p, mustSetUp(t, site, site.SignIn(t, p))
}

func TestThePasswordAloneGivesNoSessionToWhoeverHasASecondFactor(t *testing.T) {
	site := hooktest.Start(t)
	sam, phone := staffWithPhone(t, site)
	browser := withPassword(t, site, sam, "/me/password")
	if r := browser.Get("/me"); r.Status != 303 || !strings.HasPrefix(r.Location, "/sign-in?") {
		t.Fatalf("the password alone opens /me: status %d to %q", r.Status, r.Location)
	}
	if r := giveCode(browser, phone.next()); r.Status != 303 || r.Location != "/me/password" {
		t.Errorf("status %d to %q, want where they were going\n%s", r.Status, r.Location, r.Body)
	}
	if r := browser.Get("/me"); r.Status != 200 {
		t.Errorf("status %d", r.Status)
	}
}

func TestACodeIsTakenOnce(t *testing.T) {
	site := hooktest.Start(t)
	sam, phone := staffWithPhone(t, site)
	if r := giveCode(withPassword(t, site, sam, ""), phone.shows()); r.Status != 422 {
		t.Errorf("the code of the set-up opens a session: status %d", r.Status)
	}
	code := phone.next()
	if r := giveCode(withPassword(t, site, sam, ""), code); r.Status != 303 {
		t.Fatalf("status %d\n%s", r.Status, r.Body)
	}
	if r := giveCode(withPassword(t, site, sam, ""), code); r.Status != 422 {
		t.Errorf("a code that was used opens another session: status %d", r.Status)
	}
	if r := giveCode(withPassword(t, site, sam, ""), phone.shows(-30*time.Second)); r.Status != 422 {
		t.Errorf("a code from before it opens another session: status %d", r.Status)
	}
}

func TestThePhonesClockMayBeHalfAMinuteWrongAndNotFive(t *testing.T) {
	site := hooktest.Start(t)
	sam, phone := staffWithPhone(t, site)
	site.Clock.Pass(time.Hour)
	for _, wrong := range []time.Duration{-5 * time.Minute, 5 * time.Minute, -time.Minute, time.Minute} {
		if r := giveCode(withPassword(t, site, sam, ""), phone.shows(wrong)); r.Status != 422 {
			t.Errorf("the code of %v from now: status %d", wrong, r.Status)
		}
	}
	for _, near := range []time.Duration{-30 * time.Second, 0, 30 * time.Second} {
		if r := giveCode(withPassword(t, site, sam, ""), phone.shows(near)); r.Status != 303 {
			t.Errorf("the code of %v from now: status %d", near, r.Status)
		}
	}
}

func TestTheCodeOfAnotherPersonsPhoneOpensNothing(t *testing.T) {
	site := hooktest.Start(t)
	sam, _ := staffWithPhone(t, site)
	_, theirs := staffWithPhone(t, site)
	if r := giveCode(withPassword(t, site, sam, ""), theirs.next()); r.Status != 422 {
		t.Errorf("status %d", r.Status)
	}
	if r := giveRecovery(withPassword(t, site, sam, ""), theirs.codes[0]); r.Status != 422 {
		t.Errorf("another person's recovery code: status %d", r.Status)
	}
}

func TestARecoveryCodeOpensOnceHoweverItIsTyped(t *testing.T) {
	site := hooktest.Start(t)
	sam, phone := staffWithPhone(t, site)
	if len(phone.codes) != 10 {
		t.Fatalf("%d recovery codes", len(phone.codes))
	}
	for _, typed := range []string{phone.codes[0], strings.ToLower(strings.ReplaceAll(phone.codes[1], " ", ""))} {
		if r := giveRecovery(withPassword(t, site, sam, "/courses"), typed); r.Status != 303 || r.Location != "/courses" {
			t.Errorf("%q: status %d to %q", typed, r.Status, r.Location)
		}
		if r := giveRecovery(withPassword(t, site, sam, ""), typed); r.Status != 422 {
			t.Errorf("%q a second time: status %d", typed, r.Status)
		}
	}
	if n := acts(t, site, audit.RecoveryUsed, sam.ID); n != 2 {
		t.Errorf("%d of two are on record", n)
	}
}

func TestWrongCodesAreOnRecordAndRestTheAccountAlsoAfterARightPassword(t *testing.T) {
	site := hooktest.Start(t)
	sam, phone := staffWithPhone(t, site)
	phone.next()
	for range 5 {
		if r := giveCode(withPassword(t, site, sam, ""), "000000"); r.Status != 422 {
			t.Fatalf("status %d", r.Status)
		}
	}
	browser := withPassword(t, site, sam, "") // a right password forgives nothing here
	if r := giveCode(browser, phone.shows()); r.Status != 429 {
		t.Errorf("a sixth try: status %d", r.Status)
	}
	if r := giveRecovery(browser, phone.codes[0]); r.Status != 429 {
		t.Errorf("a sixth try, with a recovery code: status %d", r.Status)
	}
	site.Clock.Pass(61 * time.Second)
	if r := giveCode(browser, phone.shows()); r.Status != 303 {
		t.Errorf("after a minute: status %d", r.Status)
	}
	if n := acts(t, site, audit.SecondRefused, sam.ID); n != 5 {
		t.Errorf("%d refusals are on record", n)
	}
}

func TestAfterTenMinutesThePasswordIsAskedForAgain(t *testing.T) {
	site := hooktest.Start(t)
	sam, phone := staffWithPhone(t, site)
	browser := withPassword(t, site, sam, "")
	site.Clock.Pass(11 * time.Minute)
	if r := giveCode(browser, phone.shows()); r.Location != "/sign-in" {
		t.Errorf("status %d to %q", r.Status, r.Location)
	}
	if r := site.Guest(t).Get("/sign-in/second"); r.Location != "/sign-in" {
		t.Errorf("a guest is asked for a code: status %d to %q", r.Status, r.Location)
	}
}

func TestLeadsAndManagersOpenNothingUntilTheirSecondFactorIsSetUp(t *testing.T) {
	site := asking(t)
	for role, p := range map[string]hooktest.Person{
		"lead": site.MustPerson(t, web.Lead), "manager": site.MustPerson(t, web.Manager), "site manager": site.MustSiteManager(t),
	} {
		browser := site.SignIn(t, p)
		for _, path := range []string{"/", "/me", "/courses", "/manage", "/nowhere", "/me/password"} {
			if r := browser.Get(path); r.Status != 303 || r.Location != "/me/second?back="+url.QueryEscape(path) {
				t.Errorf("%s: %s: status %d to %q", role, path, r.Status, r.Location)
			}
		}
		if r := browser.Get("/help"); r.Status != 200 {
			t.Errorf("%s: help: status %d", role, r.Status)
		}
		request := browser.Request(http.MethodGet, "/manage", nil)
		request.Header.Set("Accept", "text/csv")
		if r := browser.Do(request); r.Status != 404 {
			t.Errorf("%s: what is no page: status %d", role, r.Status)
		}
		if r := browser.Get("/me/second"); r.Page(t).Find(".lead").Length() != 1 || r.Page(t).Find("svg.qr path").Length() != 1 {
			t.Errorf("%s: no picture to scan, or no word why:\n%s", role, r.Body)
		}
	}
}

func TestAfterTheSetUpAManagerGoesWhereTheyWereGoing(t *testing.T) {
	site := asking(t)
	browser := site.SignIn(t, site.MustSiteManager(t))
	before := browser.Cookies()[0].Value
	p := &phone{t: t, site: site, secret: readSecret(t, browser.Get("/me/second?back=/manage"))}
	r := browser.Post("/me/second", url.Values{"code": {"000000"}, "back": {"/manage"}})
	if r.Status != 422 || readSecret(t, r) != p.secret {
		t.Fatalf("a wrong code: status %d, and the picture must stay the same", r.Status)
	}
	shown := browser.Follow(browser.Post("/me/second", url.Values{"code": {p.shows()}, "back": {"/manage"}}))
	back := shown.Page(t).Find("main input[name=back]").AttrOr("value", "")
	if r := browser.Post("/me/second/codes", url.Values{"back": {back}}); r.Location != "/manage" {
		t.Errorf("status %d to %q", r.Status, r.Location)
	}
	if r := browser.Get("/manage"); r.Status != 200 {
		t.Errorf("status %d", r.Status)
	}
	if after := browser.Cookies()[0].Value; after == before {
		t.Error("the token stayed the same, though it stands for more")
	}
	if r := browser.Get("/me/second/codes"); r.Location != "/me/second" {
		t.Errorf("the codes are shown again: status %d", r.Status)
	}
}

func TestARoleGivenLaterAsksAtTheNextRequest(t *testing.T) {
	site := asking(t)
	sam := site.MustPerson(t, web.Learner)
	browser := site.SignIn(t, sam)
	if r := browser.Get("/courses"); r.Status != 200 {
		t.Fatalf("status %d", r.Status)
	}
	programme, _ := site.MustProgramme(t)
	site.MustJoin(t, people.Membership{User: sam.ID, Role: web.Lead, Programme: programme})
	if r := browser.Get("/courses"); r.Location != "/me/second?back=%2Fcourses" {
		t.Errorf("status %d to %q", r.Status, r.Location)
	}
	mustSetUp(t, site, browser)
	if r := browser.Get("/courses"); r.Status != 200 {
		t.Errorf("after the set-up: status %d to %q", r.Status, r.Location)
	}
}

func TestAnOwingManagerDoesNothingOfAManagersByPosting(t *testing.T) {
	site := asking(t)
	manager, sam := site.MustPerson(t, web.Manager), site.MustPerson(t, web.Facilitator)
	programme, _ := site.MustProgramme(t)
	phone := mustSetUp(t, site, site.SignIn(t, sam))
	address := "/manage/programmes/" + programme + "/people/" + sam.ID + "/second-reset"
	if r := site.SignIn(t, manager).Post(address, nil); r.Status != 404 {
		t.Errorf("status %d", r.Status)
	}
	if r := giveCode(withPassword(t, site, sam, ""), phone.next()); r.Status != 303 {
		t.Errorf("their factor is gone: status %d", r.Status)
	}
}

func TestSettingUpEndsTheOtherSessionsOfThatPerson(t *testing.T) {
	site := hooktest.Start(t)
	sam := site.MustPerson(t, web.Facilitator)
	elsewhere := site.SignIn(t, sam)
	mustSetUp(t, site, site.SignIn(t, sam))
	if r := elsewhere.Get("/me"); r.Status != 303 {
		t.Errorf("status %d", r.Status)
	}
}

func TestThoseWhoOnlyLearnAreNeitherAskedNorOffered(t *testing.T) {
	site := asking(t)
	browser := site.SignIn(t, site.MustPerson(t, web.Learner))
	if r := browser.Get("/me"); r.Status != 200 || r.Page(t).Find("a[href='/me/second']").Length() != 0 {
		t.Errorf("status %d, or it is offered", r.Status)
	}
	if r := browser.Get("/me/second"); r.Status != 404 {
		t.Errorf("status %d", r.Status)
	}
	staff := site.SignIn(t, site.MustPerson(t, web.Mentor))
	if r := staff.Get("/me"); r.Page(t).Find("a[href='/me/second']").Length() != 1 {
		t.Error("a mentor is not offered one")
	}
}

func TestWithoutTheKeyRecoveryCodesStillLetPeopleIn(t *testing.T) {
	site := hooktest.Start(t)
	sam, phone := staffWithPhone(t, site)
	newcomer := site.MustPerson(t, web.Facilitator)
	if err := os.Remove(site.Dir + ".keys"); err != nil {
		t.Fatal(err)
	}
	site = site.AfterPowerCut(t)
	browser := withPassword(t, site, sam, "/courses")
	r := browser.Get("/sign-in/second")
	if r.Page(t).Find("#recovery").Length() != 1 || r.Page(t).Find(".notice").Length() != 1 {
		t.Errorf("the page does not say so, or asks for something else:\n%s", r.Body)
	}
	if r := giveCode(browser, phone.next()); r.Status != 503 {
		t.Errorf("a code of the phone: status %d", r.Status)
	}
	if r := giveRecovery(browser, phone.codes[0]); r.Status != 303 || r.Location != "/courses" {
		t.Errorf("a recovery code: status %d to %q", r.Status, r.Location)
	}
	if r := site.SignIn(t, newcomer).Get("/me/second"); r.Page(t).Find("svg.qr").Length() != 0 || r.Status != 200 {
		t.Errorf("a set-up begins that could not end: status %d", r.Status)
	}
}
