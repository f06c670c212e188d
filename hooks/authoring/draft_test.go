package authoring_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"alongside/hooks/hooktest"

	"github.com/pocketbase/dbx"
)

func TestTwoPeopleWriteOneTextWhereOneLetsTheOther(t *testing.T) {
	w := mustWriting(t)
	b, other := w.mustBegin(t), w.SignIn(t, w.other)
	mustStatus(t, other.Post(address+"/writers", form("do", "ask", "person", w.other.ID)), http.StatusNotFound)
	for _, wrong := range []string{"", w.learner.ID, w.worker.ID, w.writer.ID} {
		mustStatus(t, b.Post(address+"/writers", form("do", "ask", "person", wrong)), http.StatusUnprocessableEntity)
	}
	for range 2 { // asked twice, they write once
		b.Post(address+"/writers", form("do", "ask", "person", w.other.ID))
	}
	if n := w.mustOne(t, "SELECT COUNT(*) FROM writers", nil); n != "1" {
		t.Fatalf("%s writers", n)
	}
	w.mustSave(t, other, firstModule+"\nOne word more.\n")
	if text, _ := mustText(t, b); !strings.Contains(text, "One word more.") {
		t.Error("the one does not see what the other saved")
	}
	if desk := other.Get("/write").Page(t).Find(`a[href="` + address + `"]`).Length(); desk != 1 {
		t.Errorf("it is %d times on the other's desk", desk)
	}
	mustStatus(t, other.Get(address+"/drop"), http.StatusNotFound)
	mustStatus(t, other.Post(address+"/writers", form("do", "end", "person", w.writer.ID)), http.StatusNotFound)
	mustStatus(t, other.Post(address+"/writers", form("do", "leave")), http.StatusSeeOther)
	_, after := mustText(t, b)
	mustStatus(t, other.Post(address, form("text", "Mine now.", "after", after, "do", "save")), http.StatusConflict)
	if text, _ := mustText(t, b); strings.Contains(text, "Mine now.") {
		t.Error("somebody who left wrote on")
	}
}

func TestATextThatIsPutAwayComesBackWithAllOfIt(t *testing.T) {
	w := mustWriting(t)
	b := w.mustBegin(t)
	w.mustSave(t, b, firstModule+"\nUnfinished.\n")
	mustStatus(t, b.Get(address+"/drop"), http.StatusOK)
	mustStatus(t, b.Post(address+"/drop", nil), http.StatusSeeOther)
	mustStatus(t, b.Post(address+"/drop", nil), http.StatusNotFound)
	if r := b.Get(address); strings.Contains(r.Body, "Unfinished") {
		t.Error("it is still being written")
	}
	mustStatus(t, w.SignIn(t, w.other).Post(address+"/pick-up", nil), http.StatusNotFound)
	if n := b.Get("/write").Page(t).Find(`form[action="` + address + `/pick-up"]`).Length(); n != 1 {
		t.Fatalf("%d ways to take it up again", n)
	}
	mustStatus(t, b.Post(address+"/pick-up", nil), http.StatusSeeOther)
	if text, _ := mustText(t, b); !strings.Contains(text, "Unfinished.") {
		t.Errorf("it came back as\n%s", text)
	}
}

func TestATextThatIsPutAwayStaysThereWhileSomebodyElseWrites(t *testing.T) {
	w := mustWriting(t)
	b, other := w.mustBegin(t), w.SignIn(t, w.other)
	mustStatus(t, b.Post(address+"/drop", nil), http.StatusSeeOther)
	mustStatus(t, other.Post(address+"/begin", nil), http.StatusSeeOther)
	mustStatus(t, b.Post(address+"/pick-up", nil), http.StatusSeeOther)
	if n := w.mustOne(t, "SELECT COUNT(*) FROM drafts WHERE state = 'open'", nil); n != "1" {
		t.Errorf("%s drafts of one text", n)
	}
}

func TestWhatWasPutAwayIsGoneAfterAWhile(t *testing.T) {
	w := mustWriting(t)
	b := w.mustBegin(t)
	w.mustSave(t, b, firstModule+"\nUnfinished.\n")
	mustStatus(t, b.Post(address+"/versions", form("message", "As far as I got")), http.StatusSeeOther)
	mustStatus(t, b.Post(address+"/drop", nil), http.StatusSeeOther)
	clock := w.House.Authoring.Keeper().Clocks()[0]
	for passed, want := range map[time.Duration]string{-time.Hour: "1", time.Hour: "0"} {
		for range 8 {
			if _, err := clock.Retire(t.Context(), w.Clock.Now().Add(passed), 2); err != nil {
				t.Fatal(err)
			}
		}
		for _, sql := range []string{"SELECT COUNT(*) FROM drafts", "SELECT COUNT(*) > 0 FROM draft_states", "SELECT COUNT(*) FROM revisions WHERE text LIKE '%Unfinished%'"} {
			if n := w.mustOne(t, sql, nil); passed > 0 && n != want {
				t.Errorf("%s: %s", sql, n)
			}
		}
	}
	if n := w.mustOne(t, "SELECT COUNT(*) FROM revisions WHERE state = 'live'", nil); n != "2" {
		t.Errorf("%s live texts", n)
	}
}

