package authoring_test

import (
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"alongside/courses"
	"alongside/hooks/authoring"
	"alongside/hooks/hooktest"

	"github.com/PuerkitoBio/goquery"
	"github.com/pocketbase/dbx"
)

const address = "/write/listening-course/listening"

// mustBegin signs a writer in, who begins to change the module.
func (w *writing) mustBegin(t *testing.T) *hooktest.Browser {
	t.Helper()
	b := w.SignIn(t, w.writer)
	if r := b.Post(address+"/begin", nil); r.Status != http.StatusSeeOther {
		t.Fatalf("begin: %d\n%s", r.Status, r.Body)
	}
	return b
}

// mustText is what stands in the editor, and the number that it was made from.
func mustText(t *testing.T, b *hooktest.Browser) (text, after string) {
	t.Helper()
	page := b.Get(address).Page(t)
	after, _ = page.Find("input[name=after]").Attr("value")
	return page.Find("textarea#text").Text(), after
}

func (w *writing) mustSave(t *testing.T, b *hooktest.Browser, text string) {
	t.Helper()
	_, after := mustText(t, b)
	if r := b.Post(address, form("text", text, "after", after, "do", "save")); r.Status != http.StatusSeeOther {
		t.Fatalf("save: %d\n%s", r.Status, r.Body)
	}
}

func (w *writing) states(t *testing.T) string {
	t.Helper()
	return w.mustOne(t, "SELECT COUNT(*) FROM draft_states", nil)
}

func mustStatus(t *testing.T, r hooktest.Response, want int) hooktest.Response {
	t.Helper()
	if r.Status != want {
		t.Fatalf("status %d, and not %d\n%s", r.Status, want, r.Body)
	}
	return r
}

func TestASaveThatChangesNothingMakesNothing(t *testing.T) {
	w := mustWriting(t)
	b := w.mustBegin(t)
	text, after := mustText(t, b)
	if text != firstModule {
		t.Fatalf("the editor has %q", text)
	}
	posted := strings.ReplaceAll(text, "\n", "\r\n") // as a browser sends it
	mustStatus(t, b.Post(address, form("text", posted, "after", after, "do", "save")), http.StatusSeeOther)
	mustStatus(t, b.Post(address, form("text", posted, "after", after, "auto", "1")), http.StatusNoContent)
	if n := w.states(t); n != "1" {
		t.Errorf("%s states, and nothing was changed", n)
	}
	if n := w.mustOne(t, "SELECT COUNT(*) FROM revisions WHERE state = 'draft'", nil); n != "0" {
		t.Errorf("%s new revisions", n)
	}
}

func TestWhatIsTypedIsStoredAsItIsTyped(t *testing.T) {
	w := mustWriting(t)
	b := w.mustBegin(t)
	_, after := mustText(t, b)
	r := mustStatus(t, b.Post(address, form("text", firstModule+"\nMore.\n", "after", after, "auto", "1", "page", "p1")), http.StatusNoContent)
	if got := r.Header.Get("Stored"); got != "after=2" {
		t.Errorf("the page is told %q", got)
	}
	// what it was made from is older than what the same page saved: it follows all the same
	mustStatus(t, b.Post(address, form("text", firstModule+"\nMore words.\n", "after", after, "auto", "1", "page", "p1")), http.StatusNoContent)
	if text, _ := mustText(t, b); !strings.HasSuffix(text, "\nMore words.\n") {
		t.Errorf("the editor has %q", text)
	}
}

