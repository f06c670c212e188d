package e2e

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"alongside/e2e/browser"
	"alongside/e2e/product"
)

// What somebody who looks after the computer finds in the dashboard: lists by its
// API, and those of its pages that are about what people write.
var (
	listed = []string{
		"reflections", "shares", "replies", "recordings", "claims", "calls", "concerns", "concern_acts",
		"practice_notes", "supervisions", "audit", "outbox", "sessions", "users", "answers", "kept_posts",
	}
	rendered = []string{"reflections", "shares", "replies", "concerns"}
)

// A search is what was looked through, so that a test can say that there was
// something to find.
type search struct {
	rows   map[string]int // of the dashboard's lists
	sounds int            // in the backup
	look   func(where string, content []byte)
}

// searchEverywhere looks for words where somebody else could come upon them while
// the site runs: in the dashboard's lists, pages and log, and in a backup made
// there. The data folder itself is looked through when the product has stopped.
func searchEverywhere(t *testing.T, p *product.Product, words ...string) search {
	t.Helper()
	dashboard := signInToDashboard(t, p)
	s := search{rows: map[string]int{}, look: func(where string, content []byte) {
		for _, one := range words {
			if bytes.Contains(content, []byte(one)) {
				t.Errorf("%s holds %q", where, one)
			}
		}
	}}
	shown := map[string]string{} // a row that the page of a collection shows
	for _, collection := range listed {
		list := dashboard("GET", "/api/collections/"+collection+"/records?perPage=500", nil)
		s.look("the dashboard's list of "+collection, list)
		var rows struct{ Items []struct{ ID string } }
		must(t, json.Unmarshal(list, &rows))
		if s.rows[collection] = len(rows.Items); len(rows.Items) > 0 {
			shown[collection] = rows.Items[0].ID
		}
	}
	s.pages(t, p, shown)
	s.look("the dashboard's log", dashboard("GET", "/api/logs?perPage=500", nil))
	dashboard("POST", "/api/backups", map[string]string{"name": "look.zip"})
	token := struct{ Token string }{}
	must(t, json.Unmarshal(dashboard("POST", "/api/files/token", nil), &token))
	s.backup(t, dashboard("GET", "/api/backups/look.zip?token="+token.Token, nil))
	return s
}

// pages looks through the pages of the dashboard, as a superuser has them on the
// screen. shown says by which row one knows that a page is there.
func (s *search) pages(t *testing.T, p *product.Product, shown map[string]string) {
	t.Helper()
	who := person(t, p, "superuser", 0)
	page := open(t, p, browser.Options{Width: 1280, Height: 800, NotOurs: true})
	page.Visit("/_/")
	page.See("Login")
	page.FillFirst("identity", who.Username)
	page.FillFirst("password", who.Password)
	page.Press("Login")
	page.See("Collections")
	for _, collection := range rendered {
		if shown[collection] == "" {
			continue
		}
		page.Visit("/_/?of=" + collection + "#/collections?collection=" + collection)
		page.See(shown[collection])
		s.look("the dashboard's page of "+collection, []byte(page.HTML()))
	}
}

// backup looks through the files of a backup. No sound in it can be played.
func (s *search) backup(t *testing.T, backup []byte) {
	t.Helper()
	files, err := zip.NewReader(bytes.NewReader(backup), int64(len(backup)))
	must(t, err)
	for _, file := range files.File {
		content, err := file.Open()
		must(t, err)
		all, err := io.ReadAll(content)
		must(t, err)
		s.look("a backup's "+file.Name, all)
		if strings.HasPrefix(file.Name, "recordings/") {
			s.sounds++
			s.look("a backup's "+file.Name, bytes.ToLower(all))
			if bytes.Contains(all, []byte("OpusHead")) || bytes.Contains(all, []byte("webm")) {
				t.Errorf("a backup's %s is a sound that anybody can play", file.Name)
			}
		}
	}
}

// signInToDashboard gives what asks PocketBase's own API as the demo's superuser.
func signInToDashboard(t *testing.T, p *product.Product) func(method, path string, body any) []byte {
	t.Helper()
	who, token := person(t, p, "superuser", 0), ""
	client := &http.Client{Timeout: time.Minute} // a backup takes its time
	ask := func(method, path string, body any) []byte {
		t.Helper()
		sent, err := json.Marshal(body)
		must(t, err)
		request, err := http.NewRequest(method, p.Address+path, bytes.NewReader(sent))
		must(t, err)
		request.Header.Set("Content-Type", "application/json")
		request.Header.Set("Authorization", token)
		answer, err := client.Do(request)
		must(t, err)
		defer answer.Body.Close()
		all, err := io.ReadAll(answer.Body)
		if err == nil && answer.StatusCode >= 300 {
			err = fmt.Errorf("%s %s: %s %s", method, path, answer.Status, all)
		}
		must(t, err)
		return all
	}
	given := struct{ Token string }{}
	must(t, json.Unmarshal(ask("POST", "/api/collections/_superusers/auth-with-password", map[string]string{"identity": who.Username, "password": who.Password}), &given))
	token = given.Token
	return ask
}
