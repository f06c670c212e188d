package authoring_test

import (
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"alongside/hooks/hooktest"

	"github.com/pocketbase/dbx"
)

const storyStep = "/courses/listening-course/listening/a-story"

// mustTellUntil lets a story go live to which its teller agreed until a day, and gives
// the contribution.
func (w *writing) mustTellUntil(t *testing.T, writer, teller *hooktest.Browser, day time.Time) string {
	t.Helper()
	w.mustSave(t, writer, firstModule+strings.Replace(story, "[Somebody]", "[Keeper of bees]", 1))
	id := w.mustAgree(t, writer, teller, "until", day.Format(time.DateOnly))
	w.mustAllSignOff(t, writer, http.StatusSeeOther)
	return id
}

func (w *writing) mustEnd(t *testing.T) {
	t.Helper()
	if err := w.House.Authoring.EndStories(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func TestAStoryGoesWhenTheDayIsOverThatItsTellerAgreedTo(t *testing.T) {
	w := mustWriting(t)
	writer, teller, learner := w.mustBegin(t), w.SignIn(t, w.other), w.SignIn(t, w.learner)
	lastDay := w.Clock.Now().UTC().AddDate(0, 0, 40)
	id := w.mustTellUntil(t, writer, teller, lastDay)
	mustStatus(t, learner.Post("/courses/listening-course", nil), http.StatusSeeOther)
	reads := func() bool {
		t.Helper()
		return strings.Contains(mustStatus(t, w.SignIn(t, w.learner).Get(storyStep), http.StatusOK).Body, toldBefore)
	}
	said := func(want bool) {
		t.Helper()
		if body := w.SignIn(t, w.other).Get("/me/credit").Body; strings.Contains(body, "That day is near") != want {
			t.Errorf("the teller is told: %t", !want)
		}
	}
	said(false)
	midnight := lastDay.Truncate(24*time.Hour).AddDate(0, 0, 1)
	w.Clock.Pass(midnight.Add(-time.Minute).Sub(w.Clock.Now()))
	w.mustEnd(t)
	said(true)
	if !reads() {
		t.Fatal("it is gone on its last day")
	}
	w.Clock.Pass(time.Minute)
	w.mustEnd(t)
	if reads() {
		t.Error("a learner still reads it")
	}
	if state := w.mustOne(t, "SELECT state FROM contributions WHERE id = {:id}", dbx.Params{"id": id}); state != "over" {
		t.Errorf("it is %s", state)
	}
	if body := w.SignIn(t, w.other).Get("/me/credit").Body; !strings.Contains(body, "The time that you agreed to is over") {
		t.Error("the teller does not see that it is over")
	}
	dir := filepath.Join(t.TempDir(), "out")
	if _, err := w.House.Content.Export(t.Context(), "listening-course", dir, nil); err != nil {
		t.Fatal(err)
	}
	for _, folder := range []string{w.Dir, dir} {
		w.mustLack(t, folder, toldBefore, toldLater, "Keeper of bees")
	}
	w.mustEnd(t)
	if n := w.mustOne(t, "SELECT COUNT(*) FROM audit WHERE kind = 'consent-withdrawn' AND detail = 'over'", nil); n != "1" {
		t.Errorf("its end is on record %s times", n)
	}
}

func TestAnotherDayThatTheTellerChoosesHolds(t *testing.T) {
	w := mustWriting(t)
	writer, teller := w.mustBegin(t), w.SignIn(t, w.other)
	today := w.Clock.Now().UTC()
	id := w.mustTellUntil(t, writer, teller, today.AddDate(0, 0, 3))
	later := form("do", "agree", "named", "pen", "name", "Keeper of bees", "where", "here", "until", today.AddDate(0, 0, 90).Format(time.DateOnly))
	mustStatus(t, teller.Post("/me/credit/"+id, later), http.StatusSeeOther)
	w.Clock.Pass(5 * 24 * time.Hour)
	w.mustEnd(t)
	if body := mustStatus(t, w.SignIn(t, w.learner).Get(storyStep), http.StatusOK).Body; !strings.Contains(body, toldBefore) {
		t.Fatal("it is gone before the day that they chose")
	}
}

// Whoever wrote a story down cannot keep it by saying that it is nobody's.
func TestOnlyTheTellerMakesTheTimeLonger(t *testing.T) {
	for _, c := range []struct {
		said string
		says []string
		is   bool // learners still read it
	}{
		{"nobody's story", []string{"say", "invented"}, false},
		{"a new paper", []string{"say", "paper", "sheet", "The green folder", "named", "pen", "name", "Keeper of bees", "where", "here"}, true},
	} {
		w := mustWriting(t)
		writer, teller := w.mustBegin(t), w.SignIn(t, w.other)
		w.mustTellUntil(t, writer, teller, w.Clock.Now().UTC().AddDate(0, 0, 3))
		mustStatus(t, writer.Post(address+"/begin", nil), http.StatusSeeOther)
		if body := mustStatus(t, writer.Get(address+"/credit"), http.StatusOK).Body; !strings.Contains(body, "That is soon") {
			t.Errorf("%s: its writer is not told that it ends", c.said)
		}
		w.Clock.Pass(time.Second)
		mustStatus(t, writer.Post(address+"/credit", form(append([]string{"story", "bees"}, c.says...)...)), http.StatusSeeOther)
		w.Clock.Pass(5 * 24 * time.Hour)
		w.mustEnd(t)
		if body := mustStatus(t, w.SignIn(t, w.learner).Get(storyStep), http.StatusOK).Body; strings.Contains(body, toldBefore) != c.is {
			t.Errorf("%s: learners read it: %t", c.said, !c.is)
		}
	}
}
