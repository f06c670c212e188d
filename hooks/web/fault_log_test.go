package web_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"alongside/hooks/hooktest"
	"alongside/hooks/web"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/logger"
)

// withLog is a site that logs as much as the dashboard can ask for.
func withLog(t *testing.T, routes func(pages web.Pages)) *hooktest.Site {
	return hooktest.Start(t, func(s *hooktest.Setup) {
		s.Before = func(app core.App) {
			logs := &app.Settings().Logs
			logs.MaxDays, logs.MinLevel, logs.LogIP, logs.LogAuthId = 5, int(slog.LevelInfo), true, true
		}
		s.Routes = routes
	})
}

func goWrong(pages web.Pages) {
	pages.GET("/go/error/{one}", web.Anyone, func(*core.RequestEvent) error { return errors.New("the disk is full") })
	pages.GET("/go/panic/{one}", web.Anyone, func(*core.RequestEvent) error { panic("a nil map") })
	pages.GET("/go/forbidden/{one}", web.Anyone, func(*core.RequestEvent) error { return web.ErrForbidden })
	pages.GET("/go/fine/{one}", web.Anyone, func(e *core.RequestEvent) error { return e.String(http.StatusOK, "fine") })
}

func TestTheLogHoldsWhatWentWrongHereAndNothingOfWhoAsked(t *testing.T) {
	site := withLog(t, goWrong)
	sam := site.MustPerson(t, web.Learner)
	browser := site.SignIn(t, sam)
	ask := func(method, path string) int {
		request := browser.Request(method, path, nil)
		request.Header.Set("User-Agent", "Sams-own-browser")
		request.Header.Set("Referer", site.URL+"/the-page-before")
		return browser.Do(request).Status
	}
	for _, refused := range []string{"/nowhere", "/go/forbidden/x", "/api/nowhere", "/api/collections/users/records", "/go/fine/x", "/me"} {
		ask(http.MethodGet, refused)
	}
	ask(http.MethodPost, "/sign-in")
	for _, wrong := range []string{"/go/error/x?looked=for", "/go/panic/x"} {
		if status := ask(http.MethodGet, wrong); status != 500 {
			t.Fatalf("%s: status %d", wrong, status)
		}
	}

	logOf(t, site, 2)
	lines := logged(t, site)
	if len(lines) != 2 {
		t.Errorf("%d lines, want the two faults:\n%s", len(lines), strings.Join(lines, "\n"))
	}
	all := strings.Join(lines, "\n")
	for _, told := range []string{"/go/error/x", "the disk is full", "/go/panic/x", "a nil map"} {
		if !strings.Contains(all, told) {
			t.Errorf("the log does not hold %q:\n%s", told, all)
		}
	}
	for _, personal := range []string{"Sams-own-browser", "the-page-before", "looked", "127.0.0.1", sam.ID, sam.Username} {
		if strings.Contains(all, personal) {
			t.Errorf("the log holds %q:\n%s", personal, all)
		}
	}
}

// What is secret in an address must not be found in any file of the log,
// whatever the answer was.
func TestSecretsInAddressesDoNotReachTheLog(t *testing.T) {
	site := withLog(t, func(pages web.Pages) {
		goWrong(pages)
		pages.GET("/sign-in/card/{secret}/more", web.Anyone, func(*core.RequestEvent) error { panic("at a secret address") })
	})
	const secret = "s3cr3t-in-an-address"
	browser := site.Guest(t)
	for _, prefix := range []string{"/sign-in/first/", "/sign-in/card/", "/sign-in/welcome/"} {
		browser.Get(prefix + secret)
		browser.Get(prefix + secret + "/more?and=" + secret)
		browser.Post(prefix+secret, url.Values{"username": {"helen"}})
		for _, address := range []string{"/go/error/x", "/api/nowhere"} {
			request := browser.Request(http.MethodGet, address, nil)
			request.Header.Set("Referer", site.URL+prefix+secret)
			browser.Do(request)
		}
	}
	text := logOf(t, site, 4)
	if !bytes.Contains(text, []byte("/sign-in/card/hidden")) {
		t.Fatal("the log does not hold what it should, so nothing is shown by this test")
	}
	if bytes.Contains(text, []byte(secret)) {
		t.Error("the log holds the secret")
	}
}

// logged are the lines of the log, as words.
func logged(t *testing.T, site *hooktest.Site) (lines []string) {
	t.Helper()
	err := site.App.AuxDB().NewQuery("SELECT level || ' ' || message || ' ' || data FROM _logs ORDER BY rowid").Column(&lines)
	if err != nil {
		t.Fatal(err)
	}
	return lines
}

// logOf is every byte of the log once it holds so many lines: PocketBase writes
// them after the answer.
func logOf(t *testing.T, site *hooktest.Site, lines int) (text []byte) {
	t.Helper()
	for deadline := time.Now().Add(10 * time.Second); linesOf(t, site) < lines; {
		if time.Now().After(deadline) {
			t.Fatalf("the log holds %d lines, want %d", linesOf(t, site), lines)
		}
		time.Sleep(10 * time.Millisecond)
	}
	for _, name := range []string{"auxiliary.db", "auxiliary.db-wal"} {
		data, err := os.ReadFile(filepath.Join(site.Dir, name))
		if err != nil && !errors.Is(err, os.ErrNotExist) {
			t.Fatal(err)
		}
		text = append(text, data...)
	}
	return text
}

func linesOf(t *testing.T, site *hooktest.Site) (n int) {
	t.Helper()
	batch, ok := site.App.Logger().Handler().(*logger.BatchHandler)
	if !ok {
		t.Fatal("another log handler than expected")
	}
	if err := batch.WriteAll(context.Background()); err != nil {
		t.Fatal(err)
	}
	if err := site.App.AuxDB().NewQuery("SELECT COUNT(*) FROM _logs").Row(&n); err != nil {
		t.Fatal(err)
	}
	return n
}
