package signin_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"alongside/hooks/hooktest"
	"alongside/hooks/web"
)

// asksToSignIn reports whether a page says "sign in" to whoever reads it.
func asksToSignIn(t *testing.T, r hooktest.Response) bool {
	t.Helper()
	page := r.Page(t)
	words := strings.ToLower(strings.Join(strings.Fields(page.Find("body").Text()), " "))
	return page.Find("a[href^='/sign-in'], form[action='/sign-in']").Length() > 0 || strings.Contains(words, "sign in")
}

func TestNoPageSaysSignInToSomebodyWhoIs(t *testing.T) {
	site := hooktest.Start(t)
	files := map[string]string{"course.md": "---\ntitle: Small\nlanguage: en\n---\nAbout.\n", "01-a.md": "# A\n\nWords.\n\n:::reflection[What?]{#what}\n:::\n"}
	site.Publish(t, "open", files)
	site.Publish(t, "closed", files)
	for _, query := range []string{"UPDATE courses SET public = TRUE", "UPDATE courses SET open = FALSE WHERE slug = 'closed'"} {
		if _, err := site.App.NonconcurrentDB().NewQuery(query).Execute(); err != nil {
			t.Fatal(err)
		}
	}
	browser := site.SignIn(t, site.MustPerson(t, web.Learner))
	look := func(what string, r hooktest.Response) {
		if r.Location != "" {
			r = browser.Follow(r)
		}
		if asksToSignIn(t, r) {
			t.Errorf("%s: the page asks to sign in", what)
		}
	}
	pages := []string{"/", "/courses", "/me", "/me/lines", "/me/password", "/me/record/open", "/help", "/sign-in", "/nowhere", "/courses/none", "/sign-in/first/guess"}
	for _, course := range []string{"open", "closed"} {
		for _, page := range []string{"", "/a", "/a/start", "/a/none", "/none"} {
			pages = append(pages, "/courses/"+course+page)
		}
	}
	for _, page := range pages {
		look(page, browser.Get(page))
	}
	look("a form that is none", browser.Post("/me/devices/none", url.Values{}))
	look("a course that is closed", browser.Post("/courses/closed", nil))
	look("a start", browser.Post("/courses/open", nil))
	look("a password that is wrong", browser.Post("/me/password", url.Values{"current": {"no"}}))
	elsewhere := browser.Request(http.MethodPost, "/me/password", url.Values{})
	elsewhere.Header.Set("Sec-Fetch-Site", "cross-site")
	look("a form of another site", browser.Do(elsewhere))

	if !asksToSignIn(t, site.Guest(t).Get("/nowhere")) {
		t.Error("a guest is not asked either, so nothing is shown by this test")
	}
}
