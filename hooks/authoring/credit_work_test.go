package authoring_test

import (
	"net/http"
	"strings"
	"testing"

	"alongside/hooks/hooktest"
)

// mustCredit asks the other mentor how they want to be named for reading a text.
func (w *writing) mustCredit(t *testing.T, writer *hooktest.Browser) (contribution string) {
	t.Helper()
	mustStatus(t, writer.Post(address+"/credit", form("say", "work", "worker", w.other.ID, "work", "review")), http.StatusSeeOther)
	return w.mustOne(t, "SELECT id FROM contributions WHERE state = 'asked'", nil)
}

const moduleAt, courseAt = "/courses/listening-course/listening", "/courses/listening-course"

// named reports on which pages a learner reads a name.
func (w *writing) named(t *testing.T, name string) (pages string) {
	t.Helper()
	learner := w.SignIn(t, w.learner)
	for _, at := range []string{courseAt, moduleAt} {
		if strings.Contains(mustStatus(t, learner.Get(at), http.StatusOK).Page(t).Find(".credits").Text(), name) {
			pages += at + " "
		}
	}
	return pages
}

func TestNobodyIsNamedBeforeTheySaySoAndBeforeTheTextIsLive(t *testing.T) {
	w := mustWriting(t)
	writer, other := w.mustBegin(t), w.SignIn(t, w.other)
	w.mustSave(t, writer, firstModule+"\nMore.\n")
	id := w.mustCredit(t, writer)
	mustStatus(t, writer.Post(address+"/credit", form("say", "work", "worker", w.other.ID, "work", "review")), http.StatusSeeOther) // the same click
	if n := w.mustOne(t, "SELECT COUNT(*) FROM contributions", nil); n != "1" {
		t.Errorf("they are asked %s times", n)
	}
	w.mustAllSignOff(t, writer, http.StatusSeeOther)
	if w.named(t, "Reading it before it went live") != "" {
		t.Error("somebody is credited who was only asked")
	}
	if body := mustStatus(t, other.Get("/me/credit/"+id), http.StatusOK).Body; !strings.Contains(body, "Nobody is named before they say so") {
		t.Error("they do not read what they are asked")
	}
	at := "/me/credit/" + id
	mustStatus(t, other.Post(at, form("do", "agree", "named", "first")), http.StatusUnprocessableEntity) // a name is missing
	mustStatus(t, other.Post(at, form("do", "agree", "named", "pen", "name", "Bright Heron")), http.StatusSeeOther)
	if got := w.named(t, "Bright Heron"); got != courseAt+" "+moduleAt+" " {
		t.Errorf("they are named on %q", got)
	}
	mustStatus(t, other.Post(at, form("do", "agree", "named", "none", "name", "Bright Heron")), http.StatusSeeOther)
	if got := w.named(t, "Bright Heron"); got != "" {
		t.Errorf("they chose no name, and are named on %q", got)
	}
	mustStatus(t, other.Post(at, form("do", "agree", "named", "pen", "name", "Quiet Heron")), http.StatusSeeOther)
	mustStatus(t, other.Get(at+"/withdraw"), http.StatusOK)
	mustStatus(t, other.Post(at+"/withdraw", nil), http.StatusSeeOther)
	if got := w.named(t, "Quiet Heron"); got != "" {
		t.Errorf("they took their name off, and are named on %q", got)
	}
	if page := mustStatus(t, w.SignIn(t, w.learner).Get(moduleAt), http.StatusOK).Body; !strings.Contains(page, "Look back") {
		t.Error("what they worked on is gone")
	}
	mustStatus(t, other.Post(at, form("do", "agree", "named", "pen", "name", "Quiet Heron")), http.StatusNotFound)
}

func TestACreditWaitsForTheTextThatItIsFor(t *testing.T) {
	w := mustWriting(t)
	writer, other := w.mustBegin(t), w.SignIn(t, w.other)
	w.mustSave(t, writer, firstModule+"\nMore.\n")
	mustStatus(t, other.Post("/me/credit/"+w.mustCredit(t, writer), form("do", "agree", "named", "pen", "name", "Bright Heron")), http.StatusSeeOther)
	if got := w.named(t, "Bright Heron"); got != "" {
		t.Errorf("before that text is live they are named on %q", got)
	}
	w.mustAllSignOff(t, writer, http.StatusSeeOther)
	if w.named(t, "Bright Heron") == "" {
		t.Error("it is live, and they are not named")
	}
}

func TestOnlyWhoWorkedOnItSaysHowTheyAreNamed(t *testing.T) {
	w := mustWriting(t)
	writer := w.mustBegin(t)
	stranger := w.MustPerson(t)
	for _, wrong := range [][]string{
		{"worker", stranger.ID, "work", "review"}, {"worker", "", "work", "review"}, {"worker", w.other.ID, "work", "story"}, {"worker", w.other.ID, "work", ""},
	} {
		mustStatus(t, writer.Post(address+"/credit", form(append(wrong, "say", "work")...)), http.StatusUnprocessableEntity)
	}
	id := w.mustCredit(t, writer)
	for _, who := range []hooktest.Person{w.writer, w.learner, w.manager, stranger} {
		b := w.SignIn(t, who)
		mustStatus(t, b.Get("/me/credit/"+id), http.StatusNotFound)
		mustStatus(t, b.Post("/me/credit/"+id, form("do", "agree", "named", "pen", "name", "X")), http.StatusNotFound)
		mustStatus(t, b.Post("/me/credit/"+id+"/withdraw", nil), http.StatusNotFound)
	}
	other := w.SignIn(t, w.other)
	mustStatus(t, other.Post("/me/credit/"+id, form("do", "decline")), http.StatusSeeOther)
	if body := mustStatus(t, writer.Get(address+"/credit"), http.StatusOK).Body; !strings.Contains(body, "They do not want to be named") {
		t.Error("the writer is not told")
	}
}
