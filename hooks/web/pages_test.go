package web_test

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"alongside/hooks/hooktest"
	"alongside/hooks/web"

	"github.com/pocketbase/pocketbase/core"
)

// withFaults is a site with pages that go wrong in every way.
func withFaults(t *testing.T, change ...func(*hooktest.Setup)) *hooktest.Site {
	return hooktest.Start(t, append(change, func(s *hooktest.Setup) {
		s.Routes = func(pages web.Pages) {
			pages.GET("/go/panic", web.Anyone, func(*core.RequestEvent) error { panic("secret detail") })
			pages.GET("/go/error", web.Anyone, func(*core.RequestEvent) error { return errors.New("secret detail") })
			pages.GET("/go/forbidden", web.Anyone, func(*core.RequestEvent) error { return web.ErrForbidden })
			pages.GET("/go/api", web.Anyone, func(e *core.RequestEvent) error { return e.ForbiddenError("secret detail", nil) })
			pages.POST("/go/form", web.Anyone, func(e *core.RequestEvent) error {
				if _, err := web.Form(e); err != nil {
					return err
				}
				return e.String(http.StatusOK, "fine")
			})
		}
	})...)
}

func isPage(t *testing.T, r hooktest.Response, status int) {
	t.Helper()
	if r.Status != status {
		t.Errorf("status %d, want %d", r.Status, status)
	}
	if r.Page(t).Find("main h1").Length() != 1 || !strings.HasPrefix(r.Header.Get("Content-Type"), "text/html") {
		t.Errorf("no page of ours: %s", r.Body)
	}
	if r.Page(t).Find("a[href='/help']").Length() == 0 {
		t.Error("help is not on it")
	}
	if strings.Contains(r.Body, "secret detail") {
		t.Error("it shows what is inside")
	}
}

func TestEveryErrorIsAPage(t *testing.T) {
	site := withFaults(t)
	browser := site.Guest(t)
	for address, status := range map[string]int{
		"/nowhere":             404,
		"/courses/a/b/c/d":     404,
		"/assets/none":         404,
		"/go/panic":            500,
		"/go/error":            500,
		"/go/forbidden":        403,
		"/go/api":              403,
		"/go/form":             404, // a wrong method
		"/%ff%fe":              404,
		"/sign-in/first/guess": 404,
	} {
		t.Run(address, func(t *testing.T) {
			if address == "/assets/none" {
				if r := browser.Get(address); r.Status != status {
					t.Errorf("status %d", r.Status)
				}
				return
			}
			isPage(t, browser.Get(address), status)
		})
	}
	for _, method := range []string{http.MethodPut, http.MethodPatch, http.MethodDelete, "BREW"} {
		t.Run(method, func(t *testing.T) {
			isPage(t, browser.Do(browser.Request(method, "/help", nil)), 404)
		})
	}
}

func TestABodyThatIsTooLargeIsAPageWhetherItsSizeIsToldOrNot(t *testing.T) {
	site := withFaults(t)
	browser := site.Guest(t)
	large := url.Values{"a": {strings.Repeat("x", 3<<20)}}
	isPage(t, browser.Post("/go/form", large), 413)

	request := browser.Request(http.MethodPost, "/go/form", large)
	request.ContentLength = -1
	request.Body = io.NopCloser(strings.NewReader(large.Encode()))
	isPage(t, browser.Do(request), 413)
}

