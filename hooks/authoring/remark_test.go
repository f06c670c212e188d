package authoring_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"alongside/hooks/hooktest"
	"alongside/hooks/learning"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

const (
	sayAt       = "/say/listening-course/listening/start"
	hearAt      = address + "/remarks"
	learnerName = "Marigold Quince" // what the learner is called
	wordsOf     = "Nobody ever welcomed me, and I waited by the door"
)

// mustEnrol puts somebody on the course, and gives their browser.
func (w *writing) mustEnrol(t *testing.T, p hooktest.Person) *hooktest.Browser {
	t.Helper()
	course := w.mustOne(t, "SELECT id FROM courses WHERE slug = 'listening-course'", nil)
	if _, err := w.App.DB().Update("users", dbx.Params{"name": learnerName}, dbx.HashExp{"id": p.ID}).Execute(); err != nil {
		t.Fatal(err)
	}
	err := w.App.RunInTransaction(func(tx core.App) error { return learning.Enrol(tx, p.ID, course, w.Clock.Now()) })
	if err != nil {
		t.Fatal(err)
	}
	return w.SignIn(t, p)
}

// filledIn is the form of a page as a browser would send it, with fields changed.
func filledIn(t *testing.T, r hooktest.Response, pairs ...string) url.Values {
	t.Helper()
	f := url.Values{}
	page := r.Page(t).Find("main form[autocomplete=off]").First()
	for _, input := range page.Find("input").EachIter() {
		name, _ := input.Attr("name")
		value, _ := input.Attr("value")
		kind, _ := input.Attr("type")
		if _, checked := input.Attr("checked"); checked || kind == "hidden" {
			f.Set(name, value)
		}
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		f.Set(pairs[i], pairs[i+1])
	}
	return f
}

// mustSay lets a learner say something of the first block of the module.
func (w *writing) mustSay(t *testing.T, b *hooktest.Browser, text string, pairs ...string) (id string) {
	t.Helper()
	sent := filledIn(t, mustStatus(t, b.Get(sayAt+"?at=start/1"), http.StatusOK), append([]string{"text", text}, pairs...)...)
	mustStatus(t, b.Post(sayAt, sent), http.StatusSeeOther)
	return w.mustOne(t, "SELECT id FROM remarks ORDER BY created DESC, rowid DESC LIMIT 1", nil)
}

func TestWhatALearnerSaysIsReadByThoseWhoWroteTheTextAndByNobodyElse(t *testing.T) {
	w := mustWriting(t)
	writer := w.mustApprove(t, changed())
	mustStatus(t, writer.Post(address+"/publish", nil), http.StatusSeeOther)
	learner := w.mustEnrol(t, w.learner)

	step := mustStatus(t, learner.Get("/courses/listening-course/listening/start"), http.StatusOK)
	if n := step.Page(t).Find(`a[href="` + sayAt + `"]`).Length(); n != 1 {
		t.Errorf("%d links on the page of the step lead there", n)
	}
	if r := mustStatus(t, learner.Get(sayAt), http.StatusOK); !strings.Contains(r.Body, "Those who wrote this text read what you say.") {
		t.Error("it does not say who reads it")
	}
	id := w.mustSay(t, learner, wordsOf)
	if mine := mustStatus(t, learner.Get("/me/remarks"), http.StatusOK); !strings.Contains(mine.Body, wordsOf) || !strings.Contains(mine.Body, comeIn) {
		t.Error("the learner does not find what they said, and of what")
	}
	for _, at := range []string{hearAt, hearAt + "/" + id} {
		r := mustStatus(t, writer.Get(at), http.StatusOK)
		if !strings.Contains(r.Body, wordsOf) || !strings.Contains(r.Body, comeIn) || !strings.Contains(r.Body, "A learner") {
			t.Errorf("%s: who wrote it does not read what was said, and of what", at)
		}
		if strings.Contains(r.Body, learnerName) || strings.Contains(r.Body, w.learner.Username) {
			t.Errorf("%s: it says who the learner is", at)
		}
	}

	others := map[string]hooktest.Person{
		"another mentor": w.other, "a mentor elsewhere": w.mustMentorElsewhere(t), "a facilitator": w.worker, "the manager": w.manager,
		"a lead": w.MustPerson(t, "lead"), "another learner": w.MustPerson(t, "learner"), "the learner": w.learner, "a site manager": w.MustSiteManager(t),
	}
	for name, who := range others {
		b := w.SignIn(t, who)
		for _, root := range []string{hearAt, care + "/remarks"} {
			for _, r := range []hooktest.Response{b.Get(root), b.Get(root + "/" + id), b.Post(root+"/"+id, form("do", "thank", "thanks", "x"))} {
				if r.Status != http.StatusNotFound {
					t.Errorf("%s at %s: status %d", name, root, r.Status)
				}
			}
		}
		if name != "the learner" {
			if r := mustStatus(t, b.Get("/me/remarks"), http.StatusOK); !strings.Contains(r.Body, "You have said nothing yet.") {
				t.Errorf("%s finds it among their own", name)
			}
			mustStatus(t, b.Post("/me/remarks/"+id+"/take-back", nil), http.StatusNotFound)
		}
	}
	if left := w.mustOne(t, "SELECT state || thanks FROM remarks", nil); left != "open" {
		t.Errorf("somebody else answered it: %s", left)
	}
}

