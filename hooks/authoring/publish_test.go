package authoring_test

import (
	"context"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"alongside/hooks/hooktest"

	"github.com/pocketbase/dbx"
)

const (
	care    = "/course-settings/listening-course/listening"
	reading = "/review/listening-course/listening"
)

// mustApprove lets a writer change the module to a text that others sign off.
func (w *writing) mustApprove(t *testing.T, text string) *hooktest.Browser {
	t.Helper()
	writer := w.SignIn(t, w.writer)
	writer.Post(address+"/begin", nil) // unless it is begun
	w.mustSave(t, writer, text)
	w.mustSignOff(t, writer)
	return writer
}

// mustSignOff asks others to read what the draft is now, and they sign it off.
func (w *writing) mustSignOff(t *testing.T, writer *hooktest.Browser) {
	t.Helper()
	mustStatus(t, writer.Post(address+"/ask", nil), http.StatusSeeOther)
	version := w.mustOne(t, "SELECT revision FROM drafts WHERE state != 'live'", nil)
	mustStatus(t, w.SignIn(t, w.other).Post(reading+"/verdict", form("version", version, "kind", "lived")), http.StatusSeeOther)
	mustStatus(t, w.SignIn(t, w.worker).Post(reading+"/verdict", form("version", version, "kind", "safe")), http.StatusSeeOther)
}

func (w *writing) liveText(t *testing.T) string {
	t.Helper()
	return w.mustOne(t, "SELECT text FROM revisions WHERE path = '01-listening.md' AND state = 'live'", nil)
}

// published counts the rows of the record of acts that say so.
func (w *writing) acts(t *testing.T, kind string) string {
	t.Helper()
	return w.mustOne(t, "SELECT COUNT(*) FROM audit WHERE kind = {:kind}", dbx.Params{"kind": kind})
}

func shownRevision(t *testing.T, b *hooktest.Browser) string {
	t.Helper()
	revision, _ := mustStatus(t, b.Get(care), http.StatusOK).Page(t).Find("input[name=revision]").First().Attr("value")
	return revision
}

const comeIn = "Come in and sit down."

func changed() string { return strings.Replace(firstModule, "Welcome.", comeIn, 1) }

func TestTwoWhoPublishAtOnceMakeOneText(t *testing.T) {
	w := mustWriting(t)
	writer, manager := w.mustApprove(t, changed()), w.SignIn(t, w.manager)
	var both sync.WaitGroup
	both.Go(func() { writer.Post(address+"/publish", nil) })
	both.Go(func() { manager.Post(care+"/publish", nil) })
	both.Wait()
	if w.liveText(t) != changed() {
		t.Error("it is not live")
	}
	if n := w.acts(t, "published"); n != "1" {
		t.Errorf("it went live %s times", n)
	}
	if n := w.mustOne(t, "SELECT COUNT(*) FROM revisions WHERE path = '01-listening.md'", nil); n != "2" {
		t.Errorf("%s revisions", n)
	}
}

func TestAManagerMakesLiveWhatOthersSignedOffAndNothingElse(t *testing.T) {
	w := mustWriting(t)
	manager, writer := w.SignIn(t, w.manager), w.mustBegin(t)
	w.mustSave(t, writer, changed())
	if r := mustStatus(t, manager.Get(care), http.StatusOK); strings.Contains(r.Body, care+"/publish") {
		t.Error("what nobody was asked to read can be made live")
	}
	mustStatus(t, manager.Post(care+"/publish", nil), http.StatusConflict)
	mustStatus(t, writer.Post(address+"/ask", nil), http.StatusSeeOther)
	mustStatus(t, manager.Post(care+"/publish", nil), http.StatusConflict)
	w.mustSignOff(t, writer)
	for name, who := range map[string]hooktest.Person{"another mentor": w.other, "a facilitator": w.worker, "a learner": w.learner} {
		b := w.SignIn(t, who)
		if r := b.Post(care+"/publish", nil); r.Status != http.StatusNotFound {
			t.Errorf("%s: status %d", name, r.Status)
		}
		if r := b.Post(address+"/publish", nil); r.Status != http.StatusNotFound {
			t.Errorf("%s: status %d", name, r.Status)
		}
	}
	mustStatus(t, manager.Post(care+"/publish", nil), http.StatusSeeOther)
	if w.liveText(t) != changed() {
		t.Error("it is not live")
	}
}

