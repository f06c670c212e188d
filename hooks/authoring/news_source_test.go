package authoring_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"alongside/hooks/hooktest"
)

// waits is what the daily mail would say to somebody: "asked 1, texts 2".
func (w *writing) waits(t *testing.T, p hooktest.Person) string {
	t.Helper()
	counts := map[string]int{}
	for _, source := range w.House.Authoring.News() {
		waiting, err := source.Waiting(t.Context(), w.Clock.Now())
		if err != nil {
			t.Fatal(err)
		}
		for _, one := range waiting {
			if one.Person == p.ID {
				counts[one.Kind] += one.Count
			}
		}
	}
	var said []string
	for kind, n := range counts {
		said = append(said, fmt.Sprintf("%s %d", kind, n))
	}
	slices.Sort(said)
	return strings.Join(said, ", ")
}

// wait reports whoever is told something else than is wanted. Whoever is not named is
// to be told nothing.
func (w *writing) wait(t *testing.T, when string, wanted map[string]string) {
	t.Helper()
	all := map[string]hooktest.Person{"writer": w.writer, "other": w.other, "worker": w.worker, "manager": w.manager, "learner": w.learner}
	for name, p := range all {
		if got := w.waits(t, p); got != wanted[name] {
			t.Errorf("%s: the %s has %q, want %q", when, name, got, wanted[name])
		}
	}
}

const day = 24 * time.Hour

// sayVerdict says something of the version that others were asked to read.
func (w *writing) sayVerdict(t *testing.T, b *hooktest.Browser, kind string) {
	t.Helper()
	version := w.mustOne(t, "SELECT revision FROM drafts WHERE state IN ('in review', 'approved')", nil)
	mustStatus(t, b.Post(reading+"/verdict", form("version", version, "kind", kind, "why", "Because.")), http.StatusSeeOther)
}

func TestTheDailyMailCountsTextsForThoseWhoCanGiveWhatIsMissing(t *testing.T) {
	w := mustWriting(t)
	elsewhere, lead := w.mustMentorElsewhere(t), w.MustPerson(t, "lead")
	writer := w.mustBegin(t)
	w.mustSave(t, writer, firstModule+"\nMore.\n")
	w.wait(t, "nobody was asked", nil)
	mustStatus(t, writer.Post(address+"/ask", nil), http.StatusSeeOther)
	w.wait(t, "on the same day", nil)
	w.Clock.Pass(day)
	w.wait(t, "a day later", map[string]string{"other": "texts 1", "worker": "texts 1"})
	if w.waits(t, lead) != "texts 1" || w.waits(t, elsewhere) != "texts 1" {
		t.Errorf("of a course of the site the lead has %q, a mentor of another programme %q", w.waits(t, lead), w.waits(t, elsewhere))
	}
	if _, err := w.App.DB().NewQuery("UPDATE courses SET programme = '" + w.programme + "'").Execute(); err != nil {
		t.Fatal(err)
	}
	if got := w.waits(t, elsewhere); got != "" {
		t.Errorf("of a programme's course, a mentor of another one has %q", got)
	}
	w.Clock.Pass(day)
	w.wait(t, "the day after", nil)
	w.Clock.Pass(6 * day)
	mustStatus(t, w.SignIn(t, w.worker).Post(reading+"/take", nil), http.StatusSeeOther)
	w.wait(t, "a week later, and somebody reads it", map[string]string{"worker": "texts 1"})
	w.sayVerdict(t, w.SignIn(t, w.worker), "safe")
	w.Clock.Pass(7 * day)
	w.wait(t, "one sign-off is missing", map[string]string{"other": "texts 1"})
	w.sayVerdict(t, w.SignIn(t, w.other), "lived")
	w.Clock.Pass(day)
	w.wait(t, "it may go live", map[string]string{"writer": "writing 1"})
}

func TestTheDailyMailTellsWritersWhatIsNewAndSuggestersWhatBecameOfIt(t *testing.T) {
	w := mustWriting(t)
	writer := w.mustBegin(t)
	w.mustSave(t, writer, firstModule+"\nMore.\n")
	mustStatus(t, writer.Post(address+"/ask", nil), http.StatusSeeOther)
	other := w.SignIn(t, w.other)
	mustStatus(t, other.Post(reading+"/comments", form("place", "start/1", "text", "Warm.")), http.StatusSeeOther)
	mustStatus(t, other.Post(reading+"/suggest", form("place", "start/1", "text", "Come in.")), http.StatusSeeOther)
	w.sayVerdict(t, w.SignIn(t, w.worker), "changes")
	w.wait(t, "on the same day", nil)
	w.Clock.Pass(day)
	w.wait(t, "a day later", map[string]string{"writer": "writing 3"})

	writer = w.SignIn(t, w.writer)
	mustStatus(t, writer.Post(reading+"/comments", form("under", w.mustOne(t, "SELECT id FROM comments", nil), "text", "Thank you.")), http.StatusSeeOther)
	mustStatus(t, writer.Post(address+"/suggestions/"+w.mustOne(t, "SELECT id FROM suggestions", nil), form("do", "decline")), http.StatusSeeOther)
	w.Clock.Pass(day)
	w.wait(t, "answered", map[string]string{"other": "writing 2"})
	w.Clock.Pass(6 * day)
	w.wait(t, "a week later", map[string]string{"writer": "writing 1"}) // that it needs changes, still
	if _, err := w.App.DB().NewQuery("UPDATE memberships SET ends = created WHERE user = '" + w.writer.ID + "'").Execute(); err != nil {
		t.Fatal(err)
	}
	w.wait(t, "they are no mentor any more", nil)
}

