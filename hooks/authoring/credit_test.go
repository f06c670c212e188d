package authoring_test

import (
	"bytes"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"alongside/hooks/hooktest"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

const (
	toldBefore = "I kept three bees in a jar behind the bakery"
	toldLater  = "and every one of them knew my name by April"
	story      = "\n## A story {#a-story}\n\n:::story[Somebody]{#bees}\n" + toldBefore + ".\n\nNobody laughed, " + toldLater + ".\n\n" +
		":::reflection[What do you know of this?]{#know}\n:::\n:::\n"
)

// mustAgree lets the other mentor agree that their story is told, under a name.
func (w *writing) mustAgree(t *testing.T, writer, teller *hooktest.Browser, terms ...string) (contribution string) {
	t.Helper()
	mustStatus(t, writer.Post(address+"/credit", form("story", "bees", "say", "ask", "person-bees", w.other.ID)), http.StatusSeeOther)
	contribution = w.mustOne(t, "SELECT id FROM contributions WHERE state = 'asked'", nil)
	if r := mustStatus(t, teller.Get("/me/credit/"+contribution), http.StatusOK); !strings.Contains(r.Body, toldBefore) {
		t.Fatalf("whoever is asked does not read their story\n%s", r.Body)
	}
	agreed := form(append(terms, "do", "agree", "named", "pen", "name", "Keeper of bees", "where", "here")...)
	mustStatus(t, teller.Post("/me/credit/"+contribution, agreed), http.StatusSeeOther)
	return contribution
}

func (w *writing) mustAllSignOff(t *testing.T, writer *hooktest.Browser, want int) {
	t.Helper()
	mustStatus(t, writer.Post(address+"/ask", nil), http.StatusSeeOther)
	reading, version := "/review/listening-course/listening", w.mustOne(t, "SELECT revision FROM drafts WHERE state != 'live'", nil)
	third := w.MustPerson(t, "mentor")
	mustStatus(t, w.SignIn(t, third).Post(reading+"/verdict", form("version", version, "kind", "lived")), http.StatusSeeOther)
	mustStatus(t, w.SignIn(t, w.worker).Post(reading+"/verdict", form("version", version, "kind", "safe")), http.StatusSeeOther)
	mustStatus(t, writer.Post(address+"/publish", nil), want)
}

func TestNoStoryGoesLiveWithoutAYes(t *testing.T) {
	w := mustWriting(t)
	writer, teller := w.mustBegin(t), w.SignIn(t, w.other)
	w.mustSave(t, writer, firstModule+story)
	w.mustAllSignOff(t, writer, http.StatusConflict)

	w.mustAgree(t, writer, teller)
	mustStatus(t, writer.Post(address+"/publish", nil), http.StatusConflict) // it is headed otherwise than they chose
	mustStatus(t, writer.Post(address+"/credit", form("story", "bees", "say", "heading")), http.StatusSeeOther)
	if text, _ := mustText(t, writer); !strings.Contains(text, ":::story[Keeper of bees]{#bees}") {
		t.Fatalf("%s", text)
	}
	// words that they did not read
	text, _ := mustText(t, writer)
	w.mustSave(t, writer, strings.Replace(text, "three bees", "ten bees", 1))
	w.mustAllSignOff(t, writer, http.StatusConflict)
	w.mustSave(t, writer, text)
	w.mustAllSignOff(t, writer, http.StatusSeeOther)
}

func TestANoIsANoAndNobodyElseAnswers(t *testing.T) {
	w := mustWriting(t)
	writer, teller := w.mustBegin(t), w.SignIn(t, w.other)
	w.mustSave(t, writer, firstModule+story)
	elsewhere := w.MustPerson(t)
	mustStatus(t, writer.Post(address+"/credit", form("story", "bees", "say", "ask", "person-bees", elsewhere.ID)), http.StatusUnprocessableEntity)
	mustStatus(t, writer.Post(address+"/credit", form("story", "bees", "say", "ask", "person-bees", w.other.ID)), http.StatusSeeOther)
	id := w.mustOne(t, "SELECT id FROM contributions", nil)
	for _, who := range []hooktest.Person{w.writer, w.learner, w.manager, elsewhere} {
		b := w.SignIn(t, who)
		mustStatus(t, b.Get("/me/credit/"+id), http.StatusNotFound)
		mustStatus(t, b.Post("/me/credit/"+id, form("do", "agree", "named", "none", "where", "here")), http.StatusNotFound)
		mustStatus(t, b.Post("/me/credit/"+id+"/withdraw", nil), http.StatusNotFound)
	}
	mustStatus(t, teller.Post("/me/credit/"+id, form("do", "agree")), http.StatusUnprocessableEntity)
	mustStatus(t, teller.Post("/me/credit/"+id, form("do", "decline")), http.StatusSeeOther)
	w.mustAllSignOff(t, writer, http.StatusConflict)
}

// TestAStoryThatIsTakenBackIsNowhere searches every file of the data folder, the log of
// the database too, byte by byte.
func TestAStoryThatIsTakenBackIsNowhere(t *testing.T) {
	w := mustWriting(t)
	writer, teller, learner := w.mustBegin(t), w.SignIn(t, w.other), w.SignIn(t, w.learner)
	headed := strings.Replace(story, "[Somebody]", "[Keeper of bees]", 1)
	_, after := mustText(t, writer)
	for _, typed := range []string{"\n:::story\nI kept three", "\n:::story[K]\n" + toldBefore + ".\n:::\n", headed} { // as it is typed
		r := writer.Post(address, form("text", firstModule+typed, "after", after, "auto", "1", "page", "p"))
		after = strings.TrimPrefix(mustStatus(t, r, http.StatusNoContent).Header.Get("Stored"), "after=")
	}
	id := w.mustAgree(t, writer, teller)
	w.mustAllSignOff(t, writer, http.StatusSeeOther)
	mustStatus(t, learner.Post("/courses/listening-course", nil), http.StatusSeeOther)
	step := "/courses/listening-course/listening/a-story"
	revision, _ := learner.Get(step).Page(t).Find("input[name=revision]").Attr("value")
	mustStatus(t, learner.Post(step, form("revision", revision, "has", "know", "a.know", "My uncle had goats.", "do", "save")), http.StatusSeeOther)

	// a second draft, a suggestion, a comment and a version that nobody published have it too
	mustStatus(t, writer.Post(address+"/begin", nil), http.StatusSeeOther)
	w.mustSave(t, writer, firstModule+headed+"\nHe said: "+toldBefore+", and so on.\n")
	mustStatus(t, writer.Post(address+"/ask", form("note", toldBefore)), http.StatusSeeOther)
	reading := "/review/listening-course/listening"
	mustStatus(t, teller.Post(reading+"/comments", form("place", "a-story/1", "text", "Did you write: "+toldBefore+"?")), http.StatusSeeOther)
	mustStatus(t, teller.Post(reading+"/suggest", form("place", "a-story/1", "text", ":::story[Keeper of bees]{#bees}\n"+toldBefore+", "+toldLater+".\n:::")), http.StatusSeeOther)

	mustStatus(t, teller.Get("/me/credit/"+id+"/withdraw"), http.StatusOK)
	mustStatus(t, teller.Post("/me/credit/"+id+"/withdraw", nil), http.StatusSeeOther)

	page := mustStatus(t, learner.Get(step), http.StatusOK)
	if strings.Contains(page.Body, "bees") && strings.Contains(page.Body, toldBefore) {
		t.Error("a learner still reads it")
	}
	if got := page.Page(t).Find(`textarea[name="a.know"]`).Text(); strings.TrimSpace(got) != "My uncle had goats." {
		t.Errorf("what the learner wrote there is %q", got)
	}
	for _, address := range []string{address, address + "/history", address + "/history/3", address + "/preview/a-story", reading, "/me/credit"} {
		if r := writer.Get(address); strings.Contains(r.Body, toldBefore) || strings.Contains(r.Body, toldLater) || strings.Contains(r.Body, "I kept three") {
			t.Errorf("%s still has it", address)
		}
	}
	dir := filepath.Join(t.TempDir(), "out")
	if _, err := w.House.Content.Export(t.Context(), "listening-course", dir, nil); err != nil {
		t.Fatal(err)
	}
	for _, folder := range []string{w.Dir, dir} {
		w.mustLack(t, folder, toldBefore, toldLater, "I kept three", "Keeper of bees")
	}
}

func (w *writing) mustLack(t *testing.T, folder string, words ...string) {
	t.Helper()
	searched := 0
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		searched += len(data)
		for _, one := range words {
			if bytes.Contains(data, []byte(one)) {
				t.Errorf("%s still has %q", filepath.Base(path), one)
			}
		}
		return err
	})
	if err != nil || searched == 0 {
		t.Fatalf("%d bytes searched: %v", searched, err)
	}
}

