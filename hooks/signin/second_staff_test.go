package signin_test

import (
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"alongside/hooks/audit"
	"alongside/hooks/hooktest"
	"alongside/hooks/people"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/subscriptions"
	"github.com/pocketbase/pocketbase/tools/types"
	"golang.org/x/crypto/bcrypt"
)

func change(b *hooktest.Browser, do, password, code string) hooktest.Response {
	return b.Post("/me/second/change", url.Values{"do": {do}, "password": {password}, "code": {code}})
}

func TestNewRecoveryCodesReplaceTheOldOnes(t *testing.T) {
	site := hooktest.Start(t)
	sam := site.MustPerson(t, web.Facilitator)
	browser := site.SignIn(t, sam)
	phone := mustSetUp(t, site, browser)
	shown := browser.Follow(change(browser, "codes", sam.Password, phone.next()))
	fresh := shown.Page(t).Find(".recovery-codes code").First().Text()
	if r := giveRecovery(withPassword(t, site, sam, ""), phone.codes[0]); r.Status != 422 {
		t.Errorf("an old one: status %d", r.Status)
	}
	if r := giveRecovery(withPassword(t, site, sam, ""), fresh); r.Status != 303 {
		t.Errorf("a new one: status %d", r.Status)
	}
}

func TestAScreenLeftOpenIsNotEnoughToTakeASecondFactorAway(t *testing.T) {
	site := hooktest.Start(t)
	sam := site.MustPerson(t, web.Facilitator)
	browser := site.SignIn(t, sam)
	phone := mustSetUp(t, site, browser)
	for _, do := range []string{"codes", "phone", "off"} {
		if r := change(browser, do, "not the password", phone.next()); r.Status != 422 {
			t.Errorf("%s without the password: status %d", do, r.Status)
		}
		if r := change(browser, do, sam.Password, "000000"); r.Status != 422 {
			t.Errorf("%s without a code: status %d", do, r.Status)
		}
	}
	if r := browser.Post("/me/second", url.Values{"code": {phone.next()}}); r.Status != 422 {
		t.Errorf("set up anew without either: status %d", r.Status)
	}
	if r := giveCode(withPassword(t, site, sam, ""), phone.next()); r.Status != 303 {
		t.Errorf("the phone does not work any more: status %d", r.Status)
	}
}

func TestAFacilitatorTurnsItOffAndIsNotAskedAgain(t *testing.T) {
	site := asking(t)
	sam := site.MustPerson(t, web.Facilitator)
	browser := site.SignIn(t, sam)
	phone := mustSetUp(t, site, browser)
	if r := change(browser, "off", sam.Password, phone.next()); r.Location != "/me" {
		t.Fatalf("status %d to %q\n%s", r.Status, r.Location, r.Body)
	}
	site.SignIn(t, sam)
}

func TestWhereARoleNeedsItItIsNotTurnedOff(t *testing.T) {
	site := asking(t)
	lead := site.MustPerson(t, web.Lead)
	browser := site.SignIn(t, lead)
	phone := mustSetUp(t, site, browser)
	if browser.Get("/me/second").Page(t).Find("button[value=off]").Length() != 0 {
		t.Error("it is offered")
	}
	if r := change(browser, "off", lead.Password, phone.next()); r.Status != 422 {
		t.Errorf("status %d", r.Status)
	}
	if r := giveCode(withPassword(t, site, lead, ""), phone.next()); r.Status != 303 {
		t.Errorf("it is off: status %d", r.Status)
	}
}

func TestAnotherPhoneTakesOverOnceItShowedARightCode(t *testing.T) {
	site := hooktest.Start(t)
	sam := site.MustPerson(t, web.Facilitator)
	browser := site.SignIn(t, sam)
	former := mustSetUp(t, site, browser)
	fresh := &phone{t: t, site: site, secret: readSecret(t, browser.Follow(change(browser, "phone", sam.Password, former.codes[0])))}
	if r := giveCode(withPassword(t, site, sam, ""), former.next()); r.Status != 303 {
		t.Errorf("the former phone, before: status %d", r.Status)
	}
	if r := browser.Post("/me/second", url.Values{"code": {fresh.shows()}}); r.Status != 303 {
		t.Fatalf("status %d\n%s", r.Status, r.Body)
	}
	if r := giveCode(withPassword(t, site, sam, ""), former.next()); r.Status != 422 {
		t.Errorf("the former phone, after: status %d", r.Status)
	}
	if r := giveCode(withPassword(t, site, sam, ""), fresh.next()); r.Status != 303 {
		t.Errorf("the new phone: status %d", r.Status)
	}
}

