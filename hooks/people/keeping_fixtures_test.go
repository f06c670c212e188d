package people_test

import (
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"alongside/hooks/hooktest"
	"alongside/hooks/web"

	"github.com/PuerkitoBio/goquery"
	"github.com/pocketbase/dbx"
)

// small is a course with a question to choose in, and one to write to.
var smallCourse = map[string]string{
	"course.md": "---\ntitle: Small\nlanguage: en\n---\nA small course.\n",
	"01-first.md": "---\ntitle: First\n---\nHello.\n\n## Choose {#choose}\n\n:::question[Which is open?]{#open}\n- [ ] Did you sleep?\n- [x] How was it?\n:::\n\n" +
		"## Write {#write}\n\n:::practice[Listen for two minutes]{#listen}\n:::\n\n:::reflection[When were you heard?]{#heard}\n:::\n",
}

const keptStep = "/courses/small/first/"

// A keptHouse has a learner who has written, and staff.
type keptHouse struct {
	*hooktest.Site
	learner hooktest.Person
	browser *hooktest.Browser
}

const (
	marker  = "heron-marker-of-the-learner" // only ever sealed
	spoken  = "practice-marker-of-the-learner"
	nameOf  = "Zephyrine Quillfeather"
	another = "otter-marker-of-somebody-else"
)

func mustKeptHouse(t *testing.T) *keptHouse {
	t.Helper()
	h := &keptHouse{Site: hooktest.Start(t)}
	h.Publish(t, "small", smallCourse)
	h.execute(t, "UPDATE courses SET open = 1")
	h.learner = h.MustPerson(t, web.Learner)
	h.execute(t, "UPDATE users SET name = {:name}, username = 'zephyr-77', email = 'quillfeather@example.org' WHERE id = {:id}",
		dbx.Params{"name": nameOf, "id": h.learner.ID})
	h.learner.Username = "zephyr-77"
	h.browser = h.SignIn(t, h.learner)
	h.writes(t, h.browser, marker, spoken)
	return h
}

// writes goes through the course and leaves words in it.
func (h *keptHouse) writes(t *testing.T, b *hooktest.Browser, heard, listened string) {
	t.Helper()
	if r := b.Post("/courses/small", url.Values{}); r.Status >= 400 {
		t.Fatalf("enrol: status %d\n%s", r.Status, r.Body)
	}
	h.saves(t, b, keptStep+"choose", map[string]string{"a.open": ""})
	h.saves(t, b, keptStep+"write", map[string]string{"a.heard": heard, "a.listen": listened})
}

func (h *keptHouse) saves(t *testing.T, b *hooktest.Browser, address string, typed map[string]string) {
	t.Helper()
	page := b.Get(address).Page(t)
	form := url.Values{}
	page.Find("main form input, main form textarea").Each(func(_ int, field *goquery.Selection) {
		name, _ := field.Attr("name")
		kind, _ := field.Attr("type")
		value, _ := field.Attr("value")
		switch {
		case name == "" || name == "do":
		case kind == "radio":
			form.Set(name, value) // the last one
		case kind != "checkbox":
			form.Add(name, value)
		}
	})
	for name, text := range typed {
		if text != "" {
			form.Set(name, text)
		}
	}
	form.Set("do", "save")
	if r := b.Post(address, form); r.Status != 303 {
		t.Fatalf("save %s: status %d\n%s", address, r.Status, r.Body)
	}
}

func (h *keptHouse) execute(t *testing.T, sql string, params ...dbx.Params) {
	t.Helper()
	query := h.App.NonconcurrentDB().NewQuery(sql)
	for _, p := range params {
		query.Bind(p)
	}
	if _, err := query.Execute(); err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
}

func (h *keptHouse) count(t *testing.T, sql string, params ...dbx.Params) (n int) {
	t.Helper()
	query := h.App.DB().NewQuery(sql)
	for _, p := range params {
		query.Bind(p)
	}
	if err := query.Row(&n); err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
	return n
}

// filesWith are the files of the data folder in which a text stands.
func filesWith(t *testing.T, folder, text string) (found []string) {
	t.Helper()
	for _, name := range []string{"data.db", "data.db-wal", "auxiliary.db", "auxiliary.db-wal"} {
		raw, err := os.ReadFile(filepath.Join(folder, name))
		if err == nil && strings.Contains(string(raw), text) {
			found = append(found, name)
		}
	}
	return found
}

func plain(s *goquery.Selection) string { return strings.Join(strings.Fields(s.Text()), " ") }

func wantIn(t *testing.T, what, text, part string) {
	t.Helper()
	if !strings.Contains(text, part) {
		t.Errorf("%s lacks %q:\n%s", what, part, text)
	}
}

func wantNotIn(t *testing.T, what, text, part string) {
	t.Helper()
	if strings.Contains(text, part) {
		t.Errorf("%s has %q:\n%s", what, part, text)
	}
}

func mustRemove(t *testing.T, path string) {
	t.Helper()
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
}
