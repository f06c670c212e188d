package signin_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"alongside/hooks/hooktest"
	"alongside/hooks/web"

	"github.com/pocketbase/pocketbase/core"
)

func isIn(b *hooktest.Browser) bool { return b.Get("/me").Status == 200 }

func TestOnASharedComputerFifteenIdleMinutesEndTheSession(t *testing.T) {
	site := hooktest.Start(t)
	browser := site.SignIn(t, site.MustPerson(t, web.Learner))

	site.Clock.Pass(15*time.Minute - time.Second)
	if !isIn(browser) {
		t.Fatal("signed out before the time")
	}
	site.Clock.Pass(15*time.Minute - time.Second)
	if !isIn(browser) {
		t.Fatal("using a page did not put the end off")
	}
	site.Clock.Pass(15 * time.Minute)
	if isIn(browser) {
		t.Fatal("still signed in after fifteen minutes")
	}
}

func TestOnTheirOwnPhoneThirtyIdleDaysEndTheSession(t *testing.T) {
	site := hooktest.Start(t)
	browser := site.SignInOnOwn(t, site.MustPerson(t, web.Learner))

	for range 3 {
		site.Clock.Pass(29 * 24 * time.Hour)
		if !isIn(browser) {
			t.Fatal("signed out before the time")
		}
	}
	site.Clock.Pass(30 * 24 * time.Hour)
	if isIn(browser) {
		t.Fatal("still signed in after thirty days")
	}
}

func TestThePageKnowsWhenASharedSessionEnds(t *testing.T) {
	site := hooktest.Start(t)
	sam := site.MustPerson(t, web.Learner)
	if n := site.SignIn(t, sam).Get("/me").Page(t).Find("[data-idle]").Length(); n != 1 {
		t.Errorf("%d warnings on a shared computer, want 1", n)
	}
	if n := site.SignInOnOwn(t, sam).Get("/me").Page(t).Find("[data-idle]").Length(); n != 0 {
		t.Errorf("%d warnings on their own phone, want none", n)
	}
}

func TestPagesDoNotWriteWhenSomebodyWasLastSeenUntilTheServerDoes(t *testing.T) {
	site := hooktest.Start(t)
	browser := site.SignIn(t, site.MustPerson(t, web.Learner))
	before := expiresOf(t, site)

	site.Clock.Pass(10 * time.Minute)
	isIn(browser)
	if got := expiresOf(t, site); got != before {
		t.Errorf("a page wrote its session: %s, was %s", got, before)
	}
	terminate(t, site) // what the server does at its end, and every minute
	if got := expiresOf(t, site); got <= before {
		t.Errorf("what was remembered is lost: %s", got)
	}
}

func expiresOf(t *testing.T, site *hooktest.Site) (expires string) {
	t.Helper()
	if err := site.App.DB().NewQuery("SELECT expires FROM sessions").Row(&expires); err != nil {
		t.Fatal(err)
	}
	return expires
}

func terminate(t *testing.T, site *hooktest.Site) {
	t.Helper()
	event := &core.TerminateEvent{App: site.App}
	if err := site.App.OnTerminate().Trigger(event, func(*core.TerminateEvent) error { return nil }); err != nil {
		t.Fatal(err)
	}
}

func TestSayingThatOneIsStillThereKeepsTheSession(t *testing.T) {
	site := hooktest.Start(t)
	browser := site.SignIn(t, site.MustPerson(t, web.Learner))
	site.Clock.Pass(14 * time.Minute)

	if r := browser.Post("/sign-in/stay", url.Values{"back": {"/me"}}); r.Status != 303 || r.Location != "/me" {
		t.Errorf("without a script: status %d to %q", r.Status, r.Location)
	}
	site.Clock.Pass(14 * time.Minute)
	request := browser.Request(http.MethodPost, "/sign-in/stay", url.Values{})
	request.Header.Set("Accept", "*/*")
	if r := browser.Do(request); r.Status != 204 {
		t.Errorf("from a script: status %d, want 204", r.Status)
	}
	site.Clock.Pass(14 * time.Minute)
	if !isIn(browser) {
		t.Error("the session ended all the same")
	}
}

func TestItIsTooLateToStayOnceTheSessionIsOver(t *testing.T) {
	site := hooktest.Start(t)
	browser := site.SignIn(t, site.MustPerson(t, web.Learner))
	site.Clock.Pass(16 * time.Minute)
	if r := browser.Post("/sign-in/stay", url.Values{"back": {"/me"}}); r.Location != "/sign-in" {
		t.Errorf("without a script: status %d to %q", r.Status, r.Location)
	}
	request := browser.Request(http.MethodPost, "/sign-in/stay", url.Values{})
	request.Header.Set("Accept", "*/*")
	if r := browser.Do(request); r.Status != 401 {
		t.Errorf("from a script: status %d, want 401", r.Status)
	}
}

// whyOf is what a sign-in page says of how the last session ended.
func whyOf(t *testing.T, r hooktest.Response) string {
	t.Helper()
	if r.Page(t).Find("#who").Length() != 1 {
		t.Fatalf("no sign-in page: status %d", r.Status)
	}
	return strings.TrimSpace(r.Page(t).Find(".notice").Text())
}

func TestWhoeverOpensAPageAfterAnIdleEndIsToldWhyAndComesToThatPage(t *testing.T) {
	site := hooktest.Start(t)
	sam := site.MustPerson(t, web.Learner)
	for _, c := range []struct {
		browser *hooktest.Browser
		idle    time.Duration
		why     string
	}{
		{site.SignIn(t, sam), 16 * time.Minute, "nothing happened for 15 minutes"},
		{site.SignInOnOwn(t, sam), 31 * 24 * time.Hour, "nothing happened for 30 days"},
	} {
		site.Clock.Pass(c.idle)
		page := c.browser.Follow(c.browser.Get("/me/password?from=home"))
		if why := whyOf(t, page); !strings.Contains(why, c.why) || !strings.Contains(why, "saved is safe") {
			t.Errorf("want %q, the page says %q", c.why, why)
		}
		form := credentials(sam.Username, sam.Password)
		form.Set("back", page.Page(t).Find("[name=back]").AttrOr("value", ""))
		if r := c.browser.Post("/sign-in", form); r.Location != "/me/password?from=home" {
			t.Errorf("after signing in: status %d to %q", r.Status, r.Location)
		}
	}
}

func TestNobodyIsToldOfAnIdleEndWhoHadNone(t *testing.T) {
	site := hooktest.Start(t)
	sam := site.MustPerson(t, web.Learner)
	library, phone, out := site.SignIn(t, sam), site.SignInOnOwn(t, sam), site.SignIn(t, sam)
	phone.Post("/me/password", url.Values{"current": {sam.Password}, "password": {"five red apples"}})
	r := out.Post("/sign-out", nil)
	for name, page := range map[string]hooktest.Response{
		"a guest":                   site.Guest(t).Get("/sign-in"),
		"signed out from elsewhere": library.Follow(library.Get("/me")),
	} {
		if why := whyOf(t, page); why != "" {
			t.Errorf("%s: the page says %q", name, why)
		}
	}
	if why := whyOf(t, out.Follow(r)); why != "You are signed out. This screen is clear." {
		t.Errorf("signed out: the page says %q", why)
	}
	site.Clock.Pass(time.Hour)
	for name, browser := range map[string]*hooktest.Browser{"signed out from elsewhere": library, "signed out": out} {
		if why := whyOf(t, browser.Get("/sign-in")); why != "" {
			t.Errorf("%s, an hour later: the page says %q", name, why)
		}
	}
}