func TestTheDailyMailTellsThatATextWentLiveUnlessByTheirOwnHand(t *testing.T) {
	for _, c := range []struct {
		when, want string
		live       func(w *writing, writer *hooktest.Browser)
	}{
		{"by their own hand", "", func(w *writing, writer *hooktest.Browser) {
			mustStatus(t, writer.Post(address+"/publish", nil), http.StatusSeeOther)
		}},
		{"by a manager's", "writing 1", func(w *writing, _ *hooktest.Browser) {
			mustStatus(t, w.SignIn(t, w.manager).Post("/course-settings/listening-course/listening/publish", nil), http.StatusSeeOther)
		}},
		{"by itself", "writing 1", func(w *writing, writer *hooktest.Browser) {
			mustStatus(t, writer.Post(address+"/later", form("do", "set", "goes", w.Clock.Now().UTC().Add(time.Hour).Format("2006-01-02T15:04"))), http.StatusSeeOther)
			w.Clock.Pass(2 * time.Hour)
			if err := w.House.Authoring.GoLive(t.Context()); err != nil {
				t.Fatal(err)
			}
		}},
		{"not at its hour", "writing 1", func(w *writing, writer *hooktest.Browser) {
			mustStatus(t, writer.Post(address+"/later", form("do", "set", "goes", w.Clock.Now().UTC().Add(time.Hour).Format("2006-01-02T15:04"))), http.StatusSeeOther)
			w.sayVerdict(t, w.SignIn(t, w.worker), "unsafe")
			w.Clock.Pass(2 * time.Hour)
			if err := w.House.Authoring.GoLive(t.Context()); err != nil {
				t.Fatal(err)
			}
			if _, err := w.App.DB().NewQuery("UPDATE reviews SET lifted = created WHERE kind = 'unsafe'").Execute(); err != nil {
				t.Fatal(err)
			}
		}},
	} {
		w := mustWriting(t)
		writer := w.mustBegin(t)
		w.mustSave(t, writer, firstModule+"\nMore.\n")
		mustStatus(t, writer.Post(address+"/ask", nil), http.StatusSeeOther)
		w.sayVerdict(t, w.SignIn(t, w.other), "lived")
		w.sayVerdict(t, w.SignIn(t, w.worker), "safe")
		c.live(w, writer)
		w.Clock.Pass(day)
		if got := w.waits(t, w.writer); got != c.want {
			t.Errorf("%s: the writer has %q, want %q", c.when, got, c.want)
		}
	}
}

func TestTheDailyMailCountsWhatPeopleAreAskedAboutTheirStoriesAndWork(t *testing.T) {
	w := mustWriting(t)
	writer := w.mustBegin(t)
	w.mustSave(t, writer, firstModule+strings.Replace(story, "[Somebody]", "[Keeper of bees]", 1))
	mustStatus(t, writer.Post(address+"/credit", form("story", "bees", "say", "ask", "person-bees", w.other.ID)), http.StatusSeeOther)
	offer := w.mustOffer(t, w.SignIn(t, w.manager))
	w.Clock.Pass(day)
	w.wait(t, "asked", map[string]string{"other": "asked 2"})
	teller, contribution := w.SignIn(t, w.other), w.mustOne(t, "SELECT id FROM contributions", nil)
	lastDay := w.Clock.Now().UTC().AddDate(0, 0, 39)
	agreed := form("do", "agree", "named", "pen", "name", "Keeper of bees", "where", "here", "until", lastDay.Format(time.DateOnly))
	mustStatus(t, teller.Post("/me/credit/"+contribution, agreed), http.StatusSeeOther)
	mustStatus(t, teller.Post("/me/offers/"+offer, form("do", "accept", "read", "true")), http.StatusSeeOther)
	mustStatus(t, teller.Post("/me/offers/"+offer, form("do", "done")), http.StatusSeeOther)
	w.Clock.Pass(day)
	w.wait(t, "answered", map[string]string{"manager": "tasks 1"})
	w.Clock.Pass(9 * day) // 30 days before it goes
	w.wait(t, "30 days before it goes", map[string]string{"other": "asked 1", "writer": "writing 1"})
	w.Clock.Pass(day)
	w.wait(t, "29 days before it goes", nil)
	w.Clock.Pass(22 * day)
	w.wait(t, "a week before it goes", map[string]string{"other": "asked 1", "writer": "writing 1"})
}

func TestTheDailyMailCountsWhatLearnersSaidAndWhatBecameOfIt(t *testing.T) {
	w := mustWriting(t)
	w.mustPublish(t, changed())
	w.Clock.Pass(3 * day)
	learner := w.mustEnrol(t, w.learner)
	id := w.mustSay(t, learner, wordsOf)
	w.mustSay(t, learner, "And this")
	w.wait(t, "on the same day", nil)
	w.Clock.Pass(day)
	w.wait(t, "a day later", map[string]string{"writer": "said 2"})
	w.Clock.Pass(day)
	w.wait(t, "the day after", nil)
	w.Clock.Pass(6 * day)
	w.wait(t, "a week later", map[string]string{"writer": "said 2"})
	writer := w.SignIn(t, w.writer)
	mustStatus(t, writer.Post(hearAt+"/"+id, form("do", "thank")), http.StatusSeeOther)
	w.wait(t, "one is answered", map[string]string{"writer": "said 1"})
	w.Clock.Pass(day)
	w.wait(t, "the day after that", map[string]string{"learner": "heard 1"})
	mustStatus(t, w.SignIn(t, w.learner).Get("/me/remarks"), http.StatusOK)
	w.wait(t, "they have seen it", nil)
}