func TestWhatChangesForWhomIsSaidBeforeATextGoesLive(t *testing.T) {
	w := mustWriting(t)
	for range 6 {
		w.answers(t, "On the bus.")
	}
	text := strings.Replace(firstModule, ":::reflection[When were you heard?]{#heard}\n:::\n", "Think of it.\n", 1) + "\n## More {#more}\n\nA new page.\n"
	writer := w.mustApprove(t, text)
	page := mustStatus(t, writer.Get(address+"/next"), http.StatusOK).Page(t).Find("main").Text()
	for _, words := range []string{"6 people have answers here", "6 people are in it now", "When were you heard?", "6 people answered", "New part: More"} {
		if !strings.Contains(strings.Join(strings.Fields(page), " "), words) {
			t.Errorf("it does not say %q:\n%s", words, page)
		}
	}
}

// answers lets a new learner write a reflection, and gives their browser.
func (w *writing) answers(t *testing.T, said string) *hooktest.Browser {
	t.Helper()
	b := w.SignIn(t, w.MustPerson(t, "learner"))
	mustStatus(t, b.Post("/courses/listening-course", nil), http.StatusSeeOther)
	w.say(t, b, said)
	return b
}

const lookBack = "/courses/listening-course/listening/look-back"

func (w *writing) say(t *testing.T, b *hooktest.Browser, said string) {
	t.Helper()
	page := b.Get(lookBack).Page(t)
	revision, _ := page.Find("input[name=revision]").Attr("value")
	stored, _ := page.Find(`input[name="seen.heard"]`).Attr("value")
	mustStatus(t, b.Post(lookBack, form("revision", revision, "has", "heard", "a.heard", said, "seen.heard", stored, "do", "continue")), http.StatusSeeOther)
}

func said(t *testing.T, b *hooktest.Browser) string {
	t.Helper()
	return strings.TrimSpace(mustStatus(t, b.Get(lookBack), http.StatusOK).Page(t).Find(`textarea[name="a.heard"]`).Text())
}

func TestTheTextBeforeComesBackOnceThoughTwoPressAtOnceAndEveryAnswerIsFound(t *testing.T) {
	w := mustWriting(t)
	first := w.answers(t, "Given to the first.")
	writer := w.mustApprove(t, strings.Replace(changed(), "When were you heard?", "When did somebody hear you?", 1))
	mustStatus(t, writer.Post(address+"/publish", nil), http.StatusSeeOther)
	second := w.answers(t, "Given to the second.")

	manager := w.SignIn(t, w.manager)
	shown := shownRevision(t, manager)
	mustStatus(t, manager.Post(care+"/put-back", form("revision", shown, "why", " ")), http.StatusUnprocessableEntity)
	mustStatus(t, w.SignIn(t, w.other).Post(care+"/put-back", form("revision", shown, "why", "I like it")), http.StatusNotFound)
	var both sync.WaitGroup
	for range 2 { // pressed twice
		again := w.SignIn(t, w.manager)
		both.Go(func() { again.Post(care+"/put-back", form("revision", shown, "why", "A street is named.")) })
	}
	both.Wait()
	mustStatus(t, manager.Post(care+"/put-back", form("revision", shown, "why", "A street is named.")), http.StatusSeeOther)
	if w.liveText(t) != firstModule {
		t.Error("the text before is not live")
	}
	if n := w.acts(t, "put-back"); n != "1" {
		t.Errorf("it was put back %s times", n)
	}
	third := w.answers(t, "Given to the third.")
	for b, want := range map[*hooktest.Browser]string{first: "Given to the first.", second: "Given to the second.", third: "Given to the third."} {
		if got := said(t, b); got != want {
			t.Errorf("it reads %q, and was %q", got, want)
		}
	}
	// and forth again: what was put back is put back
	mustStatus(t, manager.Post(care+"/put-back", form("revision", shownRevision(t, manager), "why", "It is not.")), http.StatusSeeOther)
	for b, want := range map[*hooktest.Browser]string{first: "Given to the first.", second: "Given to the second.", third: "Given to the third."} {
		if got := said(t, b); got != want {
			t.Errorf("forth again it reads %q, and was %q", got, want)
		}
	}
	w.Clock.Pass(31 * 24 * time.Hour)
	manager = w.SignIn(t, w.manager)
	mustStatus(t, manager.Post(care+"/put-back", form("revision", shownRevision(t, manager), "why", "Late.")), http.StatusNotFound)
}