func TestWhoMayBeNamedIsNamedToThoseWhoReadIt(t *testing.T) {
	w := mustWriting(t)
	writer := w.mustApprove(t, changed())
	mustStatus(t, writer.Post(address+"/publish", nil), http.StatusSeeOther)
	w.mustSay(t, w.mustEnrol(t, w.learner), wordsOf, "named", "on")
	if r := mustStatus(t, writer.Get(hearAt), http.StatusOK); !strings.Contains(r.Body, learnerName) {
		t.Error("they let themselves be named, and are not")
	}
}

func TestWhereNobodyWhoWroteItIsThereThoseWhoCareForTheCourseReadIt(t *testing.T) {
	w := mustWriting(t)
	learner, manager := w.mustEnrol(t, w.learner), w.SignIn(t, w.MustSiteManager(t))
	if r := mustStatus(t, learner.Get(sayAt), http.StatusOK); !strings.Contains(r.Body, "Those who manage this course read what you say") {
		t.Error("it does not say who reads it")
	}
	id := w.mustSay(t, learner, wordsOf)
	if r := mustStatus(t, manager.Get(care+"/remarks"), http.StatusOK); !strings.Contains(r.Body, wordsOf) {
		t.Error("nobody reads it")
	}
	mustStatus(t, manager.Post(care+"/remarks/"+id, form("do", "thank", "thanks", "Thank you for saying so.")), http.StatusSeeOther)
	for _, who := range []hooktest.Person{w.writer, w.worker, w.MustPerson(t, "lead")} {
		mustStatus(t, w.SignIn(t, who).Get(care+"/remarks"), http.StatusNotFound)
		mustStatus(t, w.SignIn(t, who).Get(hearAt), http.StatusNotFound)
	}

	// somebody writes it now: what was said to them is theirs, and stays so
	writer := w.mustApprove(t, changed())
	mustStatus(t, writer.Post(address+"/publish", nil), http.StatusSeeOther)
	mustStatus(t, manager.Get(care+"/remarks"), http.StatusNotFound)
	w.mustSay(t, learner, "For the writers alone")
	if r := mustStatus(t, writer.Get(hearAt), http.StatusOK); !strings.Contains(r.Body, wordsOf) || !strings.Contains(r.Body, "For the writers alone") {
		t.Error("who writes it now does not read all of it")
	}
	if _, err := w.App.DB().Update("memberships", dbx.Params{"ends": "2020-01-01 00:00:00.000Z"}, dbx.HashExp{"user": w.writer.ID}).Execute(); err != nil {
		t.Fatal(err)
	}
	r := mustStatus(t, manager.Get(care+"/remarks"), http.StatusOK)
	if strings.Contains(r.Body, "For the writers alone") || !strings.Contains(r.Body, wordsOf) {
		t.Error("managers read what was promised to the writers alone")
	}
	mustStatus(t, manager.Get(care+"/remarks/"+w.mustOne(t, "SELECT id FROM remarks WHERE readers = 'writers'", nil)), http.StatusNotFound)
}

