package signin_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"alongside/hooks/hooktest"
	"alongside/hooks/people"
	"alongside/hooks/web"
)

const rightPassword = "three warm loaves"

func credentials(who, password string) url.Values {
	return url.Values{"who": {who}, "password": {password}}
}

func TestAWrongPasswordAndAnUnknownNameAreToldInTheSameWords(t *testing.T) {
	site := hooktest.Start(t)
	sam := site.MustPerson(t, web.Learner)

	wrong := site.Guest(t).Post("/sign-in", credentials(sam.Username, "not the password"))
	nobody := site.Guest(t).Post("/sign-in", credentials("nobody-99", "not the password"))

	if wrong.Status != 422 || nobody.Status != 422 {
		t.Fatalf("status %d and %d, want 422", wrong.Status, nobody.Status)
	}
	if a, b := strings.ReplaceAll(wrong.Body, sam.Username, ""), strings.ReplaceAll(nobody.Body, "nobody-99", ""); a != b {
		t.Errorf("the pages differ:\n%s\n---\n%s", a, b)
	}
}

func TestSigningInWithoutANameOrAPasswordSaysWhatIsMissing(t *testing.T) {
	site := hooktest.Start(t)
	r := site.Guest(t).Post("/sign-in", url.Values{})
	if r.Status != 422 {
		t.Fatalf("status %d", r.Status)
	}
	for _, field := range []string{"#who", "#password"} {
		if r.Page(t).Find(field+`[aria-invalid="true"]`).Length() != 1 {
			t.Errorf("%s is not marked", field)
		}
	}
}

func TestPeopleSignInWithUsernameOrEmailInAnyLetters(t *testing.T) {
	site := hooktest.Start(t)
	_, err := people.Create(site.App, people.Person{Username: "Harbour-17", Email: "sam@example.org"}, rightPassword)
	if err != nil {
		t.Fatal(err)
	}
	for _, who := range []string{"harbour-17", "HARBOUR-17", " harbour-17 ", "sam@example.org", "Sam@Example.ORG"} {
		r := site.Guest(t).Post("/sign-in", credentials(who, rightPassword))
		if r.Status != 303 || r.Location != "/" {
			t.Errorf("%q: status %d to %q", who, r.Status, r.Location)
		}
	}
}

func TestSigningInGoesBackOnlyToThisSite(t *testing.T) {
	site := hooktest.Start(t)
	sam := site.MustPerson(t, web.Learner)
	for back, want := range map[string]string{
		"/courses/a/b/c?x=1":    "/courses/a/b/c?x=1",
		"":                      "/",
		"//evil.example/":       "/",
		"https://evil.example/": "/",
		`/\evil.example`:        "/",
		"/\t/evil.example":      "/",
		"/a\nSet-Cookie: x=y":   "/",
		"javascript:alert(1)":   "/",
		"me":                    "/",
	} {
		form := credentials(sam.Username, rightPassword)
		form.Set("back", back)
		if r := site.Guest(t).Post("/sign-in", form); r.Location != want {
			t.Errorf("back %q goes to %q, want %q", back, r.Location, want)
		}
	}
}

func TestAPageThatNeedsSomebodyAsksThemToSignInAndComesBack(t *testing.T) {
	site := hooktest.Start(t)
	sam := site.MustPerson(t, web.Learner)
	browser := site.Guest(t)

	r := browser.Get("/me")
	if r.Status != 303 || r.Location != "/sign-in?back=%2Fme" {
		t.Fatalf("status %d to %q", r.Status, r.Location)
	}
	back, _ := browser.Follow(r).Page(t).Find("input[name=back]").Attr("value")
	form := credentials(sam.Username, rightPassword)
	form.Set("back", back)
	if r := browser.Follow(browser.Post("/sign-in", form)); r.Status != 200 {
		t.Errorf("status %d", r.Status)
	}
}