// reset asks for somebody's second factor to be taken away.
func reset(t *testing.T, site *hooktest.Site, by hooktest.Person, of string) hooktest.Response {
	t.Helper()
	programme, _ := site.MustProgramme(t)
	return site.SignIn(t, by).Post("/manage/programmes/"+programme+"/people/"+of+"/second-reset", nil)
}

func TestAManagerTakesTheLostPhoneOfTheirStaffAwayAndTheyAreTold(t *testing.T) {
	site := hooktest.Start(t)
	manager, sam := site.MustPerson(t, web.Manager), site.MustPerson(t, web.Facilitator)
	browser := site.SignIn(t, sam)
	mustSetUp(t, site, browser)
	if r := reset(t, site, manager, sam.ID); r.Status != 303 {
		t.Fatalf("status %d", r.Status)
	}
	if r := browser.Get("/me"); r.Status != 303 {
		t.Errorf("they are still signed in: status %d", r.Status)
	}
	r := site.SignIn(t, sam).Get("/me/second")
	if !strings.Contains(r.Page(t).Find(".notice").Text(), "Sam") { // what the manager is called
		t.Errorf("they are not told who it was:\n%s", r.Page(t).Find("main").Text())
	}
	if n := acts(t, site, audit.SecondReset, sam.ID); n != 1 {
		t.Errorf("%d acts are on record", n)
	}
	var codes int
	if err := site.App.DB().NewQuery("SELECT COUNT(*) FROM recovery_codes").Row(&codes); err != nil || codes != 0 {
		t.Errorf("%d recovery codes are left, %v", codes, err)
	}
}

func TestNobodyElseTakesASecondFactorAway(t *testing.T) {
	site := hooktest.Start(t)
	manager, siteManager := site.MustPerson(t, web.Manager), site.MustSiteManager(t)
	other, err := people.CreateProgramme(site.App, people.Programme{Name: "Other", Label: "Other"})
	if err != nil {
		t.Fatal(err)
	}
	sam := site.MustPerson(t, web.Facilitator)
	alsoElsewhere := site.MustPerson(t, web.Facilitator)
	site.MustJoin(t, people.Membership{User: alsoElsewhere.ID, Role: web.Lead, Programme: other})
	alsoSite := site.MustPerson(t, web.Facilitator)
	site.MustJoin(t, people.Membership{User: alsoSite.ID, Role: web.Manager})
	manages := site.MustPerson(t, web.Manager)
	stranger := site.MustPerson(t)
	site.MustJoin(t, people.Membership{User: stranger.ID, Role: web.Manager, Programme: other})

	for what, try := range map[string]struct{ by, of hooktest.Person }{
		"a facilitator of staff":                      {site.MustPerson(t, web.Facilitator), sam},
		"a lead of staff":                             {site.MustPerson(t, web.Lead), sam},
		"somebody of themselves":                      {manager, manager},
		"a manager of a manager":                      {manager, manages},
		"a manager of who is a lead elsewhere":        {manager, alsoElsewhere},
		"a manager of a site manager":                 {manager, alsoSite},
		"the site manager of a site manager":          {siteManager, alsoSite},
		"the site manager of staff":                   {siteManager, sam},
		"a manager of another programme of staff":     {stranger, sam},
		"a manager of a learner":                      {manager, site.MustPerson(t, web.Learner)},
		"the site manager of who manages another one": {siteManager, stranger},
	} {
		if r := reset(t, site, try.by, try.of.ID); r.Status != 404 {
			t.Errorf("%s: status %d", what, r.Status)
		}
	}
	if r := reset(t, site, siteManager, manages.ID); r.Status != 303 {
		t.Errorf("the site manager of a manager: status %d", r.Status)
	}
}