func TestAModuleThatIsTakenOffLeadsToItsCourse(t *testing.T) {
	w := mustWriting(t)
	w.Publish(t, "listening-course", map[string]string{
		"course.md": "---\ntitle: Listening to people\nlanguage: en\n---\nAbout it.\n", "01-listening.md": firstModule, "02-more.md": "# More\n\nMore of it.\n",
	})
	learner := w.answers(t, "On the bus.")
	manager := w.SignIn(t, w.manager)
	mustStatus(t, manager.Post(care+"/take-off", form("revision", "another")), http.StatusSeeOther)
	if w.acts(t, "unpublished") != "0" {
		t.Error("a page of another text took it off")
	}
	shown := shownRevision(t, manager)
	mustStatus(t, manager.Post(care+"/take-off", form("revision", shown)), http.StatusSeeOther)
	mustStatus(t, manager.Post(care+"/take-off", form("revision", shown)), http.StatusNotFound)
	for _, at := range []string{"/courses/listening-course/listening", lookBack} {
		if r := learner.Get(at); r.Location != "/courses/listening-course" || !strings.Contains(learner.Follow(r).Body, "is not in this course any more") {
			t.Errorf("%s: status %d to %q", at, r.Status, r.Location)
		}
	}
	if r := learner.Get("/me/lines"); r.Status != http.StatusOK {
		t.Errorf("their lines: %d", r.Status)
	}
	mustStatus(t, learner.Get("/courses/listening-course/never"), http.StatusNotFound)
}

func hour(at time.Time) string { return at.UTC().Format("2006-01-02T15:04") }

func TestATextGoesLiveByItselfAtItsHour(t *testing.T) {
	w := mustWriting(t)
	writer := w.mustApprove(t, changed())
	for _, wrong := range []string{"", "soon", hour(w.Clock.Now().Add(-time.Hour)), hour(w.Clock.Now().Add(400 * 24 * time.Hour))} {
		r := mustStatus(t, writer.Post(address+"/later", form("do", "set", "goes", wrong)), http.StatusUnprocessableEntity)
		if got, _ := r.Page(t).Find("input#goes").Attr("value"); got != wrong {
			t.Errorf("%q came back as %q", wrong, got)
		}
	}
	at := w.Clock.Now().Add(3 * time.Hour)
	mustStatus(t, writer.Post(address+"/later", form("do", "set", "goes", hour(at))), http.StatusSeeOther)
	w.mustGoLive(t)
	if w.liveText(t) != firstModule {
		t.Fatal("it is live before its hour")
	}
	w.Clock.Pass(5 * time.Hour) // nothing ran for a while
	later := w.AfterPowerCut(t)
	if err := later.House.Authoring.GoLive(context.Background()); err != nil {
		t.Fatal(err)
	}
	w.mustGoLive(t)
	w.mustGoLive(t)
	if w.liveText(t) != changed() || w.acts(t, "published") != "1" {
		t.Errorf("it went live %s times", w.acts(t, "published"))
	}
	var text string
	if err := later.App.DB().NewQuery("SELECT text FROM revisions WHERE path = '01-listening.md' AND state = 'live'").Row(&text); err != nil || text != changed() {
		t.Errorf("after a power cut it is not live: %v", err)
	}
}

func (w *writing) mustGoLive(t *testing.T) {
	t.Helper()
	if err := w.House.Authoring.GoLive(context.Background()); err != nil {
		t.Fatal(err)
	}
}

func TestWhatIsMissingAtItsHourKeepsATextFromGoingLiveAndIsSaid(t *testing.T) {
	for name, change := range map[string]func(t *testing.T, w *writing, writer *hooktest.Browser){
		"the date was taken back": func(t *testing.T, _ *writing, writer *hooktest.Browser) {
			mustStatus(t, writer.Post(address+"/later", form("do", "back")), http.StatusSeeOther)
		},
		"the text was changed": func(t *testing.T, w *writing, writer *hooktest.Browser) {
			w.mustSave(t, writer, changed()+"\nOne word more.\n")
		},
		"somebody said that it is not safe": func(t *testing.T, w *writing, _ *hooktest.Browser) {
			version := w.mustOne(t, "SELECT revision FROM drafts", nil)
			mustStatus(t, w.SignIn(t, w.worker).Post(reading+"/verdict", form("version", version, "kind", "unsafe", "why", "It names a street.")), http.StatusSeeOther)
		},
		"whoever set it has gone": func(t *testing.T, w *writing, _ *hooktest.Browser) {
			if _, err := w.App.DB().Update("memberships", dbx.Params{"ends": w.Clock.Now().UTC().Add(-time.Minute).Format("2006-01-02 15:04:05.000Z")}, dbx.HashExp{"user": w.writer.ID}).Execute(); err != nil {
				t.Fatal(err)
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := mustWriting(t)
			writer := w.mustApprove(t, changed())
			mustStatus(t, writer.Post(address+"/later", form("do", "set", "goes", hour(w.Clock.Now().Add(2*time.Hour)))), http.StatusSeeOther)
			change(t, w, writer)
			w.Clock.Pass(3 * time.Hour)
			w.mustGoLive(t)
			if w.liveText(t) != firstModule {
				t.Fatal("it went live")
			}
			r := mustStatus(t, w.SignIn(t, w.manager).Get(care), http.StatusOK)
			if missed := strings.Contains(r.Body, "It was to go live by itself"); missed == (name == "the date was taken back") {
				t.Errorf("its manager is told: %v", missed)
			}
		})
	}
}

