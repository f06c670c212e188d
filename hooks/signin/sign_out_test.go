package signin_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"alongside/hooks/hooktest"
	"alongside/hooks/web"
)

func TestSigningOutHoldsAtTheNextRequestAndClearsTheScreen(t *testing.T) {
	site := hooktest.Start(t)
	browser := site.SignIn(t, site.MustPerson(t, web.Learner))
	token := browser.Cookies()[0]

	r := browser.Post("/sign-out", url.Values{})
	if r.Status != 303 || r.Location != "/sign-in" {
		t.Fatalf("status %d to %q", r.Status, r.Location)
	}
	if got := r.Header.Get("Clear-Site-Data"); got != `"cache", "storage"` {
		t.Errorf("Clear-Site-Data: %s", got)
	}
	if isIn(browser) {
		t.Error("this browser is still in")
	}
	thief := site.Guest(t)
	request := thief.Request(http.MethodGet, "/me", nil)
	request.AddCookie(token)
	if r := thief.Do(request); r.Status != 303 {
		t.Errorf("a copied cookie is still in: status %d", r.Status)
	}
}

func TestAnotherSiteCannotSignSomebodyOut(t *testing.T) {
	site := hooktest.Start(t)
	browser := site.SignIn(t, site.MustPerson(t, web.Learner))
	request := browser.Request(http.MethodPost, "/sign-out", url.Values{})
	request.Header.Set("Sec-Fetch-Site", "cross-site")
	if r := browser.Do(request); r.Status != 403 {
		t.Errorf("status %d", r.Status)
	}
	if !isIn(browser) {
		t.Error("signed out")
	}
}

func TestAnotherDeviceIsSignedOutFromMe(t *testing.T) {
	site := hooktest.Start(t)
	sam := site.MustPerson(t, web.Learner)
	phone, library := site.SignInOnOwn(t, sam), site.SignIn(t, sam)

	action, _ := phone.Get("/me").Page(t).Find("form[action^='/me/devices/']").Attr("action")
	phone.Post(action, url.Values{})

	if isIn(library) {
		t.Error("the library's computer is still in")
	}
	if !isIn(phone) {
		t.Error("the phone is out")
	}
}

func TestNobodySignsOutTheDeviceOfSomebodyElse(t *testing.T) {
	site := hooktest.Start(t)
	sam := site.MustPerson(t, web.Learner)
	browser, ana := site.SignIn(t, sam), site.SignIn(t, site.MustPerson(t, web.Learner))
	session, err := site.App.FindFirstRecordByData("sessions", "user", sam.ID)
	if err != nil {
		t.Fatal(err)
	}
	ana.Post("/me/devices/"+session.Id, url.Values{})
	if !isIn(browser) {
		t.Error("somebody else's device was signed out")
	}
}

func TestChangingThePasswordSignsOutEverywhereElse(t *testing.T) {
	site := hooktest.Start(t)
	sam := site.MustPerson(t, web.Learner)
	phone, library := site.SignInOnOwn(t, sam), site.SignIn(t, sam)
	before := phone.Cookies()[0].Value

	r := phone.Post("/me/password", url.Values{"current": {sam.Password}, "password": {"five red apples"}})
	if r.Status != 303 || r.Location != "/me" {
		t.Fatalf("status %d to %q", r.Status, r.Location)
	}
	if isIn(library) || !isIn(phone) {
		t.Error("the library's computer should be out and the phone in")
	}
	if phone.Cookies()[0].Value == before {
		t.Error("the phone kept its old token")
	}
	if r := site.Guest(t).Post("/sign-in", credentials(sam.Username, sam.Password)); r.Status != 422 {
		t.Errorf("the old password: status %d", r.Status)
	}
	if r := site.Guest(t).Post("/sign-in", credentials(sam.Username, "five red apples")); r.Status != 303 {
		t.Errorf("the new password: status %d", r.Status)
	}
}

func TestAPasswordIsNotChangedWithoutTheCurrentOneNorToAShortOne(t *testing.T) {
	site := hooktest.Start(t)
	sam := site.MustPerson(t, web.Learner)
	browser := site.SignIn(t, sam)
	for name, form := range map[string]url.Values{
		"wrong current": {"current": {"not it at all"}, "password": {"five red apples"}},
		"short":         {"current": {sam.Password}, "password": {"short"}},
		"too long":      {"current": {sam.Password}, "password": {strings.Repeat("long ", 20)}},
		"one letter":    {"current": {sam.Password}, "password": {strings.Repeat("a", 20)}},
		"empty":         {"current": {sam.Password}},
	} {
		if r := browser.Post("/me/password", form); r.Status != 422 || r.Page(t).Find("[aria-invalid=true]").Length() != 1 {
			t.Errorf("%s: status %d", name, r.Status)
		}
	}
	if r := site.Guest(t).Post("/sign-in", credentials(sam.Username, sam.Password)); r.Status != 303 {
		t.Errorf("the password is another now: status %d", r.Status)
	}
}

func TestLeaveEndsASharedSessionAndGoesAwayAtOnce(t *testing.T) {
	site := hooktest.Start(t)
	sam := site.MustPerson(t, web.Learner)
	library, phone := site.SignIn(t, sam), site.SignInOnOwn(t, sam)
	for name, c := range map[string]struct {
		browser *hooktest.Browser
		stays   bool
	}{"library": {library, false}, "own phone": {phone, true}, "guest": {site.Guest(t), false}} {
		r := c.browser.Get("/leave")
		if r.Status != 303 || r.Location != "https://www.bbc.co.uk/weather" {
			t.Errorf("%s: status %d to %q", name, r.Status, r.Location)
		}
		if isIn(c.browser) != c.stays {
			t.Errorf("%s: signed in afterwards: %v", name, !c.stays)
		}
	}
}

func TestLeaveIsNotRunByABrowserThatOnlyLooksAhead(t *testing.T) {
	site := hooktest.Start(t)
	browser := site.SignIn(t, site.MustPerson(t, web.Learner))
	for header, value := range map[string]string{"Sec-Purpose": "prefetch;prerender", "Purpose": "prefetch", "X-Moz": "prefetch"} {
		request := browser.Request(http.MethodGet, "/leave", nil)
		request.Header.Set(header, value)
		if r := browser.Do(request); r.Status != 403 {
			t.Errorf("%s: status %d", header, r.Status)
		}
	}
	if !isIn(browser) {
		t.Error("looking ahead signed somebody out")
	}
}

func TestLeaveNeverRunsWhatTheSettingsShouldNotHold(t *testing.T) {
	site := hooktest.Start(t)
	row, err := site.App.FindFirstRecordByFilter("settings", "id != ''")
	if err != nil {
		t.Fatal(err)
	}
	browser := site.Guest(t)
	for target, want := range map[string]string{
		"javascript:alert(1)":     "https://www.bbc.co.uk/weather",
		"http://plain.example/":   "https://www.bbc.co.uk/weather",
		"https://weather.example": "https://weather.example",
		"/help":                   "/help",
	} {
		row.Set("leave_target", target)
		if err := site.App.Save(row); err != nil {
			t.Fatal(err)
		}
		if r := browser.Get("/leave"); r.Location != want {
			t.Errorf("%q goes to %q, want %q", target, r.Location, want)
		}
	}
}
