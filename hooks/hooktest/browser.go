package hooktest

import (
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

// A Browser keeps cookies and goes where it is told. It follows no redirect by
// itself.
type Browser struct {
	t      testing.TB
	site   string
	client *http.Client
}

// A Response is what came back.
type Response struct {
	Status   int
	Header   http.Header
	Location string // where it sends the browser; "" for nowhere
	Body     string
}

func newBrowser(t testing.TB, site string) *Browser {
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	stay := func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &Browser{t: t, site: site, client: &http.Client{Jar: jar, CheckRedirect: stay}}
}

// Get opens an address of the site.
func (b *Browser) Get(path string) Response {
	b.t.Helper()
	return b.Do(b.Request(http.MethodGet, path, nil))
}

// Post sends a form as a page of the site would.
func (b *Browser) Post(path string, form url.Values) Response {
	b.t.Helper()
	return b.Do(b.Request(http.MethodPost, path, form))
}

// Follow opens where a response sends the browser.
func (b *Browser) Follow(r Response) Response {
	b.t.Helper()
	if r.Location == "" {
		b.t.Fatalf("status %d sends nowhere\n%s", r.Status, r.Body)
	}
	return b.Get(r.Location)
}

// Request makes a request as a browser on a page of this site does, for tests
// that change it before Do.
func (b *Browser) Request(method, path string, form url.Values) *http.Request {
	b.t.Helper()
	r, err := http.NewRequest(method, b.site+path, strings.NewReader(form.Encode()))
	if err != nil {
		b.t.Fatal(err)
	}
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	r.Header.Set("Accept", "text/html,application/xhtml+xml")
	r.Header.Set("Accept-Language", "en")
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	r.Header.Set("User-Agent", "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36")
	return r
}

// Do sends a request and reads what comes back.
func (b *Browser) Do(request *http.Request) Response {
	b.t.Helper()
	r, err := b.client.Do(request)
	if err != nil {
		b.t.Fatal(err)
	}
	defer r.Body.Close()
	body, err := io.ReadAll(r.Body)
	if err != nil {
		b.t.Fatal(err)
	}
	return Response{Status: r.StatusCode, Header: r.Header, Location: r.Header.Get("Location"), Body: string(body)}
}

// Cookies are what the browser holds for the site.
func (b *Browser) Cookies() []*http.Cookie {
	address, err := url.Parse(b.site)
	if err != nil {
		b.t.Fatal(err)
	}
	return b.client.Jar.Cookies(address)
}

// Page reads a response as HTML, for checks by selector.
func (r Response) Page(t testing.TB) *goquery.Document {
	t.Helper()
	page, err := goquery.NewDocumentFromReader(strings.NewReader(r.Body))
	if err != nil {
		t.Fatal(err)
	}
	return page
}
