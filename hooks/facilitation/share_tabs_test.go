package facilitation_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"alongside/hooks/hooktest"
)

// tab is the form of a page that somebody opened, with all that it says of itself.
func (g *group) tab(t *testing.T, b *hooktest.Browser, share, page string) url.Values {
	t.Helper()
	r := b.Get("/facilitate/shares/" + share)
	form := g.form(t, b, share, r.Page(t).Find("#reply").Text())
	form.Set("seen", r.Page(t).Find("#answer input[name=seen]").AttrOr("value", "none"))
	form.Set("page", page)
	form.Set("do", "save")
	return form
}

// typing writes an answer, and lets the page save it by itself.
func typing(b *hooktest.Browser, share string, form url.Values, text string) hooktest.Response {
	form.Set("reply", text)
	form.Set("auto", "1")
	defer form.Del("auto")
	r := b.Post("/facilitate/shares/"+share, form)
	if seen, err := url.ParseQuery(r.Header.Get("Stored")); err == nil && seen.Has("seen") {
		form.Set("seen", seen.Get("seen"))
	}
	return r
}

func TestTwoTabsWithOneAnswerLoseNeitherText(t *testing.T) {
	for _, do := range []string{"save", "send", "speak"} {
		for keep, want := range map[string]string{"mine": "from two", "stored": "from one", "both": "from one\n\nfrom two"} {
			t.Run(do+" "+keep, func(t *testing.T) {
				g, _, share := shared(t)
				one, two := g.tab(t, g.his, share, "1"), g.tab(t, g.his, share, "2")
				for _, text := range []string{"from", "from one"} {
					if r := typing(g.his, share, one, text); r.Status != http.StatusNoContent {
						t.Fatalf("the first tab: status %d", r.Status)
					}
				}
				if r := typing(g.his, share, two, "from two"); r.Status != http.StatusConflict {
					t.Errorf("the second tab by itself: status %d", r.Status)
				}
				two.Set("do", do)
				r := g.his.Post("/facilitate/shares/"+share, two)
				page := r.Page(t)
				if r.Status != http.StatusConflict || !strings.Contains(page.Find("fieldset.changed").Text(), "from one") || strings.TrimSpace(page.Find("#reply").Text()) != "from two" {
					t.Fatalf("status %d\n%s", r.Status, page.Find("main").Text())
				}
				if stored := strings.TrimSpace(g.his.Get("/facilitate/shares/" + share).Page(t).Find("#reply").Text()); stored != "from one" {
					t.Errorf("stored is %q", stored)
				}
				two.Set("seen", page.Find("#answer input[name=seen]").AttrOr("value", ""))
				two.Set("after", page.Find("#answer input[name=after]").AttrOr("value", ""))
				if r := g.his.Post("/facilitate/shares/"+share, two); r.Status != http.StatusConflict {
					t.Errorf("nothing was chosen: status %d", r.Status)
				}
				two.Set("keep", keep)
				if r := g.his.Post("/facilitate/shares/"+share, two); r.Status != http.StatusSeeOther {
					t.Fatalf("chosen: status %d", r.Status)
				}
				page = g.his.Get("/facilitate/shares/" + share).Page(t)
				got := page.Find("#reply").Text()
				if do == "send" {
					got = page.Find(".letter.mine .as-typed").Text()
				}
				if strings.TrimSpace(got) != want {
					t.Errorf("it reads %q", got)
				}
			})
		}
	}
}

func TestATabThatSavesByItselfFollowsWhatItSavedThoughNoAnswerCame(t *testing.T) {
	g, _, share := shared(t)
	one := g.tab(t, g.his, share, "1")
	for _, text := range []string{"a", "a b", "a b c"} {
		one.Set("seen", "")
		if r := typing(g.his, share, one, text); r.Status != http.StatusNoContent {
			t.Errorf("%q: status %d", text, r.Status)
		}
	}
}