func TestASessionThatOwesIsNobodyToTheAPI(t *testing.T) {
	who := new(string)
	site := hooktest.Start(t, func(s *hooktest.Setup) {
		s.AskSecond = true
		s.Before = func(app core.App) {
			app.OnServe().BindFunc(func(se *core.ServeEvent) error {
				se.Router.Any("/api/who", func(e *core.RequestEvent) error {
					*who = "nobody"
					if e.Auth != nil {
						*who = e.Auth.Id
					}
					return e.NoContent(http.StatusNoContent)
				})
				return se.Next()
			})
		}
	})
	manager := site.MustSiteManager(t)
	browser := site.SignIn(t, manager)
	if browser.Get("/api/who"); *who != "nobody" {
		t.Errorf("known as %q", *who)
	}
	mustSetUp(t, site, browser)
	if browser.Get("/api/who"); *who != manager.ID {
		t.Errorf("after the set-up: known as %q", *who)
	}
}

func TestAListenerWhoOwesASecondFactorHearsNothingMore(t *testing.T) {
	site := asking(t)
	sam := site.MustPerson(t, web.Learner)
	l := listen(t, site, site.SignIn(t, sam))
	client, err := site.App.SubscriptionsBroker().ClientById(l.id)
	if err != nil {
		t.Fatal(err)
	}
	programme, _ := site.MustProgramme(t)
	site.MustJoin(t, people.Membership{User: sam.ID, Role: web.Manager, Programme: programme})
	client.Send(subscriptions.Message{Name: "second", Data: []byte("{}")})
	for l.lines.Scan() {
		if strings.Contains(l.lines.Text(), "second") {
			t.Fatal("still listening")
		}
	}
}

// mustHash hashes what is short, as cheaply as can be.
func mustHash(t *testing.T, short string) string {
	t.Helper()
	hashed, err := bcrypt.GenerateFromPassword([]byte(short), bcrypt.MinCost)
	if err != nil {
		t.Fatal(err)
	}
	return string(hashed)
}

func sha(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}

// waysIn gives somebody a card, a code and a link of their manager, and returns how
// each is used.
func waysIn(t *testing.T, site *hooktest.Site, p hooktest.Person) map[string]func(*hooktest.Browser) hooktest.Response {
	t.Helper()
	card, err := site.House.SignIn.PrepareCard()
	if err == nil {
		err = site.App.RunInTransaction(func(tx core.App) error { return site.House.SignIn.StoreCard(tx, card, p.ID, "", "") })
	}
	if err != nil {
		t.Fatal(err)
	}
	later := site.Clock.Now().Add(time.Hour).UTC().Format(types.DefaultDateLayout)
	_, err = site.App.DB().Update("cards", dbx.Params{
		"own_pin": true, "secret": sha("of-the-card"), "pin": mustHash(t, "482917"), "words": mustHash(t, "river apple stone"),
	}, dbx.HashExp{"user": p.ID}).Execute()
	if err != nil {
		t.Fatal(err)
	}
	manager := site.MustPerson(t, web.Manager)
	for kind, secret := range map[string]string{"room": mustHash(t, "48291748"), "link": sha("of-the-link")} {
		_, err := site.App.DB().Insert("codes", dbx.Params{
			"id": core.GenerateDefaultRandomId(), "user": p.ID, "kind": kind, "secret": secret, "expires": later, "made_by": manager.ID,
		}).Execute()
		if err != nil {
			t.Fatal(err)
		}
	}
	return map[string]func(*hooktest.Browser) hooktest.Response{
		"a card": func(b *hooktest.Browser) hooktest.Response {
			b.Get("/sign-in/card/of-the-card")
			return b.Post("/sign-in/card", url.Values{"pin": {"482917"}})
		},
		"a card, typed": func(b *hooktest.Browser) hooktest.Response {
			return b.Post("/sign-in/words", url.Values{"who": {p.Username}, "words": {"river apple stone"}, "pin": {"482917"}})
		},
		"a code": func(b *hooktest.Browser) hooktest.Response {
			return b.Post("/sign-in/code", url.Values{"who": {p.Username}, "code": {"48291748"}})
		},
		"a link": func(b *hooktest.Browser) hooktest.Response {
			return b.Post("/sign-in/welcome/of-the-link", url.Values{"password": {"another long password"}})
		},
	}
}

