package signin_test

import (
	"bytes"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"alongside/hooks/hooktest"
	"alongside/hooks/signin"
	"alongside/hooks/web"

	"github.com/pocketbase/pocketbase/core"
)

const written = "I was heard when my uncle sat down beside me"

// withDiary is a site with one more page: what is written there and kept comes
// back on it.
func withDiary(t *testing.T) *hooktest.Site {
	return hooktest.Start(t, func(s *hooktest.Setup) {
		s.Routes = func(pages web.Pages) {
			pages.GET("/diary/{day}", web.SignedIn, func(e *core.RequestEvent) error {
				form, ok := signin.KeptPost(e)
				if !ok {
					return e.String(http.StatusOK, "nothing kept")
				}
				return e.String(http.StatusOK, "kept: "+form.Get("text"))
			})
			pages.POST("/diary/{day}", web.SignedIn, func(e *core.RequestEvent) error {
				if err := signin.DropKeptPost(e); err != nil {
					return err
				}
				return web.SeeOther(e, e.Request.URL.Path)
			}).KeptByPage()
		}
	})
}

func writeTooLate(t *testing.T, site *hooktest.Site, browser *hooktest.Browser, address string) hooktest.Response {
	t.Helper()
	site.Clock.Pass(16 * time.Minute)
	return browser.Post(address, url.Values{"text": {written}})
}

func TestWhatWasSentAfterAnIdleEndComesBackAfterSigningIn(t *testing.T) {
	site := withDiary(t)
	sam := site.MustPerson(t, web.Learner)
	browser := site.SignIn(t, sam)

	r := writeTooLate(t, site, browser, "/diary/monday")
	if r.Status != 303 || r.Location != "/sign-in?back=%2Fdiary%2Fmonday" {
		t.Fatalf("status %d to %q", r.Status, r.Location)
	}
	if browser.Follow(r).Page(t).Find(".notice").Length() == 0 {
		t.Error("the sign-in page does not say that it is kept")
	}
	browser.Post("/sign-in", credentials(sam.Username, sam.Password))
	if r := browser.Get("/diary/monday"); r.Body != "kept: "+written {
		t.Errorf("shown: %q", r.Body)
	}
	if r := browser.Get("/diary/tuesday"); r.Body != "nothing kept" {
		t.Errorf("shown on another page: %q", r.Body)
	}
}

func TestWhatIsKeptIsForgottenOnceItIsSaved(t *testing.T) {
	site := withDiary(t)
	sam := site.MustPerson(t, web.Learner)
	writeTooLate(t, site, site.SignIn(t, sam), "/diary/monday")

	browser := site.SignIn(t, sam)
	browser.Post("/diary/monday", url.Values{"text": {written}})
	if r := browser.Get("/diary/monday"); r.Body != "nothing kept" {
		t.Errorf("shown: %q", r.Body)
	}
}

func TestSomebodyElseNeverSeesWhatIsKept(t *testing.T) {
	site := withDiary(t)
	sam, ana := site.MustPerson(t, web.Learner), site.MustPerson(t, web.Learner)
	browser := site.SignIn(t, sam)
	writeTooLate(t, site, browser, "/diary/monday")

	browser.Post("/sign-in", credentials(ana.Username, ana.Password))
	if r := browser.Get("/diary/monday"); r.Body != "nothing kept" {
		t.Errorf("shown: %q", r.Body)
	}
}

func TestWhatIsKeptIsSealedInTheDatabase(t *testing.T) {
	site := withDiary(t)
	writeTooLate(t, site, site.SignIn(t, site.MustPerson(t, web.Learner)), "/diary/monday")

	for _, name := range []string{"data.db", "data.db-wal", "auxiliary.db", "auxiliary.db-wal"} {
		data, err := os.ReadFile(filepath.Join(site.Dir, name))
		if err != nil {
			t.Fatal(err)
		}
		for _, text := range []string{written, url.QueryEscape(written)} {
			if bytes.Contains(data, []byte(text)) {
				t.Errorf("%s holds it in the open", name)
			}
		}
	}
}