// An old copy of the data is put back: what was taken back is taken back again before
// anybody is served, and a new story under the same id is not.
func TestAnOldCopyDoesNotBringAStoryBack(t *testing.T) {
	w := mustWriting(t)
	writer, teller := w.mustBegin(t), w.SignIn(t, w.other)
	w.mustSave(t, writer, firstModule+strings.Replace(story, "[Somebody]", "[Keeper of bees]", 1))
	id := w.mustAgree(t, writer, teller)
	text, _ := mustText(t, writer)
	mustStatus(t, teller.Post("/me/credit/"+id+"/withdraw", nil), http.StatusSeeOther)

	// as in a copy of before: the same rows, from before the moment
	_, err := w.App.DB().NewQuery("UPDATE draft_states SET text = {:text}, created = '2020-01-01 00:00:00.000Z' WHERE number = 2").Bind(map[string]any{"text": text}).Execute()
	if err != nil {
		t.Fatal(err)
	}
	again, err := w.House.Authoring.Replay(t.Context())
	if err != nil || again != 1 {
		t.Fatalf("%d stories taken back again: %v", again, err)
	}
	if r := writer.Get(address + "/history/2"); strings.Contains(r.Body, toldBefore) {
		t.Error("it came back with an old copy")
	}
	w.Clock.Pass(time.Minute)
	other := strings.NewReplacer(toldBefore, "My sister drove a lorry", toldLater, "from here to the sea").Replace(story)
	w.mustSave(t, writer, firstModule+other)
	if again, err := w.House.Authoring.Replay(t.Context()); err != nil || again != 0 {
		t.Errorf("%d: %v", again, err)
	}
	if text, _ := mustText(t, writer); !strings.Contains(text, "My sister drove a lorry") {
		t.Errorf("another story under the same id is gone: %s", text)
	}
}