// A page that was made before others came to read it stores nothing that was promised
// to be read by somebody else.
func TestWhatWasPromisedOnThePageIsAskedOnceMore(t *testing.T) {
	w := mustWriting(t)
	learner := w.mustEnrol(t, w.learner)
	sent := filledIn(t, mustStatus(t, learner.Get(sayAt), http.StatusOK), "text", wordsOf)
	writer := w.mustApprove(t, changed())
	mustStatus(t, writer.Post(address+"/publish", nil), http.StatusSeeOther)
	again := mustStatus(t, learner.Post(sayAt, sent), http.StatusUnprocessableEntity)
	if !strings.Contains(again.Body, wordsOf) || w.mustOne(t, "SELECT COUNT(*) FROM remarks", nil) != "0" {
		t.Error("it was stored, or the words are gone")
	}
	mustStatus(t, learner.Post(sayAt, filledIn(t, again, "text", wordsOf)), http.StatusSeeOther)
	if block := w.mustOne(t, "SELECT state FROM revisions WHERE id = (SELECT revision FROM remarks)", nil); block != "replaced" {
		t.Errorf("it is of a text that is %s: they read the one before", block)
	}
}

func TestWhoKeepsNothingHereSaysNothing(t *testing.T) {
	w := mustWriting(t)
	sent := form("text", wordsOf, "kind", "untrue", "place", "start/1", "readers", "carers", "key", "k")
	for name, b := range map[string]*hooktest.Browser{"a learner who is not on the course": w.SignIn(t, w.learner), "a mentor": w.SignIn(t, w.other)} {
		if get, post := b.Get(sayAt), b.Post(sayAt, sent); get.Status != http.StatusNotFound || post.Status != http.StatusNotFound {
			t.Errorf("%s: %d and %d", name, get.Status, post.Status)
		}
		if r := b.Get("/courses/listening-course/listening/start"); strings.Contains(r.Body, sayAt) {
			t.Errorf("%s is shown the way there", name)
		}
	}
	guest := w.Guest(t)
	if r := guest.Get(sayAt); r.Status != http.StatusSeeOther {
		t.Errorf("a guest: %d", r.Status)
	}
	guest.Post(sayAt, sent)
	learner := w.mustEnrol(t, w.learner)
	for _, nowhere := range []string{"/say/listening-course/listening/nothing", "/say/listening-course/nothing/start", "/say/nothing/listening/start"} {
		mustStatus(t, learner.Get(nowhere), http.StatusNotFound)
		mustStatus(t, learner.Post(nowhere, sent), http.StatusNotFound)
	}
	if n := w.mustOne(t, "SELECT COUNT(*) FROM remarks", nil); n != "0" {
		t.Errorf("%s were stored", n)
	}
}

func TestAFormSentTwiceSaysItOnceAndOneThatSaysMoreLosesNothing(t *testing.T) {
	w := mustWriting(t)
	learner := w.mustEnrol(t, w.learner)
	sent := filledIn(t, mustStatus(t, learner.Get(sayAt), http.StatusOK), "text", wordsOf)
	for range 3 {
		mustStatus(t, learner.Post(sayAt, sent), http.StatusSeeOther)
	}
	sent.Set("text", "And another thing")
	for range 2 {
		mustStatus(t, learner.Post(sayAt, sent), http.StatusSeeOther)
	}
	if n := w.mustOne(t, "SELECT COUNT(*) FROM remarks", nil); n != "2" {
		t.Errorf("%s remarks", n)
	}
	mine := mustStatus(t, learner.Get("/me/remarks"), http.StatusOK)
	for _, words := range []string{wordsOf, "And another thing"} {
		if !strings.Contains(mine.Body, words) {
			t.Errorf("%q is gone", words)
		}
	}
}

func TestARemarkThatCannotBeKeptComesBackWithEverythingTyped(t *testing.T) {
	w := mustWriting(t)
	learner := w.mustEnrol(t, w.learner)
	for name, sent := range map[string][]string{
		"nothing":  {"text", " \n ", "kind", "mine", "named", "on", "place", "start/1"},
		"too much": {"text", strings.Repeat("آ", 3001), "kind", "mine", "named", "on", "place", "start/1"},
	} {
		r := mustStatus(t, learner.Post(sayAt, filledIn(t, mustStatus(t, learner.Get(sayAt), http.StatusOK), sent...)), http.StatusUnprocessableEntity)
		page := r.Page(t)
		if strings.TrimSpace(page.Find("textarea").Text()) != strings.TrimSpace(sent[1]) || page.Find("input[value=mine][checked]").Length() != 1 ||
			page.Find("input[name=named][checked]").Length() != 1 || page.Find(`input[value="start/1"][checked]`).Length() != 1 || page.Find("#text-error").Length() != 1 {
			t.Errorf("%s: something that was given is not there any more", name)
		}
	}
	full := strings.Repeat("آ", 3000)
	w.mustSay(t, learner, full, "place", "another-module/9", "kind", "hostile")
	if got := w.mustOne(t, "SELECT place || ' ' || kind FROM remarks", nil); got != "start untrue" {
		t.Errorf("stored as %s", got)
	}
	if !strings.Contains(mustStatus(t, learner.Get("/me/remarks"), http.StatusOK).Body, full) {
		t.Error("the longest that may be said is not kept whole")
	}
	hostile := `</textarea><script>alert(1)</script><img src=x onerror=alert(1)>`
	w.mustSay(t, learner, hostile)
	if r := learner.Get("/me/remarks"); strings.Contains(r.Body, "<script>alert") || strings.Contains(r.Body, "<img src=x") {
		t.Error("what was typed is markup")
	}
	for range 28 {
		w.mustSay(t, learner, "again")
	}
	sent := filledIn(t, mustStatus(t, learner.Get(sayAt), http.StatusOK), "text", wordsOf)
	if r := mustStatus(t, learner.Post(sayAt, sent), http.StatusUnprocessableEntity); !strings.Contains(r.Body, wordsOf) {
		t.Error("one too many is lost")
	}
}