func TestTheSessionCookieIsForThisHostOnlyAndNotForScripts(t *testing.T) {
	for _, c := range []struct {
		name        string
		behindProxy bool
		own         string
		want        string
	}{
		{"on loopback", false, "", "session=?; Path=/; HttpOnly; SameSite=Lax"},
		{"over TLS", true, "", "__Host-session=?; Path=/; HttpOnly; Secure; SameSite=Lax"},
		{"over TLS, own phone", true, "true", "__Host-session=?; Path=/; Max-Age=34560000; HttpOnly; Secure; SameSite=Lax"},
	} {
		t.Run(c.name, func(t *testing.T) {
			site := hooktest.Start(t, func(s *hooktest.Setup) { s.BehindProxy = c.behindProxy })
			sam := site.MustPerson(t, web.Learner)
			form := credentials(sam.Username, rightPassword)
			form.Set("own", c.own)
			r := site.Guest(t).Post("/sign-in", form)
			got := r.Header.Get("Set-Cookie")
			name, rest, _ := strings.Cut(got, "=")
			_, flags, _ := strings.Cut(rest, ";")
			if got := name + "=?;" + flags; got != c.want {
				t.Errorf("cookie %s\nwant   %s", got, c.want)
			}
		})
	}
}

func TestOverTLSAPlainCookieIsNotTaken(t *testing.T) {
	site := hooktest.Start(t, func(s *hooktest.Setup) { s.BehindProxy = true })
	sam := site.MustPerson(t, web.Learner)
	r := site.Guest(t).Post("/sign-in", credentials(sam.Username, rightPassword))
	token := strings.SplitN(strings.SplitN(r.Header.Get("Set-Cookie"), ";", 2)[0], "=", 2)[1]

	guest := site.Guest(t)
	request := guest.Request(http.MethodGet, "/me", nil)
	request.AddCookie(&http.Cookie{Name: "session", Value: token})
	if r := guest.Do(request); r.Status != 303 {
		t.Errorf("a cookie that any page on a subdomain can set opens /me: status %d", r.Status)
	}
}

func TestSigningInMakesANewSessionAndEndsTheOneThatWasThere(t *testing.T) {
	site := hooktest.Start(t)
	sam, ana := site.MustPerson(t, web.Learner), site.MustPerson(t, web.Learner)
	browser := site.SignIn(t, sam)
	before := browser.Cookies()[0]

	browser.Post("/sign-in", credentials(ana.Username, ana.Password))

	if after := browser.Cookies()[0]; after.Value == before.Value {
		t.Fatal("the token stayed the same")
	}
	old := site.Guest(t)
	request := old.Request(http.MethodGet, "/me", nil)
	request.AddCookie(before)
	if r := old.Do(request); r.Status != 303 {
		t.Errorf("the old token still opens /me: status %d", r.Status)
	}
}

func TestAnAttackerCannotChooseTheToken(t *testing.T) {
	site := hooktest.Start(t)
	sam := site.MustPerson(t, web.Learner)
	browser := site.Guest(t)
	request := browser.Request(http.MethodPost, "/sign-in", credentials(sam.Username, sam.Password))
	request.AddCookie(&http.Cookie{Name: "session", Value: "chosen-by-somebody-else"})
	browser.Do(request)

	other := site.Guest(t)
	request = other.Request(http.MethodGet, "/me", nil)
	request.AddCookie(&http.Cookie{Name: "session", Value: "chosen-by-somebody-else"})
	if r := other.Do(request); r.Status != 303 {
		t.Errorf("status %d", r.Status)
	}
}

func TestTheDatabaseDoesNotHoldTheToken(t *testing.T) {
	site := hooktest.Start(t)
	browser := site.SignIn(t, site.MustPerson(t, web.Learner))
	var stored string
	if err := site.App.DB().NewQuery("SELECT token FROM sessions").Row(&stored); err != nil {
		t.Fatal(err)
	}
	if token := browser.Cookies()[0].Value; stored == token || len(stored) != 64 {
		t.Errorf("stored %q for the token %q", stored, token)
	}
}

