package people_test

import (
	"archive/zip"
	"encoding/json"
	"io"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"alongside/hooks/audit"
	"alongside/hooks/hooktest"
	"alongside/hooks/web"
	"alongside/templates"

	"github.com/PuerkitoBio/goquery"
	"github.com/pocketbase/dbx"
)

// unzipped asks for the download and opens it.
func (h *keptHouse) unzipped(t *testing.T, b *hooktest.Browser, p hooktest.Person) map[string]string {
	t.Helper()
	r := b.Post("/me/data/download", url.Values{"secret": {p.Password}})
	if r.Status != 200 || r.Header.Get("Content-Type") != "application/zip" {
		t.Fatalf("status %d, %q\n%s", r.Status, r.Header.Get("Content-Type"), r.Body)
	}
	archive, err := zip.NewReader(strings.NewReader(r.Body), int64(len(r.Body)))
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for _, f := range archive.File {
		opened, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(opened)
		if err != nil {
			t.Fatal(err)
		}
		files[f.Name] = string(text)
	}
	return files
}

func TestADownloadHoldsEverythingOfOnePersonAndNothingOfAnother(t *testing.T) {
	h := mustKeptHouse(t)
	other := h.MustPerson(t, web.Learner)
	h.writes(t, h.SignIn(t, other), another, another)
	h.execute(t, "UPDATE users SET name = 'Somebody Else' WHERE id = {:id}", dbx.Params{"id": other.ID})

	files := h.unzipped(t, h.browser, h.learner)
	for _, name := range []string{"index.html", "data.json"} {
		for _, part := range []string{nameOf, "zephyr-77", "quillfeather@example.org", "North Quay", marker, spoken, "When were you heard?", "Which is open?", "How was it?", "Listen for two minutes", "Small", "First"} {
			wantIn(t, name, files[name], part)
		}
		for _, part := range []string{another, "Somebody Else", other.Username, other.ID} {
			wantNotIn(t, name, files[name], part)
		}
	}
	if n := strings.Count(files["data.json"], `"question":`); n != 3 {
		t.Errorf("%d answers, and they gave 3", n) // another's sealed words would not open, but their choices would show
	}
	if strings.Contains(files["index.html"], "<script") || strings.Contains(files["index.html"], "http") {
		t.Error("the page runs something, or leads out")
	}
}

func TestNoSecretIsEverInADownload(t *testing.T) {
	h := mustKeptHouse(t)
	files := h.unzipped(t, h.browser, h.learner)
	for _, sql := range []string{
		"SELECT token FROM sessions", "SELECT password FROM users", "SELECT tokenKey FROM users", "SELECT wrapped FROM keys", "SELECT sealed FROM reflections",
	} {
		var secrets []string
		if err := h.App.DB().NewQuery(sql).Column(&secrets); err != nil || len(secrets) == 0 {
			t.Fatalf("%s: %d, %v", sql, len(secrets), err)
		}
		for _, secret := range secrets {
			if strings.Contains(files["data.json"]+files["index.html"], secret) {
				t.Errorf("%s: one is in it", sql)
			}
		}
	}
}

func TestADownloadIsSoundForPeopleAndForMachines(t *testing.T) {
	h := mustKeptHouse(t)
	files := h.unzipped(t, h.browser, h.learner)
	page, err := goquery.NewDocumentFromReader(strings.NewReader(files["index.html"]))
	if err != nil {
		t.Fatal(err)
	}
	if lang, _ := page.Find("html").Attr("lang"); lang != "en" || page.Find("html[dir=ltr]").Length() != 1 {
		t.Errorf("lang %q", lang)
	}
	page.Find("nav a").Each(func(_ int, link *goquery.Selection) {
		to, _ := link.Attr("href")
		if page.Find(`[id="`+strings.TrimPrefix(to, "#")+`"]`).Length() != 1 {
			t.Errorf("nothing is at %s", to)
		}
	})
	if n := strings.Count(files["index.html"], "<section>"); n == 0 || n != strings.Count(files["index.html"], "</section>") {
		t.Errorf("%d sections", n)
	}
	if key := regexp.MustCompile(`kept-[a-z]+\.|my-act\.|>act\.`).FindString(files["index.html"]); key != "" {
		t.Errorf("words are missing: %s", key)
	}
	var data struct {
		Format   int                         `json:"format"`
		Username string                      `json:"username"`
		Kept     map[string][]map[string]any `json:"kept"`
	}
	if err := json.Unmarshal([]byte(files["data.json"]), &data); err != nil {
		t.Fatal(err)
	}
	if data.Format != 1 || data.Username != "zephyr-77" || len(data.Kept["answers"]) != 2 || len(data.Kept["reflections"]) != 1 {
		t.Errorf("%+v", data)
	}
	if !strings.Contains(files["style.css"], "body") {
		t.Error("it has no style")
	}
}

func TestADownloadWantsTheSecretAgainUnderTheLimits(t *testing.T) {
	h := mustKeptHouse(t)
	for _, wrong := range []string{"", "another password", h.learner.Username} {
		r := h.browser.Post("/me/data/download", url.Values{"secret": {wrong}})
		if r.Status != 422 || r.Header.Get("Content-Type") == "application/zip" {
			t.Errorf("%q: status %d", wrong, r.Status)
		}
		wantIn(t, "page", plain(r.Page(t).Find("#secret-error")), "not right")
	}
	for range 5 {
		h.browser.Post("/me/data/download", url.Values{"secret": {"guess"}})
	}
	if r := h.browser.Post("/me/data/download", url.Values{"secret": {h.learner.Password}}); r.Status != 429 {
		t.Errorf("after many wrong ones: status %d", r.Status)
	}
	if n := h.count(t, "SELECT COUNT(*) FROM audit WHERE kind = 'data-downloaded'"); n != 0 {
		t.Errorf("%d downloads are on record", n)
	}
}