func TestARemarkIsSealedAndWhatIsTakenBackIsNowhere(t *testing.T) {
	w := mustWriting(t)
	learner, manager := w.mustEnrol(t, w.learner), w.SignIn(t, w.MustSiteManager(t))
	id := w.mustSay(t, learner, wordsOf)
	const back = "That helps us more than you know"
	mustStatus(t, manager.Post(care+"/remarks/"+id, form("do", "thank", "thanks", back)), http.StatusSeeOther)
	if !strings.Contains(mustStatus(t, learner.Get("/me/remarks"), http.StatusOK).Body, back) {
		t.Error("the learner does not read what was written back")
	}
	w.mustLack(t, w.Dir, wordsOf, back) // as it is stored
	sealed := w.mustOne(t, "SELECT sealed FROM remarks", nil)
	mustStatus(t, learner.Post("/me/remarks/"+id+"/take-back", nil), http.StatusSeeOther)
	w.mustLack(t, w.Dir, sealed)
	if r := mustStatus(t, manager.Get(care+"/remarks"), http.StatusOK); strings.Contains(r.Body, wordsOf) {
		t.Error("it is still read")
	}
	mustStatus(t, manager.Get(care+"/remarks/"+id), http.StatusNotFound)
	mustStatus(t, manager.Post(care+"/remarks/"+id, form("do", "thank", "thanks", back)), http.StatusNotFound)
	mustStatus(t, learner.Post("/me/remarks/"+id+"/take-back", nil), http.StatusNotFound)
}

// Whoever changes who may read a remark in the dashboard opens it for nobody.
func TestWhoReadsARemarkIsSealedWithIt(t *testing.T) {
	w := mustWriting(t)
	learner, manager := w.mustEnrol(t, w.learner), w.SignIn(t, w.MustSiteManager(t))
	writer := w.mustApprove(t, changed())
	mustStatus(t, writer.Post(address+"/publish", nil), http.StatusSeeOther)
	w.mustSay(t, learner, wordsOf)
	for _, sql := range []string{"UPDATE remarks SET readers = 'carers'", "UPDATE drafts SET owner = ''"} {
		if _, err := w.App.NonconcurrentDB().NewQuery(sql).Execute(); err != nil {
			t.Fatal(err)
		}
	}
	if r := mustStatus(t, manager.Get(care+"/remarks"), http.StatusOK); strings.Contains(r.Body, wordsOf) || !strings.Contains(r.Body, "cannot be opened") {
		t.Error("it opens for those to whom it was not said")
	}
}

func TestARemarkFollowsItsBlockToTheNewText(t *testing.T) {
	w := mustWriting(t)
	learner := w.mustEnrol(t, w.learner)
	w.mustSay(t, learner, wordsOf)
	w.Publish(t, "listening-course", map[string]string{"course.md": "---\ntitle: Listening to people\nlanguage: en\n---\nAbout it.\n", "01-listening.md": strings.Replace(firstModule, "Welcome.", "Before all else.\n\nWelcome.", 1)})
	manager := w.SignIn(t, w.MustSiteManager(t))
	page := mustStatus(t, manager.Get(care+"/remarks"), http.StatusOK).Page(t)
	if block := strings.TrimSpace(page.Find("section.remark > blockquote").Text()); block != "Welcome." {
		t.Errorf("it stands under %q", block)
	}
}