func TestACourseIsReviewedHereOnceEveryModuleWasSignedOffHere(t *testing.T) {
	w := mustWriting(t)
	reviewed := func() string {
		return w.mustOne(t, "SELECT reviewed FROM courses WHERE slug = 'listening-course'", nil)
	}
	writer := w.mustApprove(t, changed())
	if reviewed() != "0" {
		t.Error("before anything is live")
	}
	mustStatus(t, writer.Post(address+"/publish", nil), http.StatusSeeOther)
	if reviewed() != "1" {
		t.Error("its one module was signed off")
	}
	manager := w.SignIn(t, w.manager)
	mustStatus(t, manager.Post(care+"/put-back", form("revision", shownRevision(t, manager), "why", "So.")), http.StatusSeeOther)
	if reviewed() != "0" {
		t.Error("the text before was never signed off")
	}
	mustStatus(t, manager.Post(care+"/put-back", form("revision", shownRevision(t, manager), "why", "So.")), http.StatusSeeOther)
	if reviewed() != "1" {
		t.Error("what was signed off is live again")
	}
	w.Publish(t, "listening-course", map[string]string{
		"course.md": "---\ntitle: Listening to people\nlanguage: en\n---\nAbout it.\n", "01-listening.md": changed(), "02-more.md": "# More\n\nMore of it.\n",
	})
	if reviewed() != "0" {
		t.Error("a module that nobody read came in")
	}
}

func TestThoseWhoCareForACourseDecideWhoTakesItAndWhatItAsks(t *testing.T) {
	w := mustWriting(t)
	writer := w.mustApprove(t, changed())
	manager, settings := w.SignIn(t, w.manager), "/course-settings/listening-course"
	for name, who := range map[string]hooktest.Person{"a mentor": w.writer, "a facilitator": w.worker, "a learner": w.learner} {
		if r := w.SignIn(t, who).Post(settings, form("public", "yes")); r.Status != http.StatusNotFound {
			t.Errorf("%s: status %d", name, r.Status)
		}
	}
	mustStatus(t, manager.Post(settings, form("public", "yes", "plain", "yes")), http.StatusSeeOther)
	page := mustStatus(t, manager.Get(settings), http.StatusOK).Page(t)
	for field, want := range map[string]int{"open": 0, "public": 1, "plain": 1} {
		if got := page.Find("input[name=" + field + "][checked]").Length(); got != want {
			t.Errorf("%s is ticked %d times", field, got)
		}
	}
	if page.Find(`a[href="`+care+`"]`).Length() == 0 {
		t.Error("what waits to go live is not there")
	}
	mustStatus(t, w.Guest(t).Get("/courses/listening-course"), http.StatusOK)
	if r := w.SignIn(t, w.learner).Post("/courses/listening-course", nil); r.Status == http.StatusSeeOther && w.mustOne(t, "SELECT COUNT(*) FROM enrolments", nil) != "0" {
		t.Error("a learner began a course that is not open")
	}
	mustStatus(t, writer.Post(address+"/publish", nil), http.StatusConflict) // it asks for plain words now
	version := w.mustOne(t, "SELECT revision FROM drafts", nil)
	mustStatus(t, w.SignIn(t, w.other).Post(reading+"/verdict", form("version", version, "kind", "plain")), http.StatusSeeOther)
	mustStatus(t, writer.Post(address+"/publish", nil), http.StatusSeeOther)
}
