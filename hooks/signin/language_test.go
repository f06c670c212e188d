package signin_test

import (
	"net/http"
	"net/url"
	"testing"
	"time"

	"alongside/hooks/hooktest"
	"alongside/hooks/web"
)

// withLanguages is a site that can be read in more than one language.
func withLanguages(t *testing.T) *hooktest.Site {
	t.Helper()
	site := hooktest.Start(t)
	settings, err := site.App.FindFirstRecordByFilter("settings", "id != ''")
	if err != nil {
		t.Fatal(err)
	}
	settings.Set("languages", []string{"en", "en-XA", "ar-XB"})
	if err := site.App.Save(settings); err != nil {
		t.Fatal(err)
	}
	return site
}

func languageOf(t *testing.T, r hooktest.Response) string {
	t.Helper()
	return r.Page(t).Find("html").AttrOr("lang", "")
}

func choose(b *hooktest.Browser, language, back string) hooktest.Response {
	return b.Post("/language", url.Values{"language": {language}, "back": {back}})
}

func TestAGuestChoosesALanguageAndStaysOnThePage(t *testing.T) {
	site := withLanguages(t)
	browser := site.Guest(t)
	form := browser.Get("/help").Page(t).Find("form[action='/language']")
	back, _ := form.Find("[name=back]").Attr("value")
	if form.Find("select[name=language]").Length() != 1 || back != "/help" {
		t.Fatalf("the page offers no language, or leads to %q", back)
	}
	r := choose(browser, "ar-XB", back)
	if r.Status != 303 || r.Location != "/help" {
		t.Fatalf("status %d to %q", r.Status, r.Location)
	}
	if page := browser.Follow(r); languageOf(t, page) != "ar-XB" || page.Page(t).Find("html").AttrOr("dir", "") != "rtl" {
		t.Errorf("the page is in %q", languageOf(t, page))
	}
	if got := languageOf(t, browser.Get("/sign-in")); got != "ar-XB" {
		t.Errorf("the next page is in %q", got)
	}
	for _, line := range r.Header["Set-Cookie"] {
		cookie, err := http.ParseSetCookie(line)
		if err != nil {
			t.Fatal(err)
		}
		if cookie.Name == "lang" && (cookie.MaxAge > 0 || !cookie.Expires.IsZero() || !cookie.HttpOnly) {
			t.Errorf("it stays after the window is closed: %v", cookie)
		}
	}
}

func TestSomebodySignedInHasTheirLanguageEverywhereAndLeavesNoneBehind(t *testing.T) {
	site := withLanguages(t)
	sam := site.MustPerson(t, web.Learner)
	library, phone := site.SignIn(t, sam), site.SignInOnOwn(t, sam)
	if r := choose(library, "en-XA", "/me"); r.Status != 303 || r.Location != "/me" {
		t.Fatalf("status %d to %q", r.Status, r.Location)
	}
	if got := languageOf(t, phone.Get("/me")); got != "en-XA" {
		t.Errorf("on their phone pages are in %q", got)
	}
	library.Post("/sign-out", nil)
	if got := languageOf(t, library.Get("/help")); got != "en" {
		t.Errorf("after signing out the next person reads %q", got)
	}
	if got := languageOf(t, site.SignIn(t, site.MustPerson(t, web.Learner)).Get("/me")); got != "en" {
		t.Errorf("somebody else reads %q", got)
	}
}

func TestALanguageThatTheSiteDoesNotOfferIsRefused(t *testing.T) {
	site := withLanguages(t)
	for name, browser := range map[string]*hooktest.Browser{
		"guest": site.Guest(t), "learner": site.SignIn(t, site.MustPerson(t, web.Learner)),
	} {
		for _, tag := range []string{"", "fa", "en-GB", "EN", "<script>", "en,ar-XB"} {
			if r := choose(browser, tag, "/help"); r.Status != 400 {
				t.Errorf("%s, %q: status %d", name, tag, r.Status)
			}
		}
		if got := languageOf(t, browser.Get("/help")); got != "en" {
			t.Errorf("%s: the page is in %q", name, got)
		}
	}
}

func TestChoosingALanguageNeverLeadsToAnotherSite(t *testing.T) {
	site := withLanguages(t)
	for _, back := range []string{"", "https://elsewhere.example/", "//elsewhere.example", `/\elsewhere.example`, "javascript:alert(1)"} {
		if r := choose(site.Guest(t), "en-XA", back); r.Location != "/" {
			t.Errorf("%q leads to %q", back, r.Location)
		}
	}
}

func TestThePageOfASecretLinkLeadsBackToItself(t *testing.T) {
	site := withLanguages(t)
	link := offer(t, site)
	browser := site.Guest(t)
	back, _ := browser.Get(link).Page(t).Find("form[action='/language'] [name=back]").Attr("value")
	if r := browser.Follow(choose(browser, "en-XA", back)); r.Status != 200 || languageOf(t, r) != "en-XA" {
		t.Errorf("%q: status %d in %q", back, r.Status, languageOf(t, r))
	}
}

func TestALanguageChosenAfterAnIdleEndIsAGuests(t *testing.T) {
	site := withLanguages(t)
	browser := site.SignIn(t, site.MustPerson(t, web.Learner))
	site.Clock.Pass(16 * time.Minute)
	if r := choose(browser, "en-XA", "/help"); r.Location != "/help" {
		t.Fatalf("status %d to %q", r.Status, r.Location)
	}
	if got := languageOf(t, browser.Get("/help")); got != "en-XA" {
		t.Errorf("the page is in %q", got)
	}
	if n := keptForms(t, site); n != 0 {
		t.Errorf("%d forms are kept", n)
	}
}
