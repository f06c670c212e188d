package authoring_test

import (
	"net/http"
	"strings"
	"testing"
	"time"
)

func TestANewCourseIsBegunAndFoundOnceATextOfItIsLive(t *testing.T) {
	w := mustWriting(t)
	writer, learner := w.SignIn(t, w.writer), w.SignIn(t, w.learner)
	r := mustStatus(t, writer.Post("/write-new-course", form("title", "First days", "language", "en")), http.StatusSeeOther)
	if r.Location != "/write/first-days" {
		t.Fatalf("begun at %s", r.Location)
	}
	if text := writer.Get("/write/first-days/course.md").Page(t).Find("textarea#text").Text(); !strings.HasPrefix(text, "---\ntitle: First days\n") || !strings.Contains(text, "\nlanguage: en\n---\n") {
		t.Errorf("its course.md begins with %q", text)
	}
	if r := mustStatus(t, writer.Get("/write/first-days/course.md/about"), http.StatusOK); !strings.Contains(r.Body, "English") {
		t.Error("the form does not name its language")
	}
	unseen := func(what string) {
		t.Helper()
		mustStatus(t, learner.Get("/courses/first-days"), http.StatusNotFound)
		if r := learner.Get("/courses"); strings.Contains(r.Body, "First days") {
			t.Errorf("%s: it is among the courses", what)
		}
	}
	unseen("begun")
	w.mustPublishNew(t, "first-days", "course.md")
	unseen("what it is about is live")
	mustStatus(t, writer.Post("/write-new", form("course", "first-days", "title", "The first morning", "from", "practice")), http.StatusSeeOther)
	unseen("a text is begun")
	w.mustPublishNew(t, "first-days", "the-first-morning")
	if r := mustStatus(t, learner.Get("/courses/first-days"), http.StatusOK); !strings.Contains(r.Body, "The first morning") {
		t.Error("its text is not on its page")
	}
	if r := learner.Get("/courses"); !strings.Contains(r.Body, "First days") {
		t.Error("it is not among the courses")
	}
	if open := w.mustOne(t, "SELECT open || ' ' || public || ' ' || origin FROM courses WHERE slug = 'first-days'", nil); open != "0 0 written" {
		t.Errorf("it is open, public, and from: %s", open)
	}
}

func TestANewCourseIsOfAProgrammeThatItsWriterIsIn(t *testing.T) {
	w := mustWriting(t)
	writer := w.SignIn(t, w.writer)
	elsewhere := w.SignIn(t, w.mustMentorElsewhere(t))
	south := w.mustOne(t, "SELECT id FROM programmes WHERE label = 'South Quay'", nil)
	for name, typed := range map[string][]string{
		"no title":             {"title", " ", "language", "en"},
		"a title of signs":     {"title", "!!", "language", "en"},
		"a long title":         {"title", strings.Repeat("long ", 40), "language", "en"},
		"no language":          {"title", "Days"},
		"no such language":     {"title", "Days", "language", "xx-<script>"},
		"somebody's programme": {"title", "Days", "language", "en", "programme", south},
	} {
		r := mustStatus(t, writer.Post("/write-new-course", form(typed...)), http.StatusUnprocessableEntity)
		if title, _ := r.Page(t).Find("input[name=title]").Attr("value"); title != strings.Join(strings.Fields(typed[1]), " ") {
			t.Errorf("%s: %q was typed, and %q came back", name, typed[1], title)
		}
	}
	if n := w.mustOne(t, "SELECT COUNT(*) FROM courses", nil); n != "1" {
		t.Fatalf("%s courses", n)
	}
	first := mustStatus(t, writer.Post("/write-new-course", form("title", "Days", "language", "fa")), http.StatusSeeOther)
	second := mustStatus(t, elsewhere.Post("/write-new-course", form("title", "Days", "language", "en")), http.StatusSeeOther)
	if first.Location != "/write/days" || second.Location != "/write/days-2" {
		t.Errorf("two of one name are at %s and %s", first.Location, second.Location)
	}
	mustStatus(t, elsewhere.Get(first.Location), http.StatusNotFound)
	mustStatus(t, w.SignIn(t, w.learner).Get("/write-new-course"), http.StatusNotFound)
}

func TestACourseOfWhichNothingWasKeptGoesWithItsDraft(t *testing.T) {
	w := mustWriting(t)
	writer := w.SignIn(t, w.writer)
	at := mustStatus(t, writer.Post("/write-new-course", form("title", "Days", "language", "en")), http.StatusSeeOther).Location
	mustStatus(t, writer.Post(at+"/course.md/drop", nil), http.StatusSeeOther)
	clock := w.House.Authoring.Keeper().Clocks()[0]
	for _, after := range []struct {
		passed time.Duration
		left   string
	}{{-time.Hour, "1"}, {time.Hour, "0"}} {
		for range 8 {
			if _, err := clock.Retire(t.Context(), w.Clock.Now().Add(after.passed), 100); err != nil {
				t.Fatal(err)
			}
		}
		if n := w.mustOne(t, "SELECT COUNT(*) FROM courses WHERE slug = 'days'", nil); n != after.left {
			t.Errorf("%v from when it was put away there are %s", after.passed, n)
		}
	}
}

// mustPublishNew takes a text that the writer began through its review.
func (w *writing) mustPublishNew(t *testing.T, course, name string) {
	t.Helper()
	writer, at, reading := w.SignIn(t, w.writer), "/write/"+course+"/"+name, "/review/"+course+"/"+name
	mustStatus(t, writer.Post(at+"/ask", nil), http.StatusSeeOther)
	version := w.mustOne(t, "SELECT revision FROM drafts WHERE state = 'in review'", nil)
	mustStatus(t, w.SignIn(t, w.other).Post(reading+"/verdict", form("version", version, "kind", "lived")), http.StatusSeeOther)
	mustStatus(t, w.SignIn(t, w.worker).Post(reading+"/verdict", form("version", version, "kind", "safe")), http.StatusSeeOther)
	mustStatus(t, writer.Post(at+"/publish", nil), http.StatusSeeOther)
}
