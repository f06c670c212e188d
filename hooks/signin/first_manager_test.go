package signin_test

import (
	"net/url"
	"testing"

	"alongside/hooks/hooktest"
	"alongside/hooks/web"
)

var firstForm = url.Values{"username": {"Helen"}, "email": {""}, "name": {"Helen"}, "password": {"old stone bridge"}}

func offer(t *testing.T, site *hooktest.Site) string {
	t.Helper()
	link, err := site.House.SignIn.OfferFirstManager()
	if err != nil {
		t.Fatal(err)
	}
	return link
}

func TestTheFirstManagerIsMadeByALinkThatWorksOnce(t *testing.T) {
	site := hooktest.Start(t)
	link := offer(t, site)
	browser := site.Guest(t)

	if r := browser.Get(link); r.Status != 200 || r.Header.Get("Referrer-Policy") != "strict-origin" {
		t.Fatalf("status %d, Referrer-Policy %q", r.Status, r.Header.Get("Referrer-Policy"))
	}
	if r := browser.Post(link, firstForm); r.Status != 303 || r.Location != "/manage/start" {
		t.Fatalf("status %d to %q\n%s", r.Status, r.Location, r.Body)
	}
	if r := browser.Get("/me"); r.Status != 200 {
		t.Errorf("not signed in: status %d", r.Status)
	}
	var role, programme string
	if err := site.App.DB().NewQuery("SELECT role, programme FROM memberships").Row(&role, &programme); err != nil {
		t.Fatal(err)
	}
	if role != string(web.Manager) || programme != "" {
		t.Errorf("role %q in programme %q, want the site manager", role, programme)
	}
	for _, r := range []hooktest.Response{site.Guest(t).Get(link), site.Guest(t).Post(link, firstForm)} {
		if r.Status != 404 {
			t.Errorf("a second time: status %d", r.Status)
		}
	}
	if again := offer(t, site); again != "" {
		t.Error("a site with a manager offers another link")
	}
}

func TestAWrongOrOldLinkMakesNobody(t *testing.T) {
	site := hooktest.Start(t)
	if r := site.Guest(t).Post("/sign-in/first/", firstForm); r.Status != 404 {
		t.Errorf("before there is a link: status %d", r.Status)
	}
	old := offer(t, site)
	offer(t, site)
	for _, link := range []string{old, "/sign-in/first/guess"} {
		if r := site.Guest(t).Post(link, firstForm); r.Status != 404 {
			t.Errorf("status %d", r.Status)
		}
	}
	if n := count(t, site, "users"); n != 0 {
		t.Errorf("%d people were made", n)
	}
}

func TestALinkMakesNobodyOnceSomebodyIsThere(t *testing.T) {
	site := hooktest.Start(t)
	link := offer(t, site)
	site.MustPerson(t, web.Learner)
	if r := site.Guest(t).Post(link, firstForm); r.Status != 404 {
		t.Errorf("status %d", r.Status)
	}
	if n := count(t, site, "memberships"); n != 1 {
		t.Errorf("%d memberships, want the learner's only", n)
	}
}

func TestTheFirstManagerIsToldWhatToPutRightAndKeepsTheLink(t *testing.T) {
	site := hooktest.Start(t)
	link := offer(t, site)
	browser := site.Guest(t)
	r := browser.Post(link, url.Values{"username": {"Two Words"}, "email": {"nowhere"}, "password": {"short"}})
	if r.Status != 422 || r.Page(t).Find("[aria-invalid=true]").Length() != 3 {
		t.Fatalf("status %d, %d fields marked", r.Status, r.Page(t).Find("[aria-invalid=true]").Length())
	}
	action, _ := r.Page(t).Find("form:has(#username)").Attr("action")
	if r := browser.Post(action, firstForm); r.Status != 303 {
		t.Errorf("status %d", r.Status)
	}
}

func count(t *testing.T, site *hooktest.Site, table string) (n int) {
	t.Helper()
	if err := site.App.DB().NewQuery("SELECT COUNT(*) FROM " + table).Row(&n); err != nil {
		t.Fatal(err)
	}
	return n
}