// A browser sends all before it reads. If the server hung up meanwhile, people
// would see a broken connection and not the page.
func TestABodyThatIsTooLargeIsTakenToItsEndBeforeTheAnswer(t *testing.T) {
	site := withFaults(t)
	connection, err := net.Dial("tcp", strings.TrimPrefix(site.URL, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer connection.Close()
	const size = 8 << 20
	fmt.Fprintf(connection, "POST /go/form HTTP/1.1\r\nHost: here\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n\r\n", size)
	for range size / (64 << 10) {
		if _, err := connection.Write(make([]byte, 64<<10)); err != nil {
			t.Fatalf("the server hung up: %v", err)
		}
	}
	answer, err := http.ReadResponse(bufio.NewReader(connection), nil)
	if err != nil {
		t.Fatalf("no answer: %v", err)
	}
	defer answer.Body.Close()
	if answer.StatusCode != 413 {
		t.Errorf("status %d", answer.StatusCode)
	}
}

func TestAFormThatIsNoneIsAPage(t *testing.T) {
	site := withFaults(t)
	browser := site.Guest(t)
	request := browser.Request(http.MethodPost, "/go/form", nil)
	request.Body = io.NopCloser(strings.NewReader("a=%zz"))
	request.ContentLength = 5
	isPage(t, browser.Do(request), 400)
}

func TestARateLimitOfTheDashboardIsAPage(t *testing.T) {
	site := withFaults(t, func(s *hooktest.Setup) {
		s.Before = func(app core.App) {
			settings := app.Settings()
			settings.RateLimits.Enabled = true
			settings.RateLimits.Rules = []core.RateLimitRule{{Label: "/help", MaxRequests: 1, Duration: 60}}
		}
	})
	browser := site.Guest(t)
	browser.Get("/help")
	isPage(t, browser.Get("/help"), 429)
}

func TestPocketBasesAddressesKeepPocketBasesErrors(t *testing.T) {
	site := withFaults(t)
	for _, address := range []string{"/api/nowhere", "/api/collections/nowhere/records", "/_/nowhere.js"} {
		r := site.Guest(t).Get(address)
		if r.Status != 404 || !strings.HasPrefix(r.Header.Get("Content-Type"), "application/json") {
			t.Errorf("%s: status %d, %s", address, r.Status, r.Header.Get("Content-Type"))
		}
	}
}

func TestPagesAreKeptByNobodyAndLoadNothingFromElsewhere(t *testing.T) {
	site := withFaults(t)
	for _, address := range []string{"/help", "/sign-in", "/nowhere", "/go/panic"} {
		h := site.Guest(t).Get(address).Header
		if h.Get("Cache-Control") != "no-store" {
			t.Errorf("%s: Cache-Control %q", address, h.Get("Cache-Control"))
		}
		for _, rule := range []string{"default-src 'none'", "script-src 'self'", "form-action 'self'", "frame-ancestors 'none'", "base-uri 'none'"} {
			if !strings.Contains(h.Get("Content-Security-Policy"), rule) {
				t.Errorf("%s: the policy lacks %s", address, rule)
			}
		}
		if strings.Contains(h.Get("Content-Security-Policy"), "unsafe") || h.Get("Access-Control-Allow-Origin") != "" {
			t.Errorf("%s: %v", address, h)
		}
		if h.Get("Referrer-Policy") != "same-origin" || h.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s: %v", address, h)
		}
	}
}

func TestBehindAProxyTheVisitorIsWhoTheProxySawAlsoAfterSettingsChange(t *testing.T) {
	for behind, want := range map[bool]string{true: "198.51.100.7", false: "127.0.0.1"} {
		site := hooktest.Start(t, func(s *hooktest.Setup) {
			s.BehindProxy = behind
			s.Routes = func(pages web.Pages) {
				pages.GET("/address", web.Anyone, func(e *core.RequestEvent) error { return e.String(http.StatusOK, e.RealIP()) })
			}
		})
		settings, err := site.App.Settings().Clone()
		if err != nil {
			t.Fatal(err)
		}
		settings.Meta.AppName = "Another"
		if err := site.App.Save(settings); err != nil {
			t.Fatal(err)
		}
		browser := site.Guest(t)
		request := browser.Request(http.MethodGet, "/address", nil)
		request.Header.Set("X-Forwarded-For", "203.0.113.9, 198.51.100.7")
		r := browser.Do(request)
		if r.Body != want {
			t.Errorf("behind a proxy %v: %s, want %s", behind, r.Body, want)
		}
		if got := r.Header.Get("Strict-Transport-Security") != ""; got != behind {
			t.Errorf("behind a proxy %v: TLS is asked for ever after: %v", behind, got)
		}
	}
}

func TestHelpIsThereForAnybodyWithEveryNumberOfTheSettings(t *testing.T) {
	site := hooktest.Start(t)
	text := site.Guest(t).Get("/help").Body
	for _, number := range []string{"999", "116 123", "111", "0800 144 8848", "0808 800 4444", "0808 8010 503"} {
		if !strings.Contains(text, number) {
			t.Errorf("%s is not on it", number)
		}
	}
}

func TestAChangeOfTheSettingsShowsAtTheNextPage(t *testing.T) {
	site := hooktest.Start(t)
	browser := site.Guest(t)
	browser.Get("/help")
	row, err := site.App.FindFirstRecordByFilter("settings", "id != ''")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"North Quay", "South Quay"} {
		row.Set("name", name)
		if err := site.App.Save(row); err != nil {
			t.Fatal(err)
		}
		if title := browser.Get("/help").Page(t).Find("title").Text(); !strings.Contains(title, name) {
			t.Errorf("title %q", title)
		}
	}
}

func TestHealthIsPlainAndAsksTheDatabase(t *testing.T) {
	site := hooktest.Start(t)
	if r := site.Guest(t).Get("/healthz"); r.Status != 200 || r.Body != "ok\n" {
		t.Errorf("status %d, %q", r.Status, r.Body)
	}
}