func TestAVersionUnderItsWritersWordsIsNobodyElses(t *testing.T) {
	w := mustWriting(t)
	b := w.mustBegin(t)
	w.mustSave(t, b, firstModule+"\nFor me alone.\n")
	mustStatus(t, b.Post(address+"/versions", form("message", "  ")), http.StatusUnprocessableEntity)
	long := strings.Repeat("a", 201)
	page := mustStatus(t, b.Post(address+"/versions", form("message", long)), http.StatusUnprocessableEntity).Page(t)
	if got, _ := page.Find("#message").Attr("value"); got != long {
		t.Error("what was typed is gone")
	}
	mustStatus(t, b.Post(address+"/versions", form("message", "Before the story")), http.StatusSeeOther)
	if got := b.Get(address + "/history").Page(t).Find("main .rows").Text(); !strings.Contains(got, "Before the story") {
		t.Errorf("the history says %s", got)
	}
	mustStatus(t, w.SignIn(t, w.other).Get("/review/listening-course/listening"), http.StatusNotFound)
}

func TestAnyTwoTextsAreComparedWordByWord(t *testing.T) {
	w := mustWriting(t)
	b := w.mustBegin(t)
	w.mustSave(t, b, strings.Replace(firstModule, "Welcome.", "Welcome, friend.", 1))
	w.mustSave(t, b, strings.Replace(firstModule, "Welcome.", "Welcome, neighbour.", 1))
	difference := func(path string) string {
		page := mustStatus(t, b.Get(address+path), http.StatusOK).Page(t)
		page.Find(".difference .visually-hidden").Remove()
		return page.Find(".difference del").Text() + "→" + page.Find(".difference ins").Text()
	}
	for path, want := range map[string]string{
		"/history/2":           "friend→neighbour",
		"/history/2?with=3":    "friend→neighbour",
		"/history/3?with=2":    "neighbour→friend",
		"/history/3?with=live": ", neighbour→",
		"/history/1?with=live": "→",
	} {
		if got := difference(path); got != want {
			t.Errorf("%s: %s", path, got)
		}
	}
	mustStatus(t, b.Get(address+"/history/2?with=99"), http.StatusNotFound)
}

// mustPublished makes the draft's text live as it stands, by the way of an import.
func (w *writing) mustPublished(t *testing.T, text string) {
	t.Helper()
	w.Publish(t, "listening-course", map[string]string{
		"course.md":       "---\ntitle: Listening to people\nlanguage: en\n---\nAbout it.\n",
		"01-listening.md": text,
	})
}

func TestWhatWentLiveMeanwhileIsPutTogetherBeforeATextGoesLive(t *testing.T) {
	w := mustWriting(t)
	b := w.mustBegin(t)
	w.mustSave(t, b, strings.Replace(firstModule, "Welcome.", "Welcome, friend.", 1))
	w.mustPublished(t, strings.Replace(firstModule, "How was your week?", "What was your week like?", 1))
	page := b.Get(address).Page(t)
	revision, ok := page.Find(`form[action="` + address + `/coming"] input[name=revision]`).Attr("value")
	if !ok {
		t.Fatal("the editor says nothing of it")
	}
	mustStatus(t, b.Post(address+"/coming", form("revision", "abcdefghijklmno", "do", "bring")), http.StatusSeeOther)
	if w.states(t) != "2" {
		t.Error("something else came")
	}
	mustStatus(t, b.Post(address+"/coming", form("revision", revision, "do", "bring")), http.StatusSeeOther)
	text, _ := mustText(t, b)
	if !strings.Contains(text, "Welcome, friend.") || !strings.Contains(text, "What was your week like?") {
		t.Errorf("put together:\n%s", text)
	}
	if b.Get(address).Page(t).Find(`form[action="`+address+`/coming"]`).Length() != 0 {
		t.Error("it comes again")
	}
}

func TestWhatWentLiveMeanwhileIsChosenFromWhereBothChanged(t *testing.T) {
	w := mustWriting(t)
	b := w.mustBegin(t)
	w.mustSave(t, b, strings.Replace(firstModule, "Welcome.", "Welcome, friend.", 1))
	w.mustPublished(t, strings.Replace(firstModule, "Welcome.", "Welcome, all.", 1))
	revision, _ := b.Get(address).Page(t).Find(`form[action="` + address + `/coming"] input[name=revision]`).Attr("value")
	page := mustStatus(t, b.Post(address+"/coming", form("revision", revision, "do", "bring")), http.StatusConflict).Page(t)
	after, _ := page.Find("input[name=after]").Attr("value")
	with, _ := page.Find("input[name=with]").Attr("value")
	mustStatus(t, b.Post(address, form("after", after, "with", with, "choice.0", "both")), http.StatusSeeOther)
	if text, _ := mustText(t, b); !strings.Contains(text, "Welcome, friend.") || !strings.Contains(text, "Welcome, all.") {
		t.Errorf("put together:\n%s", text)
	}
}

