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

// What the programmes that this stands on had in common: somebody listened. A
// learner writes and speaks, lets two people know, one of them answers with their
// voice, and the learner takes it back again.
func TestSomebodyListens(t *testing.T) {
	t.Parallel()
	const wrote, kept = "I left my basket by the tills and ran.", "My sister never heard of it."
	p := startDemo(t)

	phone := open(t, p, browser.Options{})
	signIn(phone, person(t, p, "learner", 0)) // who is new, so that nothing else of theirs waits
	phone.Visit(module3 + "/dee")
	p.Secret(wrote)
	p.Secret(kept)
	phone.Fill(heard, wrote+"\n\n"+kept)
	phone.Touch("Not sure how to start?")
	phone.Press("Say it instead")
	speak(phone)
	phone.Press("Go on")
	phone.See("You said this")

	phone.Press("Let someone read it")
	phone.Press("Let someone read it")
	phone.See("Only the people you choose can read it, by name", "expect an answer by")
	phone.Choose("Tom")
	phone.Choose("Marek")
	phone.Within(kept).Choose("Keep this part for me")
	phone.Press("Look at what they will see")
	phone.See("Nothing is shared yet", wrote)
	phone.DontSee(kept)
	phone.Press("Share it")
	phone.See("It is shared", "Not opened yet")
	mine := phone.Path()

	mentor := open(t, p, browser.Options{Width: 320, Height: 640})
	signIn(mentor, person(t, p, "mentor", 0))
	mentor.Visit("/facilitate")
	mentor.See("Dina", "New for you")
	mentor.DontSee("Tom is answering this now")
	mentor.Ask("window.untouched = true")

	desk := open(t, p, browser.Options{Width: 1280, Height: 800})
	signIn(desk, person(t, p, "facilitator", 0))
	desk.Visit("/facilitate")
	desk.Press("Dina")
	desk.See(wrote, "Others see that you are answering this now")
	desk.DontSee(kept)
	desk.Hear("main audio", 0)
	theirs := desk.Path()

	mentor.SeeSoon("Tom is answering this now", time.Minute) // nobody touches this page
	if mentor.Ask("window.untouched === true") != "true" {
		t.Error("the mentor's page was loaded anew")
	}
	mentor.Press("Dina")
	mentor.See(wrote)
	mentors := mentor.Path()

	desk.Press("Say it instead")
	speak(desk)
	desk.Press("Go on to send it")
	desk.Press("Send")
	desk.See("Your answer is on its way to them")

	phone.Visit("/")
	phone.Press("Tom, your facilitator, wrote back to you")
	phone.See("Answered")
	phone.Hear("main audio", 1)
	searchEverywhere(t, p, wrote, kept)

	for range 2 { // from Tom, and from Marek
		phone.Visit(mine)
		phone.Press("Take it back")
		phone.See("At once they cannot read it any more")
		phone.Press("Take it back")
	}
	phone.See("You took it back")
	phone.Hear("main audio", 1) // what Tom said stays hers to hear
	for reader, page := range map[*browser.Page]string{desk: theirs, mentor: mentors} {
		reader.Visit(page)
		reader.See("took this back")
		reader.DontSee(wrote, "Said by")
		reader.Visit("/facilitate")
		reader.DontSee(wrote)
	}
	phone.Visit("/me/data")
	phone.See("Something that you shared was opened", "Something that you said was listened to", "By Tom", "By Marek")
}

// speak records a little with the browser's own microphone, listens, and keeps it.
func speak(page *browser.Page) {
	page.Touch("Record")
	page.See("Recording. Take your time.")
	page.SeeLike(`0:0[1-9]`)
	page.Touch("Stop")
	page.See("It is not kept yet")
	page.Press("Keep this")
	page.See("What you said is kept")
}

// searchEverywhere looks for words where somebody else could come upon them while
// the site runs: what the dashboard shows a superuser, its log, and a backup made
// there. The data folder itself is looked through when the product has stopped.
func searchEverywhere(t *testing.T, p *product.Product, words ...string) {
	t.Helper()
	dashboard := signInToDashboard(t, p)
	look := func(where string, content []byte) {
		for _, one := range words {
			if bytes.Contains(content, []byte(one)) {
				t.Errorf("%s holds %q", where, one)
			}
		}
	}
	found := 0
	for _, collection := range []string{"reflections", "shares", "replies", "recordings", "claims", "audit", "outbox", "sessions", "users", "answers", "kept_posts"} {
		rows := dashboard("GET", "/api/collections/"+collection+"/records?perPage=500", nil)
		found += bytes.Count(rows, []byte(`"collectionName":"shares"`))
		look("the dashboard's list of "+collection, rows)
	}
	if found < 2 {
		t.Errorf("the dashboard lists %d shares", found)
	}
	look("the dashboard's log", dashboard("GET", "/api/logs?perPage=500", nil))
	dashboard("POST", "/api/backups", map[string]string{"name": "look.zip"})
	token := struct{ Token string }{}
	must(t, json.Unmarshal(dashboard("POST", "/api/files/token", nil), &token))
	backup := dashboard("GET", "/api/backups/look.zip?token="+token.Token, nil)
	files, err := zip.NewReader(bytes.NewReader(backup), int64(len(backup)))
	must(t, err)
	sounds := 0
	for _, file := range files.File {
		content, err := file.Open()
		must(t, err)
		all, err := io.ReadAll(content)
		must(t, err)
		look("a backup's "+file.Name, all)
		if strings.HasPrefix(file.Name, "recordings/") {
			sounds++
			look("a backup's "+file.Name, bytes.ToLower(all))
			if bytes.Contains(all, []byte("OpusHead")) || bytes.Contains(all, []byte("webm")) {
				t.Errorf("a backup's %s is a sound that anybody can play", file.Name)
			}
		}
	}
	if sounds < 4 { // the learner's, a copy for each reader, and the answer
		t.Errorf("a backup has %d recordings", sounds)
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
