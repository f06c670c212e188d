package gallery

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"alongside/hooks/hooktest"
	"alongside/hooks/web"

	"github.com/PuerkitoBio/goquery"
)

// A form that somebody sends too late waits for them on disk, sealed. One with a
// password on it never does: the pages themselves are asked which these are.
func TestAFormWithAPasswordOnItIsNeverKept(t *testing.T) {
	forms := http.NewServeMux()
	var kept []string
	for _, door := range hooktest.Start(t).House.Pages.Doors() {
		if door.Method != http.MethodPost {
			continue
		}
		forms.Handle("POST "+door.Path, http.NotFoundHandler())
		if door.Late != web.LateNotDone {
			kept = append(kept, "POST "+door.Path)
		}
	}
	found := map[string]bool{}
	for _, s := range scenes() {
		page, err := goquery.NewDocumentFromReader(strings.NewReader(render(t, s, "en")))
		if err != nil {
			t.Fatal(err)
		}
		page.Find("form").Has("input[type=password]").Each(func(_ int, form *goquery.Selection) {
			_, door := forms.Handler(&http.Request{Method: http.MethodPost, URL: &url.URL{Path: form.AttrOr("action", "")}})
			if door == "" {
				t.Errorf("%s: its form with a password goes to %q, where nothing is", s.file, form.AttrOr("action", ""))
			}
			if slices.Contains(kept, door) {
				t.Errorf("%s: a form with a password is kept: %s", s.file, door)
			}
			found[door] = true
		})
	}
	for _, door := range []string{"/sign-in", "/me/password", "/manage/mail", "/me/data/download", "/me/pin", "/me/open", "/me/second/change"} {
		if !found["POST "+door] {
			t.Errorf("no scene shows the password of %s", door)
		}
	}
	if len(kept) == 0 {
		t.Error("no form is kept at all, so nothing is shown by this test")
	}
}