func TestWhatCameCanBeLeft(t *testing.T) {
	w := mustWriting(t)
	b := w.mustBegin(t)
	w.mustSave(t, b, strings.Replace(firstModule, "Welcome.", "Welcome, friend.", 1))
	w.Draft(t, "listening-course", map[string]string{"01-listening.md": strings.Replace(firstModule, "Welcome.", "Welcome, all.", 1)})
	was, _ := mustText(t, b)
	revision, ok := b.Get(address).Page(t).Find(`form[action="` + address + `/coming"] input[name=revision]`).Attr("value")
	if !ok {
		t.Fatal("nothing is said of what waits")
	}
	mustStatus(t, b.Post(address+"/coming", form("revision", revision, "do", "leave")), http.StatusSeeOther)
	page := b.Get(address).Page(t)
	if text := page.Find("textarea#text").Text(); text != was {
		t.Errorf("the text is\n%s", text)
	}
	if page.Find(`form[action="`+address+`/coming"]`).Length() != 0 || page.Find(`.notice a[href*="/history/"]`).Length() != 0 {
		t.Error("it comes again")
	}
	if got := b.Get(address + "/history").Body; !strings.Contains(got, "left aside") {
		t.Error("it is not among the earlier texts")
	}
}

func TestATextWhoseWriterLeftGoesToAnother(t *testing.T) {
	w := mustWriting(t)
	b := w.mustBegin(t)
	w.mustSave(t, b, firstModule+"\nUnfinished.\n")
	care := func() *hooktest.Browser { return w.SignIn(t, w.manager) }
	draft := w.mustOne(t, "SELECT id FROM drafts", nil)
	hand := func(manager *hooktest.Browser, to string) {
		mustStatus(t, manager.Post("/course-settings/listening-course/hand-over", form("text", draft, "person", to)), http.StatusSeeOther)
	}
	manager := care()
	if manager.Get("/course-settings/listening-course").Page(t).Find(`form[action$="/hand-over"]`).Length() != 0 {
		t.Error("a text whose writer is here can be given away")
	}
	hand(manager, w.other.ID)
	if owner := w.mustOne(t, "SELECT owner FROM drafts", nil); owner != w.writer.ID {
		t.Fatal("it was taken from its writer")
	}
	_, err := w.App.DB().Update("memberships", dbx.Params{"ends": "2001-01-01 00:00:00.000Z"}, dbx.HashExp{"user": w.writer.ID}).Execute()
	if err != nil {
		t.Fatal(err)
	}
	if manager.Get("/course-settings/listening-course").Page(t).Find(`form[action$="/hand-over"]`).Length() != 1 {
		t.Fatal("nobody can go on with it")
	}
	hand(manager, w.learner.ID)
	if owner := w.mustOne(t, "SELECT owner FROM drafts", nil); owner != w.writer.ID {
		t.Error("it was given to somebody who does not write")
	}
	hand(manager, w.other.ID)
	if text, _ := mustText(t, w.SignIn(t, w.other)); !strings.Contains(text, "Unfinished.") {
		t.Error("the other does not have it")
	}
}

func TestWhatWasTypedOnTheWayToALiveTextIsGoneAfterAWhile(t *testing.T) {
	w := mustWriting(t)
	b := w.mustApprove(t, strings.Replace(firstModule, "Welcome.", "Come in.", 1))
	mustStatus(t, b.Post(address+"/publish", nil), http.StatusSeeOther)
	clock := w.House.Authoring.Keeper().Clocks()[2]
	kept := func() string {
		return w.mustOne(t, "SELECT COUNT(*) || ' ' || SUM(text LIKE '%Welcome.%') FROM draft_states", nil)
	}
	before := kept()
	if _, err := clock.Retire(t.Context(), w.Clock.Now().Add(-time.Hour), 100); err != nil || kept() != before {
		t.Errorf("before its day: %s of %s are left: %v", kept(), before, err)
	}
	if _, err := clock.Retire(t.Context(), w.Clock.Now().Add(time.Hour), 100); err != nil {
		t.Fatal(err)
	}
	if left := kept(); strings.HasSuffix(left, " 1") || left == before {
		t.Errorf("%s are left of %s", left, before)
	}
	if n := w.mustOne(t, "SELECT COUNT(*) FROM draft_states WHERE revision != ''", nil); n == "0" {
		t.Error("what others read is gone")
	}
}