func TestWhoeverHasASecondFactorGivesItWhicheverWayTheyCome(t *testing.T) {
	site := hooktest.Start(t)
	sam := site.MustPerson(t, web.Mentor) // facilitators get in with no card
	phone := mustSetUp(t, site, site.SignIn(t, sam))
	ways := waysIn(t, site, sam)
	for _, way := range []string{"a card", "a card, typed", "a code", "a link"} { // which ends the card
		browser := site.Guest(t)
		if r := ways[way](browser); r.Location != "/sign-in/second" {
			t.Errorf("%s: status %d to %q", way, r.Status, r.Location)
		}
		if r := browser.Get("/me"); r.Status != 303 {
			t.Errorf("%s alone opens /me: status %d", way, r.Status)
		}
		if r := giveCode(browser, phone.next()); r.Status != 303 {
			t.Errorf("%s and a code: status %d", way, r.Status)
		}
		if r := browser.Get("/me"); r.Status != 200 {
			t.Errorf("%s and a code: /me is status %d", way, r.Status)
		}
	}
}

func TestLearnersAreNeverAskedWhicheverWayTheyCome(t *testing.T) {
	site := asking(t)
	for way, come := range waysIn(t, site, site.MustPerson(t, web.Learner)) {
		if way == "a link" { // which is for those who work here
			continue
		}
		browser := site.Guest(t)
		if r := come(browser); r.Status != 303 || browser.Get("/me").Status != 200 {
			t.Errorf("%s: status %d to %q", way, r.Status, r.Location)
		}
	}
}

func TestTheFirstManagerSetsItUpAndThenStarts(t *testing.T) {
	site := asking(t)
	path, err := site.House.SignIn.OfferFirstManager()
	if err != nil {
		t.Fatal(err)
	}
	browser := site.Guest(t)
	r := browser.Post(path, url.Values{"username": {"harbour-17"}, "password": {rightPassword}})
	r = browser.Follow(r)
	if r.Location != "/me/second?back=%2Fmanage%2Fstart" {
		t.Fatalf("status %d to %q", r.Status, r.Location)
	}
	p := &phone{t: t, site: site, secret: readSecret(t, browser.Follow(r))}
	browser.Post("/me/second", url.Values{"code": {p.shows()}})
	if r := browser.Post("/me/second/codes", url.Values{"back": {"/manage/start"}}); r.Location != "/manage/start" {
		t.Errorf("status %d to %q", r.Status, r.Location)
	}
	if r := browser.Get("/manage/start"); r.Status != 200 {
		t.Errorf("status %d", r.Status)
	}
}

func TestTheSecretOfAPhoneIsNowhereInTheDatabase(t *testing.T) {
	site := hooktest.Start(t)
	sam, phone := staffWithPhone(t, site)
	var sealed string
	err := site.App.DB().NewQuery("SELECT sealed FROM second_factors WHERE user = {:user}").Bind(dbx.Params{"user": sam.ID}).Row(&sealed)
	if err != nil || strings.Contains(sealed, phone.secret) {
		t.Errorf("%q, %v", sealed, err)
	}
	var codes []string
	if err := site.App.DB().NewQuery("SELECT code FROM recovery_codes").Column(&codes); err != nil || len(codes) != 10 {
		t.Fatalf("%d codes, %v", len(codes), err)
	}
	for _, code := range codes {
		for _, plain := range phone.codes {
			if strings.Contains(code, strings.ReplaceAll(plain, " ", "")) {
				t.Error("a recovery code is there as it is typed")
			}
		}
	}
}

func TestAFactorThatWasMovedToAnotherPersonDoesNotOpen(t *testing.T) {
	site := hooktest.Start(t)
	sam, _ := staffWithPhone(t, site)
	_, theirs := staffWithPhone(t, site)
	_, err := site.App.DB().NewQuery(`UPDATE second_factors SET sealed = (SELECT sealed FROM second_factors WHERE user != {:user}) WHERE user = {:user}`).
		Bind(dbx.Params{"user": sam.ID}).Execute()
	if err != nil {
		t.Fatal(err)
	}
	site.Clock.Pass(time.Minute)
	if r := giveCode(withPassword(t, site, sam, ""), theirs.shows()); r.Status != 503 {
		t.Errorf("status %d", r.Status)
	}
}