func TestTwoPagesLoseNoWordAndTheSecondChooses(t *testing.T) {
	w := mustWriting(t)
	b := w.mustBegin(t)
	_, after := mustText(t, b)
	first := strings.Replace(firstModule, "Welcome.", "Welcome, from one.", 1)
	second := strings.Replace(firstModule, "Welcome.", "Welcome, from two.", 1)
	mustStatus(t, b.Post(address, form("text", first, "after", after, "auto", "1", "page", "one")), http.StatusNoContent)
	met := mustStatus(t, b.Post(address, form("text", second, "after", after, "auto", "1", "page", "two")), http.StatusConflict)
	aside := strings.TrimPrefix(met.Header.Get("Stored"), "after=")
	if text, _ := mustText(t, b); text != first {
		t.Errorf("the text of one is gone: %q", text)
	}
	clash := mustStatus(t, b.Post(address, form("text", second, "after", aside, "page", "two", "do", "save")), http.StatusConflict)
	page := clash.Page(t)
	for _, words := range []string{"Welcome, from one.", "Welcome, from two."} {
		if !strings.Contains(page.Text(), words) {
			t.Errorf("the page that asks lacks %q", words)
		}
	}
	if marked := page.Find("mark").Map(func(_ int, s *goquery.Selection) string { return s.Text() }); !slices.Equal(marked, []string{"one", "two"}) {
		t.Errorf("what differs is not what is marked: %q", marked)
	}
	mine, _ := page.Find("input[name=after]").Attr("value")
	with, _ := page.Find("input[name=with]").Attr("value")
	mustStatus(t, b.Post(address, form("after", mine, "with", with)), http.StatusUnprocessableEntity)
	mustStatus(t, b.Post(address, form("after", mine, "with", with, "choice.0", "both")), http.StatusSeeOther)
	if text, _ := mustText(t, b); !strings.Contains(text, "from one.") || !strings.Contains(text, "from two.") {
		t.Errorf("both were chosen: %q", text)
	}
}

func TestOfTwoTextsEachIsShownWholeWithWhatIsItsOwnMarked(t *testing.T) {
	for _, c := range []struct{ theirs, mine, marked string }{
		{"She sat with me.\n", "She sat with him.\n", "me|him"},
		{"She sat.\n", "She sat.\nThen she went.\n", "|Then she went."},
		{"رفت به خانه.\n", "رفت به مدرسه.\n", "خانه|مدرسه"},
		{"Quite another.\n", "Nothing alike.\n", "|"},
		{"", "Only mine.\n", "|"},
		{"Only theirs.\n", "", "|"},
	} {
		place := authoring.ClashPlace{Clash: courses.Clash{Theirs: c.theirs, Mine: c.mine}}
		theirs, own := alone(place.TheirRuns())
		mine, added := alone(place.MyRuns())
		if theirs != c.theirs || mine != c.mine || strings.TrimRight(own, "\n")+"|"+strings.TrimRight(added, "\n") != c.marked {
			t.Errorf("%q, marked %q, and %q, marked %q", theirs, own, mine, added)
		}
	}
}

// alone is a text whole, and what in it is marked.
func alone(runs []courses.Run) (whole, marked string) {
	for _, r := range runs {
		whole += r.Text
		if r.Kind != courses.Same {
			marked += r.Text
		}
	}
	return whole, marked
}

func TestTwoWhoChangeDifferentPartsArePutTogether(t *testing.T) {
	w := mustWriting(t)
	b := w.mustBegin(t)
	_, after := mustText(t, b)
	mustStatus(t, b.Post(address, form("text", strings.Replace(firstModule, "Welcome.", "Come in.", 1), "after", after, "auto", "1", "page", "one")), http.StatusNoContent)
	mustStatus(t, b.Post(address, form("text", firstModule+"\nThe end.\n", "after", after, "page", "two", "do", "save")), http.StatusSeeOther)
	if text, _ := mustText(t, b); !strings.Contains(text, "Come in.") || !strings.Contains(text, "The end.") {
		t.Errorf("%q", text)
	}
}

func TestMostOfATextIsNotThrownAwayUnasked(t *testing.T) {
	w := mustWriting(t)
	b := w.mustBegin(t)
	w.mustSave(t, b, firstModule+strings.Repeat("\nA line that somebody wrote with care.\n", 20))
	whole, after := mustText(t, b)
	mustStatus(t, b.Post(address, form("text", "Oh.", "after", after, "auto", "1", "page", "p")), http.StatusConflict)
	asked := mustStatus(t, b.Post(address, form("text", "Oh.", "after", after, "page", "p", "do", "save")), http.StatusUnprocessableEntity)
	if got := asked.Page(t).Find("textarea#text").Text(); got != "Oh." {
		t.Errorf("what was typed is not there: %q", got)
	}
	if text, _ := mustText(t, b); text != whole {
		t.Errorf("most of it is gone: %q", text)
	}
	mustStatus(t, b.Post(address, form("text", "Oh.", "after", after, "page", "p", "do", "sure")), http.StatusSeeOther)
	if text, _ := mustText(t, b); !strings.HasPrefix(text, "Oh.") {
		t.Errorf("they were sure: %q", text)
	}
	// and it comes back
	mustStatus(t, b.Post(address+"/history/2", nil), http.StatusSeeOther)
	if text, _ := mustText(t, b); text != whole {
		t.Errorf("it did not come back: %q", text)
	}
}

