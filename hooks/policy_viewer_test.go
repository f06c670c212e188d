package hooks_test

import (
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"alongside/hooks/hooktest"
)

// A viewer asks as one person. Their cookie stays as it was when they signed in,
// whatever the site sends them, so that one request never decides another.
type viewer struct {
	name    string            // in the world; "" is a guest
	columns map[string][]held // of the document, each with the roles by which they have it
	owes    bool              // a second factor, which their roles ask for
	browser *hooktest.Browser
	cookies []*http.Cookie
	client  *http.Client
	token   string // of PocketBase; "" for none
}

func (w *world) mustView(t *testing.T, name string) *viewer {
	t.Helper()
	v := &viewer{name: name, columns: columnsOf(name), browser: w.Guest(t), client: &http.Client{CheckRedirect: stay}}
	if name != "" {
		v.cookies = w.SignInOnOwn(t, w.people[name]).Cookies()
	}
	return v
}

func stay(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }

// an answer is what came back, without what differs at each request anyway.
type answer struct {
	status   int
	location string
	body     string
}

// ask sends a request, as a page of the site does.
func (v *viewer) ask(t *testing.T, method, path string) answer {
	t.Helper()
	return v.do(t, v.browser.Request(method, path, nil))
}

func (v *viewer) do(t *testing.T, request *http.Request) answer {
	t.Helper()
	for _, cookie := range v.cookies {
		request.AddCookie(cookie)
	}
	r, err := v.client.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	body, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer{status: r.StatusCode, location: r.Header.Get("Location"), body: string(body)}
}

// without takes what was asked for out of an answer, the address and the ids in
// it, so that the answers to two addresses can be compared.
func (a answer) without(asked ...string) answer {
	for _, one := range asked {
		if len(one) >= len(invented) || strings.HasPrefix(one, "/") {
			a.body = strings.ReplaceAll(a.body, one, "…")
			a.location = strings.NewReplacer(one, "…", url.QueryEscape(one), "…").Replace(a.location)
		}
	}
	return a
}

func (v *viewer) String() string {
	if v.name == "" {
		return "a guest"
	}
	return v.name
}

var markup = regexp.MustCompile(`(?s)^.*<main|<[^>]*>|\s+`)

// String is the gist of an answer, for messages.
func (a answer) String() string {
	text := strings.TrimSpace(markup.ReplaceAllString(a.body, " "))
	return fmt.Sprintf("status %d, to %q: %.200s", a.status, a.location, text)
}
