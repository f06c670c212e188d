package signin_test

import (
	"bufio"
	"net/http"
	"strings"
	"testing"
	"time"

	"alongside/hooks/hooktest"
	"alongside/hooks/web"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/subscriptions"
)

// api sends JSON to PocketBase's own addresses.
func api(b *hooktest.Browser, method, path, body, authorization string) hooktest.Response {
	request := b.Request(method, path, nil)
	request.Body = http.NoBody
	if body != "" {
		request, _ = http.NewRequest(method, request.URL.String(), strings.NewReader(body))
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Authorization", authorization)
	return b.Do(request)
}

func mustSuperuser(t *testing.T, site *hooktest.Site) (token string) {
	t.Helper()
	superusers, err := site.App.FindCollectionByNameOrId(core.CollectionNameSuperusers)
	if err != nil {
		t.Fatal(err)
	}
	superuser := core.NewRecord(superusers)
	superuser.SetEmail("root@example.org")
	superuser.SetPassword("apples in autumn")
	if err := site.App.Save(superuser); err != nil {
		t.Fatal(err)
	}
	if token, err = superuser.NewAuthToken(); err != nil {
		t.Fatal(err)
	}
	return token
}

func TestPocketBasesOwnSignInOfPeopleIsNotThereForAnybody(t *testing.T) {
	site := hooktest.Start(t)
	sam := site.MustPerson(t, web.Learner)
	superuser := mustSuperuser(t, site)
	signedIn := site.SignIn(t, sam)
	who := map[string]func(method, path, body string) hooktest.Response{
		"guest":     func(m, p, b string) hooktest.Response { return api(site.Guest(t), m, p, b, "") },
		"learner":   func(m, p, b string) hooktest.Response { return api(signedIn, m, p, b, "") },
		"superuser": func(m, p, b string) hooktest.Response { return api(site.Guest(t), m, p, b, superuser) },
	}
	for _, collection := range []string{"users", "_pb_users_auth_", "USERS"} {
		for action, body := range map[string]string{
			"GET auth-methods":            ``,
			"POST auth-with-password":     `{"identity":"` + sam.Username + `","password":"` + sam.Password + `"}`,
			"POST auth-with-otp":          `{"otpId":"x","password":"1"}`,
			"POST auth-with-oauth2":       `{"provider":"google","code":"x"}`,
			"POST auth-refresh":           `{}`,
			"POST request-otp":            `{"email":"a@example.org"}`,
			"POST request-password-reset": `{"email":"a@example.org"}`,
			"POST confirm-password-reset": `{"token":"x","password":"y","passwordConfirm":"y"}`,
			"POST request-verification":   `{"email":"a@example.org"}`,
			"POST confirm-verification":   `{"token":"x"}`,
			"POST request-email-change":   `{"newEmail":"a@example.org"}`,
			"POST confirm-email-change":   `{"token":"x","password":"y"}`,
			"POST impersonate/" + sam.ID:  `{}`,
		} {
			method, action, _ := strings.Cut(action, " ")
			for role, ask := range who {
				if r := ask(method, "/api/collections/"+collection+"/"+action, body); r.Status != 404 {
					t.Errorf("%s: %s %s/%s: status %d\n%s", role, method, collection, action, r.Status, r.Body)
				}
			}
		}
	}
}

func TestSuperusersSignInAsPocketBasesUsersKnowIt(t *testing.T) {
	site := hooktest.Start(t)
	mustSuperuser(t, site)
	r := api(site.Guest(t), http.MethodPost, "/api/collections/_superusers/auth-with-password",
		`{"identity":"root@example.org","password":"apples in autumn"}`, "")
	if r.Status != 200 {
		t.Errorf("status %d\n%s", r.Status, r.Body)
	}
}

func TestThePasswordOfASuperuserIsNotGuessedWithoutEnd(t *testing.T) {
	site := hooktest.Start(t)
	mustSuperuser(t, site)
	guess := func() int {
		return api(site.Guest(t), http.MethodPost, "/api/collections/_superusers/auth-with-password",
			`{"identity":"root@example.org","password":"a guess"}`, "").Status
	}
	for range 20 {
		guess()
	}
	if status := guess(); status != 429 {
		t.Errorf("status %d", status)
	}
}

// withWho is a site with an address of the API that tells who it knows.
func withWho(t *testing.T) (site *hooktest.Site, who *string) {
	who = new(string)
	site = hooktest.Start(t, func(s *hooktest.Setup) {
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
	return site, who
}

func TestTheSessionOfAPageIsKnownToTheAPI(t *testing.T) {
	site, who := withWho(t)
	sam := site.MustPerson(t, web.Learner)
	browser := site.SignIn(t, sam)
	if browser.Get("/api/who"); *who != sam.ID {
		t.Errorf("known as %q, want %q", *who, sam.ID)
	}
	site.Clock.Pass(16 * time.Minute)
	if browser.Get("/api/who"); *who != "nobody" {
		t.Errorf("after the session is over: known as %q", *who)
	}
}

func TestAnotherSiteCannotWriteThroughTheAPIWithOurCookie(t *testing.T) {
	site, who := withWho(t)
	browser := site.SignIn(t, site.MustPerson(t, web.Learner))
	request := browser.Request(http.MethodPost, "/api/who", nil)
	request.Header.Set("Sec-Fetch-Site", "cross-site")
	if r := browser.Do(request); r.Status != 403 || *who != "" {
		t.Errorf("status %d, known as %q", r.Status, *who)
	}
}

// A listener is one open realtime connection.
type listener struct {
	id    string
	lines *bufio.Scanner
}

func listen(t *testing.T, site *hooktest.Site, browser *hooktest.Browser) listener {
	t.Helper()
	request := browser.Request(http.MethodGet, "/api/realtime", nil)
	for _, cookie := range browser.Cookies() {
		request.AddCookie(cookie)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { response.Body.Close() })
	l := listener{lines: bufio.NewScanner(response.Body)}
	for l.lines.Scan() {
		if id, ok := strings.CutPrefix(l.lines.Text(), "id:"); ok {
			l.id = id
		}
		if l.lines.Text() == "" {
			return l
		}
	}
	t.Fatal("no connection")
	return l
}

func TestNobodyListensToATopicThatNoRoomOpened(t *testing.T) {
	site := hooktest.Start(t)
	for name, browser := range map[string]*hooktest.Browser{
		"guest":   site.Guest(t),
		"learner": site.SignIn(t, site.MustPerson(t, web.Learner)),
	} {
		l := listen(t, site, browser)
		for _, topic := range []string{"users/*", "reflections", "anything"} {
			r := api(browser, http.MethodPost, "/api/realtime", `{"clientId":"`+l.id+`","subscriptions":["`+topic+`"]}`, "")
			if r.Status != 403 {
				t.Errorf("%s, %s: status %d", name, topic, r.Status)
			}
		}
	}
}

func TestAListenerWhoSignedOutHearsNothingMore(t *testing.T) {
	site := hooktest.Start(t)
	browser := site.SignIn(t, site.MustPerson(t, web.Learner))
	l := listen(t, site, browser)
	client, err := site.App.SubscriptionsBroker().ClientById(l.id)
	if err != nil {
		t.Fatal(err)
	}
	client.Send(subscriptions.Message{Name: "first", Data: []byte("{}")})
	heard := ""
	for l.lines.Scan() && l.lines.Text() != "" {
		heard += l.lines.Text()
	}
	if !strings.Contains(heard, "first") {
		t.Fatalf("heard %q", heard)
	}
	browser.Post("/sign-out", nil)
	client.Send(subscriptions.Message{Name: "second", Data: []byte("{}")})
	for l.lines.Scan() {
		if strings.Contains(l.lines.Text(), "second") {
			t.Fatal("still listening")
		}
	}
}