func TestNobodyElseSeesOrChangesADraft(t *testing.T) {
	w := mustWriting(t)
	w.mustBegin(t)
	for name, who := range map[string]hooktest.Person{"another mentor": w.other, "a mentor elsewhere": w.mustMentorElsewhere(t)} {
		b := w.SignIn(t, who)
		if r := b.Get(address); strings.Contains(r.Body, "textarea") {
			t.Errorf("%s sees the text", name)
		}
		for _, below := range []string{"/history", "/history/1", "/preview", "/preview/try-it", "/next", "/credit"} {
			mustStatus(t, b.Get(address+below), http.StatusNotFound)
		}
		if r := b.Post(address, form("text", "x", "after", "1", "do", "save")); r.Status == http.StatusSeeOther || strings.Contains(r.Body, "Welcome.") {
			t.Errorf("%s: status %d", name, r.Status)
		}
	}
	for name, who := range map[string]hooktest.Person{"a learner": w.learner, "a facilitator": w.worker, "a manager": w.manager} {
		if r := w.SignIn(t, who).Get(address); r.Status != http.StatusNotFound {
			t.Errorf("%s: status %d", name, r.Status)
		}
	}
	// what was not shown for review is nobody's to review
	mustStatus(t, w.SignIn(t, w.other).Get("/review/listening-course/listening"), http.StatusNotFound)
}

var hiddenRevision = regexp.MustCompile(`name="revision" value="[^"]*"`)

// What differs is where the page is, which the test takes out, and nothing else.
func TestThePreviewIsTheLearnersPage(t *testing.T) {
	w := mustWriting(t)
	if _, err := w.App.DB().Update("courses", dbx.Params{"open": false}, dbx.HashExp{"slug": "listening-course"}).Execute(); err != nil {
		t.Fatal(err)
	}
	b := w.mustBegin(t)
	bare := func(body, at string) string {
		return hiddenRevision.ReplaceAllString(strings.ReplaceAll(body, at, "HERE"), "")
	}
	for _, step := range []string{"start", "try-it", "look-back"} {
		live := bare(mustStatus(t, b.Get("/courses/listening-course/listening/"+step), http.StatusOK).Body, "/courses/listening-course/listening")
		seen := bare(mustStatus(t, b.Get(address+"/preview/"+step), http.StatusOK).Body, address+"/preview")
		if step == "look-back" { // the last leads back to the course, or to the list of the preview
			live, seen = strings.ReplaceAll(live, `href="/courses/listening-course"`, `href="HERE"`), strings.ReplaceAll(seen, `href="/courses/listening-course"`, `href="HERE"`)
		}
		if live != seen {
			t.Errorf("%s: the preview is another page:\n%s\nand not\n%s", step, seen, live)
		}
	}
	r := mustStatus(t, b.Post(address+"/preview/try-it", form("look", "on", "has", "open", "a.open", valueOf(t, b), "do", "check", "check", "open")), http.StatusOK)
	if !strings.Contains(r.Body, "verdict") {
		t.Error("Check says nothing")
	}
	if n := w.mustOne(t, "SELECT COUNT(*) FROM answers", nil); n != "0" {
		t.Error("a try in the preview was stored")
	}
}

func valueOf(t *testing.T, b *hooktest.Browser) string {
	t.Helper()
	value, _ := b.Get(address + "/preview/try-it").Page(t).Find(`input[name="a.open"]`).First().Attr("value")
	return value
}