func TestAKeptFormMovedToAnotherPersonDoesNotOpen(t *testing.T) {
	site := withDiary(t)
	sam, ana := site.MustPerson(t, web.Learner), site.MustPerson(t, web.Learner)
	writeTooLate(t, site, site.SignIn(t, sam), "/diary/monday")
	_, err := site.App.DB().NewQuery("UPDATE kept_posts SET user = {:user}").Bind(map[string]any{"user": ana.ID}).Execute()
	if err != nil {
		t.Fatal(err)
	}
	if r := site.SignIn(t, ana).Get("/diary/monday"); r.Body != "nothing kept" {
		t.Errorf("shown: %q", r.Body)
	}
}

func TestAFormThatMayHoldAPasswordIsNeverKept(t *testing.T) {
	site := withDiary(t)
	sam := site.MustPerson(t, web.Learner)
	browser := site.SignIn(t, sam)
	site.Clock.Pass(16 * time.Minute)
	for _, address := range []string{"/sign-in", "/sign-in/stay", "/sign-in/first/x", "/sign-out", "/me/password"} {
		browser.Do(browser.Request(http.MethodPost, address, url.Values{"password": {sam.Password}}))
	}
	if n := keptForms(t, site); n != 0 {
		t.Errorf("%d forms are kept", n)
	}
}

func TestAFormOfAnotherSiteIsNotKept(t *testing.T) {
	site := withDiary(t)
	browser := site.SignIn(t, site.MustPerson(t, web.Learner))
	site.Clock.Pass(16 * time.Minute)
	request := browser.Request(http.MethodPost, "/diary/monday", url.Values{"text": {"not theirs"}})
	request.Header.Set("Sec-Fetch-Site", "cross-site")
	if r := browser.Do(request); r.Status != 403 {
		t.Errorf("status %d", r.Status)
	}
	if n := keptForms(t, site); n != 0 {
		t.Errorf("%d forms are kept", n)
	}
}

func TestATooLargeFormIsNotKeptAndThePersonIsTold(t *testing.T) {
	site := withDiary(t)
	browser := site.SignIn(t, site.MustPerson(t, web.Learner))
	site.Clock.Pass(16 * time.Minute)
	r := browser.Post("/diary/monday", url.Values{"text": {strings.Repeat("a", 1<<20+1)}})
	if n := keptForms(t, site); n != 0 {
		t.Errorf("%d forms are kept", n)
	}
	if r.Status == 303 && !strings.Contains(browser.Follow(r).Page(t).Find(".notice").Text(), "could not keep it") {
		t.Error("nobody says that it is lost")
	}
}

func TestOnlyAFewFormsOfOnePersonAreKept(t *testing.T) {
	site := withDiary(t)
	browser := site.SignIn(t, site.MustPerson(t, web.Learner))
	site.Clock.Pass(16 * time.Minute)
	for day := range 9 {
		browser.Post("/diary/"+string(rune('a'+day)), url.Values{"text": {written}})
		browser.Post("/diary/"+string(rune('a'+day)), url.Values{"text": {written}})
	}
	if n := keptForms(t, site); n != 5 {
		t.Errorf("%d forms are kept, want 5", n)
	}
}

func TestWhatIsKeptIsForgottenAfterADay(t *testing.T) {
	site := withDiary(t)
	sam := site.MustPerson(t, web.Learner)
	writeTooLate(t, site, site.SignIn(t, sam), "/diary/monday")
	site.Clock.Pass(24 * time.Hour)

	if r := site.SignIn(t, sam).Get("/diary/monday"); r.Body != "nothing kept" {
		t.Errorf("shown: %q", r.Body)
	}
	if err := site.House.Keeping.Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	if n := keptForms(t, site); n != 0 {
		t.Errorf("%d forms are still there", n)
	}
}

func TestAScriptThatComesTooLateIsSentToTheSignInPageToo(t *testing.T) {
	site := withDiary(t)
	browser := site.SignIn(t, site.MustPerson(t, web.Learner))
	site.Clock.Pass(16 * time.Minute)
	request := browser.Request(http.MethodPost, "/diary/monday", url.Values{"text": {written}})
	request.Header.Set("HX-Request", "true")
	if r := browser.Do(request); r.Header.Get("HX-Redirect") != "/sign-in?back=%2Fdiary%2Fmonday" {
		t.Errorf("status %d, HX-Redirect %q", r.Status, r.Header.Get("HX-Redirect"))
	}
}

func keptForms(t *testing.T, site *hooktest.Site) (n int) {
	t.Helper()
	if err := site.App.DB().NewQuery("SELECT COUNT(*) FROM kept_posts").Row(&n); err != nil {
		t.Fatal(err)
	}
	return n
}