func TestADownloadIsOnRecordAndItsFileSaysNothing(t *testing.T) {
	h := mustKeptHouse(t)
	r := h.browser.Post("/me/data/download", url.Values{"secret": {h.learner.Password}})
	if got := r.Header.Get("Content-Disposition"); got != `attachment; filename="my-data-`+h.Clock.Now().UTC().Format(time.DateOnly)+`.zip"` {
		t.Errorf("%s", got)
	}
	if n := h.count(t, "SELECT COUNT(*) FROM audit WHERE kind = 'data-downloaded' AND subject = {:id}", dbx.Params{"id": h.learner.ID}); n != 1 {
		t.Errorf("%d on record", n)
	}
}

func TestTextThatIsClosedIsNotInADownloadAndSaysSo(t *testing.T) {
	h := mustKeptHouse(t)
	h.Clock.Pass(time.Minute)
	h.execute(t, "UPDATE users SET closed = {:now} WHERE id = {:id}", dbx.Params{"now": h.Clock.Now().UTC().Format("2006-01-02 15:04:05.000Z"), "id": h.learner.ID})
	h.execute(t, "UPDATE sessions SET how = 'card'") // a password of their own would open it
	files := h.unzipped(t, h.browser, h.learner)
	for name, text := range files {
		wantNotIn(t, name, text, marker)
		wantNotIn(t, name, text, spoken)
	}
	wantIn(t, "index.html", files["index.html"], "closed")
	wantIn(t, "data.json", files["data.json"], `"said":null,"closed":true`)
	wantIn(t, "page", plain(h.browser.Get("/me/data").Page(t).Find("main")), "Open my private text")
}

func TestWithoutTheKeyADownloadStillComesAndSaysWhatCannotBeOpened(t *testing.T) {
	h := mustKeptHouse(t)
	mustRemove(t, h.Dir+".keys")
	h.Site = h.AfterPowerCut(t)
	files := h.unzipped(t, h.SignIn(t, h.learner), h.learner)
	wantNotIn(t, "index.html", files["index.html"], marker)
	wantIn(t, "index.html", files["index.html"], "cannot be opened now")
	wantIn(t, "index.html", files["index.html"], "How was it?")
}

func TestMyDataSaysWhatIsKeptWhoLookedAndForHowLong(t *testing.T) {
	h := mustKeptHouse(t)
	worker := h.MustPerson(t, web.Facilitator)
	h.execute(t, "UPDATE users SET name = 'Georgia <b>' WHERE id = {:id}", dbx.Params{"id": worker.ID})
	err := h.House.Audit.Record(h.App, audit.Act{Kind: audit.ProgressViewed, Actor: worker.ID, Subject: h.learner.ID})
	if err != nil {
		t.Fatal(err)
	}
	page := plain(h.browser.Get("/me/data").Page(t).Find("main"))
	for _, part := range []string{"Private writing1", "Answers2", "How far you are was looked at", "By Georgia <b>", "By you", "Sign-ins: 90 days", "The record of acts: 6 years", "See what would be erased"} {
		wantIn(t, "page", page, part)
	}
	if r := h.SignIn(t, h.MustPerson(t, web.Learner)).Get("/me/data"); strings.Contains(r.Body, "Georgia") || strings.Contains(r.Body, nameOf) {
		t.Error("somebody else sees it")
	}
}

func TestMyDataSaysWhatIDidMyselfWithoutWhoseItWas(t *testing.T) {
	h := mustKeptHouse(t)
	if h.browser.Get("/me/data").Page(t).Find("#done").Length() != 0 {
		t.Error("a learner who did nothing for others has the list")
	}
	worker := h.MustPerson(t, web.Facilitator)
	for range 60 {
		err := h.House.Audit.Record(h.App, audit.Act{Kind: audit.ProgressViewed, Actor: worker.ID, Subject: h.learner.ID})
		if err != nil {
			t.Fatal(err)
		}
	}
	page := h.SignIn(t, worker).Get("/me/data").Page(t)
	rows := page.Find("#done ~ ul").First().Find("li")
	if rows.Length() != 50 {
		t.Errorf("%d rows", rows.Length())
	}
	wantIn(t, "a row", plain(rows.First()), "Somebody looked at a learner’s progress")
	wantIn(t, "a row", plain(rows.First()), "2026")
	wantNotIn(t, "the list", plain(rows), "zephyr")
	wantNotIn(t, "the list", plain(rows), nameOf)
	if n := h.browser.Get("/me/data").Page(t).Find("#done").Length(); n != 0 {
		t.Error("the learner is said to have done what was done to them")
	}
}

func TestMyDataSaysAtWhichMomentEachActWasDone(t *testing.T) {
	h := mustKeptHouse(t)
	worker := h.MustPerson(t, web.Facilitator)
	err := h.House.Audit.Record(h.App, audit.Act{Kind: audit.ProgressViewed, Actor: worker.ID, Subject: h.learner.ID})
	if err != nil {
		t.Fatal(err)
	}
	moment := templates.Moment("en", h.Clock.Now().UTC().Format(time.RFC3339))
	for list, b := range map[string]*hooktest.Browser{"#acts": h.browser, "#done": h.SignIn(t, worker)} {
		page := b.Get("/me/data").Page(t)
		wantIn(t, list, plain(page.Find(list+" ~ ul").First().Find("time").First()), moment)
		wantIn(t, "whose clock "+list+" goes by", plain(page.Find("main")), "Times are in UTC.")
	}
}