// The whole way: somebody writes, somebody who has lived it and somebody who looks
// after safety read it, it goes live, and a learner who was in the old text keeps
// every answer.
func TestFromTheFirstWordToTheLearner(t *testing.T) {
	w := mustWriting(t)
	learner := w.SignIn(t, w.learner)
	mustStatus(t, learner.Post("/courses/listening-course", nil), http.StatusSeeOther)
	step := "/courses/listening-course/listening/look-back"
	revision, _ := learner.Get(step).Page(t).Find("input[name=revision]").Attr("value")
	mustStatus(t, learner.Post(step, form("revision", revision, "has", "heard", "a.heard", "On the bus.", "do", "continue")), http.StatusSeeOther)

	writer := w.mustBegin(t)
	w.mustSave(t, writer, strings.Replace(firstModule, "Welcome.", "Come in and sit down.", 1)+"\n## More {#more}\n\nA new page.\n")
	mustStatus(t, writer.Post(address+"/publish", nil), http.StatusConflict) // nobody has read it
	mustStatus(t, writer.Post(address+"/ask", form("note", "Is it too long?")), http.StatusSeeOther)

	reading := "/review/listening-course/listening"
	if r := mustStatus(t, writer.Get(reading), http.StatusOK); strings.Contains(r.Body, `action="`+reading+`/verdict"`) {
		t.Error("the writer is asked to sign off their own text")
	}
	version := w.mustOne(t, "SELECT revision FROM drafts", nil)
	mustStatus(t, writer.Post(reading+"/verdict", form("version", version, "kind", "lived")), http.StatusNotFound)

	other, worker := w.SignIn(t, w.other), w.SignIn(t, w.worker)
	if r := other.Get("/review"); !strings.Contains(r.Body, reading) {
		t.Error("it is not in the queue of whoever could sign it off")
	}
	mustStatus(t, other.Post(reading+"/comments", form("place", "start/1", "text", "Warm.")), http.StatusSeeOther)
	mustStatus(t, other.Post(reading+"/suggest", form("place", "more/1", "text", "A new page, for you.", "why", "kinder")), http.StatusSeeOther)
	mustStatus(t, other.Post(reading+"/verdict", form("version", version, "kind", "safe")), http.StatusUnprocessableEntity) // not theirs to say
	mustStatus(t, other.Post(reading+"/verdict", form("version", version, "kind", "lived")), http.StatusSeeOther)
	mustStatus(t, worker.Post(reading+"/verdict", form("version", version, "kind", "safe")), http.StatusSeeOther)

	waits := func() string {
		return strings.TrimSpace(writer.Get("/write").Page(t).Find(`a[href="` + reading + `"]`).Text())
	}
	if got := waits(); got != "2 things that others said wait for you" {
		t.Errorf("the desk says %q", got)
	}
	suggestion, comment := w.mustOne(t, "SELECT id FROM suggestions", nil), w.mustOne(t, "SELECT id FROM comments", nil)
	mustStatus(t, writer.Post(address+"/suggestions/"+suggestion, form("do", "take", "thanks", "Thank you.")), http.StatusSeeOther)
	mustStatus(t, writer.Post(reading+"/comments", form("place", "start/1", "under", comment, "text", "I am glad.")), http.StatusSeeOther)
	if got := waits(); got != "" {
		t.Errorf("once all is answered, the desk says %q", got)
	}
	if text, _ := mustText(t, writer); !strings.Contains(text, "A new page, for you.") {
		t.Errorf("the suggestion is not in the text: %q", text)
	}
	mustStatus(t, writer.Post(address+"/publish", nil), http.StatusConflict) // what was signed off is another text
	mustStatus(t, writer.Post(address+"/ask", nil), http.StatusSeeOther)
	mustStatus(t, writer.Post(address+"/publish", nil), http.StatusConflict)
	again := w.mustOne(t, "SELECT revision FROM drafts", nil)
	mustStatus(t, worker.Post(reading+"/verdict", form("version", version, "kind", "wording")), http.StatusUnprocessableEntity) // an older version
	mustStatus(t, worker.Post(reading+"/verdict", form("version", again, "kind", "wording")), http.StatusSeeOther)
	mustStatus(t, writer.Post(address+"/publish", nil), http.StatusSeeOther)

	page := mustStatus(t, learner.Get(step), http.StatusOK)
	if got := page.Page(t).Find(`textarea[name="a.heard"]`).Text(); strings.TrimSpace(got) != "On the bus." {
		t.Errorf("the learner's words are %q", got)
	}
	if r := learner.Get("/courses/listening-course/listening/start"); !strings.Contains(r.Body, "Come in and sit down.") {
		t.Error("the learner does not see the new text")
	}
	if r := learner.Get("/courses/listening-course/listening/more"); !strings.Contains(r.Body, "A new page, for you.") {
		t.Error("the learner does not see the new page")
	}
	if state := w.mustOne(t, "SELECT state FROM drafts", nil); state != "live" {
		t.Errorf("the draft is %s", state)
	}
	mustStatus(t, writer.Post(address+"/publish", nil), http.StatusNotFound) // twice is once
}