// What somebody wrote for courses is in what they are told is kept of them; an erasure
// takes their stories out, deletes what nobody else has seen, and leaves no trace of
// who wrote the rest.
func TestAnErasureTakesStoriesBackAndNamesOff(t *testing.T) {
	w := mustWriting(t)
	writer, teller := w.mustBegin(t), w.SignIn(t, w.other)
	w.mustSave(t, writer, firstModule+strings.Replace(story, "[Somebody]", "[Keeper of bees]", 1))
	w.mustAgree(t, writer, teller)
	w.mustAllSignOff(t, writer, http.StatusSeeOther)
	mustStatus(t, teller.Post("/write-new", form("course", "listening-course", "title", "Mine alone", "from", "words")), http.StatusSeeOther)
	mustStatus(t, writer.Post(address+"/begin", nil), http.StatusSeeOther)
	w.mustSave(t, writer, firstModule+"\nAnd more.\n")
	mustStatus(t, writer.Post(address+"/ask", nil), http.StatusSeeOther)
	mustStatus(t, teller.Post("/review/listening-course/listening/comments", form("place", "start/1", "text", "Warm.")), http.StatusSeeOther)
	if r := teller.Get("/me/data"); !strings.Contains(r.Body, "What you said of texts") || !strings.Contains(r.Body, "Stories and your name") {
		t.Error("they are not told what is kept")
	}
	keeper := w.House.Authoring.Keeper()
	if err := w.App.RunInTransaction(func(tx core.App) error { _, err := keeper.Erase(tx, w.other.ID, 1000); return err }); err != nil {
		t.Fatal(err)
	}
	for _, table := range []string{"drafts", "draft_states", "comments", "suggestions", "reviews", "review_asks", "contributions", "writers", "revisions"} {
		var rows []dbx.NullStringMap
		if err := w.App.DB().NewQuery("SELECT * FROM " + table).All(&rows); err != nil {
			t.Fatal(err)
		}
		for _, row := range rows {
			for column, value := range row {
				if value.String == w.other.ID || strings.Contains(value.String, toldBefore) {
					t.Errorf("%s.%s still has them or their story", table, column)
				}
			}
		}
	}
	if n := w.mustOne(t, "SELECT COUNT(*) FROM drafts WHERE path LIKE '%mine-alone%'", nil); n != "0" {
		t.Error("what nobody else has seen is still there")
	}
	if n := w.mustOne(t, "SELECT COUNT(*) FROM comments WHERE text = 'Warm.'", nil); n != "1" {
		t.Error("what they said of another's text is gone")
	}
}