func TestASignInThatAnotherSitePostsIsRefusedWithAPage(t *testing.T) {
	site := hooktest.Start(t)
	sam := site.MustPerson(t, web.Learner)
	for name, change := range map[string]func(http.Header){
		"by Sec-Fetch-Site": func(h http.Header) { h.Set("Sec-Fetch-Site", "cross-site") },
		"by Origin": func(h http.Header) {
			h.Del("Sec-Fetch-Site")
			h.Set("Origin", "https://evil.example")
		},
	} {
		t.Run(name, func(t *testing.T) {
			browser := site.Guest(t)
			request := browser.Request(http.MethodPost, "/sign-in", credentials(sam.Username, sam.Password))
			change(request.Header)
			r := browser.Do(request)
			if r.Status != 403 || len(browser.Cookies()) > 0 {
				t.Errorf("status %d, cookies %v", r.Status, browser.Cookies())
			}
			if r.Page(t).Find("main h1").Length() != 1 {
				t.Errorf("no page of ours:\n%s", r.Body)
			}
		})
	}
}

func TestAnAuthorizationTokenOpensNoPage(t *testing.T) {
	site := hooktest.Start(t)
	sam := site.MustPerson(t, web.Learner)
	user, err := site.App.FindRecordById("users", sam.ID)
	if err != nil {
		t.Fatal(err)
	}
	token, err := user.NewAuthToken()
	if err != nil {
		t.Fatal(err)
	}
	for _, header := range []string{token, "Bearer " + token} {
		guest := site.Guest(t)
		request := guest.Request(http.MethodGet, "/me", nil)
		request.Header.Set("Authorization", header)
		if r := guest.Do(request); r.Status != 303 {
			t.Errorf("status %d, want 303 to the sign-in", r.Status)
		}
	}
}

func TestAfterFiveWrongTriesAnAccountRestsAndThePageSaysHowLong(t *testing.T) {
	site := hooktest.Start(t)
	sam := site.MustPerson(t, web.Learner)
	for range 5 {
		if r := site.Guest(t).Post("/sign-in", credentials(sam.Username, "wrong")); r.Status != 422 {
			t.Fatalf("status %d", r.Status)
		}
	}
	r := site.Guest(t).Post("/sign-in", credentials(sam.Username, sam.Password))
	if r.Status != 429 || r.Header.Get("Retry-After") != "60" {
		t.Fatalf("status %d, Retry-After %q", r.Status, r.Header.Get("Retry-After"))
	}
	if r.Page(t).Find("form[action='/sign-in'] input[name=who]").AttrOr("value", "") != sam.Username {
		t.Error("what was typed is gone")
	}
	site.Clock.Pass(61 * time.Second)
	if r := site.Guest(t).Post("/sign-in", credentials(sam.Username, sam.Password)); r.Status != 303 {
		t.Errorf("after a minute: status %d", r.Status)
	}
}

func TestAClassBehindOneAddressSignsInWhileOneOfThemGuesses(t *testing.T) {
	site := hooktest.Start(t)
	class := make([]hooktest.Person, 30)
	for i := range class {
		class[i] = site.MustPerson(t, web.Learner)
	}
	for range 12 {
		site.Guest(t).Post("/sign-in", credentials("somebody", "wrong"))
	}
	for i, p := range class {
		site.Clock.Pass(time.Second)
		if r := site.Guest(t).Post("/sign-in", credentials(p.Username, p.Password)); r.Status != 303 {
			t.Fatalf("learner %d: status %d", i, r.Status)
		}
	}
}

func TestASignedInPersonIsNotAskedAgain(t *testing.T) {
	site := hooktest.Start(t)
	browser := site.SignIn(t, site.MustPerson(t, web.Learner))
	if r := browser.Get("/sign-in?back=/me"); r.Status != 303 || r.Location != "/me" {
		t.Errorf("status %d to %q", r.Status, r.Location)
	}
}