func TestWordsThatComeAfterATextWentLiveComeBack(t *testing.T) {
	w := mustWriting(t)
	b := w.mustBegin(t)
	if _, err := w.App.DB().NewQuery("UPDATE drafts SET state = 'live'").Execute(); err != nil {
		t.Fatal(err)
	}
	r := mustStatus(t, b.Post(address, form("text", firstModule+"Three hours of work.", "after", "1", "do", "save")), http.StatusConflict)
	if got := r.Page(t).Find("textarea").Text(); !strings.Contains(got, "Three hours of work.") {
		t.Errorf("the words are gone: %q", got)
	}
}

func TestNotSafeHoldsWhateverTheVersion(t *testing.T) {
	w := mustWriting(t)
	writer, other, worker := w.mustBegin(t), w.SignIn(t, w.other), w.SignIn(t, w.worker)
	reading := "/review/listening-course/listening"
	w.mustSave(t, writer, firstModule+"\nOne more.\n")
	mustStatus(t, writer.Post(address+"/ask", nil), http.StatusSeeOther)
	version := w.mustOne(t, "SELECT revision FROM drafts", nil)
	mustStatus(t, worker.Post(reading+"/verdict", form("version", version, "kind", "unsafe")), http.StatusUnprocessableEntity) // why?
	mustStatus(t, worker.Post(reading+"/verdict", form("version", version, "kind", "unsafe", "why", "It names a street.")), http.StatusSeeOther)
	held := w.mustOne(t, "SELECT id FROM reviews WHERE kind = 'unsafe'", nil)

	w.mustSave(t, writer, firstModule+"\nTwo more.\n")
	mustStatus(t, writer.Post(address+"/ask", nil), http.StatusSeeOther)
	version = w.mustOne(t, "SELECT revision FROM drafts", nil)
	mustStatus(t, other.Post(reading+"/verdict", form("version", version, "kind", "lived")), http.StatusSeeOther)
	mustStatus(t, worker.Post(reading+"/verdict", form("version", version, "kind", "safe")), http.StatusSeeOther)
	mustStatus(t, writer.Post(address+"/publish", nil), http.StatusConflict)
	mustStatus(t, other.Post(reading+"/verdicts/"+held+"/lift", nil), http.StatusNotFound) // not theirs to lift
	mustStatus(t, worker.Post(reading+"/verdicts/"+held+"/lift", nil), http.StatusSeeOther)
	mustStatus(t, writer.Post(address+"/publish", nil), http.StatusSeeOther)
}

func TestANewModuleIsBegunReviewedAndFound(t *testing.T) {
	w := mustWriting(t)
	writer, other, worker, learner := w.SignIn(t, w.writer), w.SignIn(t, w.other), w.SignIn(t, w.worker), w.SignIn(t, w.learner)
	mustStatus(t, writer.Post("/write-new", form("course", "listening-course", "title", "", "from", "rights")), http.StatusUnprocessableEntity)
	for _, from := range []string{"rights", "story", "practice", "words", "blank"} {
		r := mustStatus(t, writer.Post("/write-new", form("course", "listening-course", "title", "A day: "+from, "from", from)), http.StatusSeeOther)
		page := mustStatus(t, writer.Get(r.Location), http.StatusOK).Page(t)
		if breaks := page.Find(".advice .breaks").Text(); breaks != "" {
			t.Errorf("%s begins with what breaks a learner: %s", from, breaks)
		}
		mustStatus(t, writer.Get(r.Location+"/preview/start"), http.StatusOK)
	}
	at, reading := "/write/listening-course/a-day-words", "/review/listening-course/a-day-words"
	mustStatus(t, writer.Post(at+"/ask", nil), http.StatusSeeOther)
	version := w.mustOne(t, "SELECT revision FROM drafts WHERE path LIKE '%a-day-words.md'", nil)
	mustStatus(t, other.Post(reading+"/verdict", form("version", version, "kind", "lived")), http.StatusSeeOther)
	mustStatus(t, worker.Post(reading+"/verdict", form("version", version, "kind", "safe")), http.StatusSeeOther)
	mustStatus(t, writer.Post(at+"/publish", nil), http.StatusSeeOther)
	if r := learner.Get("/courses/listening-course"); !strings.Contains(r.Body, "/courses/listening-course/a-day-words") {
		t.Error("the new module is not in the course")
	}
	// and it is written on again under the same address
	mustStatus(t, writer.Post(at+"/begin", nil), http.StatusSeeOther)
	if r := writer.Get(at); !strings.Contains(r.Body, "textarea") {
		t.Error("it cannot be written on again")
	}
}
