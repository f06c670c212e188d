package authoring_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"alongside/hooks/hooktest"
	"alongside/hooks/people"
	"alongside/hooks/web"

	"github.com/pocketbase/pocketbase/core"
)

// mustPublish lets the writer change the module to a text that goes live.
func (w *writing) mustPublish(t *testing.T, text string) *hooktest.Browser {
	t.Helper()
	w.Clock.Pass(time.Second)
	writer := w.mustApprove(t, text)
	mustStatus(t, writer.Post(address+"/publish", nil), http.StatusSeeOther)
	return writer
}

func TestALearnerHearsOnceThatTheTextChangedBecauseOfThem(t *testing.T) {
	w := mustWriting(t)
	writer := w.mustPublish(t, changed())
	learner := w.mustEnrol(t, w.learner)
	w.Clock.Pass(time.Second)
	id := w.mustSay(t, learner, wordsOf)
	const heard = "Somebody read what you said about a course."
	if r := learner.Get("/"); strings.Contains(r.Body, heard) {
		t.Error("they hear of an answer that nobody gave")
	}
	if r := mustStatus(t, writer.Get("/write"), http.StatusOK); !strings.Contains(r.Body, "1 thing that a learner said waits for you") {
		t.Error("the desk does not say that something was said")
	}

	// before anything has changed
	early := mustStatus(t, writer.Get(hearAt+"/"+id), http.StatusOK)
	if early.Page(t).Find("button[value=changed]").Length() != 0 {
		t.Error("it can be said that the text changed, and it has not")
	}
	mustStatus(t, writer.Post(hearAt+"/"+id, form("do", "changed", "thanks", "Soon")), http.StatusConflict)

	const better = "Come in, or wait by the door as long as you like."
	w.mustPublish(t, strings.Replace(firstModule, "Welcome.", better, 1))
	const back = "You were right, and I had forgotten"
	sent := filledIn(t, mustStatus(t, writer.Get(hearAt+"/"+id), http.StatusOK), "do", "changed", "thanks", back)
	mustStatus(t, writer.Post(hearAt+"/"+id, sent), http.StatusSeeOther)
	mustStatus(t, writer.Post(hearAt+"/"+id, form("do", "thank")), http.StatusSeeOther) // takes nothing away
	w.mustLack(t, w.Dir, back)

	if r := learner.Get("/"); !strings.Contains(r.Body, heard) {
		t.Error("they are not told")
	}
	page := mustStatus(t, learner.Get("/me/remarks"), http.StatusOK).Page(t).Find("main")
	for _, words := range []string{"The text changed because of you.", back, comeIn, "New"} {
		if !strings.Contains(page.Text(), words) {
			t.Errorf("their page lacks %q", words)
		}
	}
	if gone, arrived := page.Find("del").Text(), page.Find("ins").Text(); !strings.Contains(gone, "sit down") || !strings.Contains(arrived, "by the door") {
		t.Errorf("what was %q became %q", gone, arrived)
	}
	if page.Find(`a[href="/courses/listening-course/listening/start"]`).Length() == 0 {
		t.Error("nothing leads to the page")
	}
	if r := learner.Get("/"); strings.Contains(r.Body, heard) {
		t.Error("they are told again of what they have seen")
	}
	if r := learner.Get("/me/remarks"); strings.Contains(r.Body, `class="new"`) {
		t.Error("it is new twice")
	}
	mustStatus(t, learner.Get("/me/remarks/"+id+"/name"), http.StatusNotFound) // they did not let themselves be named
}

func TestWhoMayBeNamedChoosesTheNameAndTakesItAway(t *testing.T) {
	w := mustWriting(t)
	writer := w.mustPublish(t, changed())
	learner := w.mustEnrol(t, w.learner)
	w.Clock.Pass(time.Second)
	id := w.mustSay(t, learner, wordsOf, "named", "on")
	at := "/me/remarks/" + id + "/name"
	mustStatus(t, learner.Get(at), http.StatusNotFound) // nothing changed yet
	w.mustPublish(t, strings.Replace(firstModule, "Welcome.", "Come in.", 1))
	mustStatus(t, writer.Post(hearAt+"/"+id, form("do", "changed")), http.StatusSeeOther)

	for _, wrong := range [][]string{{"named", "pen", "name", " "}, {"named", "", "name", "Heron"}, {"named", "pen", "name", strings.Repeat("x", 201)}} {
		mustStatus(t, learner.Post(at, form(wrong...)), http.StatusUnprocessableEntity)
	}
	for name, who := range map[string]hooktest.Person{"the writer": w.writer, "the manager": w.manager} {
		b := w.SignIn(t, who)
		if b.Get(at).Status != http.StatusNotFound || b.Post(at, form("named", "pen", "name", "Somebody else")).Status != http.StatusNotFound {
			t.Errorf("%s names a learner", name)
		}
	}
	course := func() string {
		return mustStatus(t, w.SignIn(t, w.other).Get("/courses/listening-course"), http.StatusOK).Body
	}
	mustStatus(t, learner.Post(at, form("named", "pen", "name", "Heron <b>")), http.StatusSeeOther)
	if page := course(); !strings.Contains(page, "Heron &lt;b&gt;") || strings.Contains(page, learnerName) {
		t.Error("they are not named as they chose on the page of the course")
	}
	mustStatus(t, learner.Post(at, form("named", "first", "name", "Marigold")), http.StatusSeeOther)
	if page := course(); strings.Contains(page, "Heron") || !strings.Contains(page, "Marigold") {
		t.Error("another name does not take the place of the one before")
	}
	mustStatus(t, learner.Post(at, form("named", "none", "name", "Marigold")), http.StatusSeeOther)
	if strings.Contains(course(), "Marigold") {
		t.Error("no name is a name")
	}
	mustStatus(t, learner.Post(at, form("named", "pen", "name", "Heron")), http.StatusSeeOther)
	if r := mustStatus(t, learner.Get("/me/credit"), http.StatusOK); strings.Contains(r.Body, "Heron") {
		t.Error("it is among the stories that they agreed to")
	}
	mustStatus(t, learner.Post("/me/remarks/"+id+"/take-back", nil), http.StatusSeeOther)
	if strings.Contains(course(), "Heron") {
		t.Error("what was taken back is still credited")
	}
}

// mustGoTo lets a new learner go as far as a step, and gives their browser.
func (w *writing) mustGoTo(t *testing.T, steps ...string) *hooktest.Browser {
	t.Helper()
	b := w.mustEnrol(t, w.MustPerson(t, web.Learner))
	for _, step := range steps {
		at := "/courses/listening-course/listening/" + step
		mustStatus(t, b.Post(at, form("revision", w.mustOne(t, "SELECT id FROM revisions WHERE state = 'live' AND path = '01-listening.md'", nil), "do", "skip")), http.StatusSeeOther)
	}
	return b
}

var allSteps = []string{"start", "try-it", "look-back"}

func TestWhoFinishedAModuleThanksOnceAndAuthorsSeeANumberAlone(t *testing.T) {
	w := mustWriting(t)
	writer := w.mustPublish(t, changed())
	const thanks = "/thanks/listening-course/listening"
	module := "/courses/listening-course/listening"
	half := w.mustGoTo(t, "start")
	if r := half.Get(module); strings.Contains(r.Body, thanks) {
		t.Error("who has not finished is asked for thanks")
	}
	mustStatus(t, half.Post(thanks, nil), http.StatusNotFound)
	mustStatus(t, w.SignIn(t, w.other).Post(thanks, nil), http.StatusNotFound)
	w.Guest(t).Post(thanks, nil)

	figures := func() string {
		return strings.Join(strings.Fields(mustStatus(t, writer.Get(address+"/figures"), http.StatusOK).Page(t).Find("main").Text()), " ")
	}
	for range 3 {
		b := w.mustGoTo(t, allSteps...)
		if r := mustStatus(t, b.Get(module), http.StatusOK); r.Page(t).Find(`form[action="`+thanks+`"]`).Length() != 1 {
			t.Fatal("who has finished finds no way to say thanks")
		}
		for range 2 {
			mustStatus(t, b.Post(thanks, nil), http.StatusSeeOther)
		}
		if r := b.Get(module); strings.Contains(r.Body, thanks) || !strings.Contains(r.Body, "You said thank you") {
			t.Error("it does not say that they said thanks")
		}
	}
	if n := w.mustOne(t, "SELECT COUNT(*) FROM thanks", nil); n != "3" {
		t.Errorf("%s thanks of three people", n)
	}
	if page := figures(); !strings.Contains(page, "Fewer than five people have begun.") || strings.Contains(page, "Finished") {
		t.Errorf("four people are counted: %s", page)
	}
	for range 5 {
		mustStatus(t, w.mustGoTo(t, allSteps...).Post(thanks, nil), http.StatusSeeOther)
	}
	for range 6 {
		w.mustGoTo(t, "start")
	}
	// 15 began: 7 came to the second page and stayed there, 8 finished and said thanks
	for _, words := range []string{"Began15", "Finished8", "Said thank you8", "Listening15 Try it15 Look back8"} {
		if page := figures(); !strings.Contains(page, words) {
			t.Errorf("it does not say %q: %s", words, page)
		}
	}
	w.mustGoTo(t, "start", "try-it") // one alone came to the last page and stopped there
	page := figures()
	for _, words := range []string{"Began15 to 19", "Finished5 to 9", "Said thank you5 to 9", "Listening15 to 19 Try it15 to 19 Look back5 to 9"} {
		if !strings.Contains(page, words) {
			t.Errorf("it does not say %q: %s", words, page)
		}
	}
	if strings.Contains(page, learnerName) || strings.Contains(page, "person-") {
		t.Error("it names somebody")
	}
	for name, who := range map[string]hooktest.Person{"another mentor": w.other, "a facilitator": w.worker, "the manager": w.manager, "a learner": w.learner, "a mentor elsewhere": w.mustMentorElsewhere(t)} {
		if r := w.SignIn(t, who).Get(address + "/figures"); r.Status != http.StatusNotFound {
			t.Errorf("%s: status %d", name, r.Status)
		}
	}
	settings := strings.Replace(address, "/write/", "/course-settings/", 1)
	manager := w.SignIn(t, w.manager)
	if live := manager.Get(settings).Body; !strings.Contains(live, settings+"/figures") {
		t.Error("those who care for the course are not led to its figures")
	}
	if counted := manager.Get(settings + "/figures"); counted.Status != http.StatusOK || !strings.Contains(counted.Body, "15 to 19") {
		t.Errorf("those who care for the course see no figures: %d", counted.Status)
	}
	for name, who := range map[string]hooktest.Person{"the writer": w.writer, "a facilitator": w.worker, "a learner": w.learner} {
		if r := w.SignIn(t, who).Get(settings + "/figures"); r.Status != http.StatusNotFound {
			t.Errorf("%s: status %d", name, r.Status)
		}
	}
}

func TestWhatALearnerSaidIsToldToThemAndGoesWithThem(t *testing.T) {
	w := mustWriting(t)
	writer := w.mustPublish(t, changed())
	learner := w.mustEnrol(t, w.learner)
	id := w.mustSay(t, learner, wordsOf)
	const back = "We heard you"
	mustStatus(t, writer.Post(hearAt+"/"+id, form("do", "thank", "thanks", back)), http.StatusSeeOther)
	for _, step := range allSteps {
		mustStatus(t, learner.Post("/courses/listening-course/listening/"+step, form("revision", w.mustOne(t, "SELECT id FROM revisions WHERE state = 'live' AND path = '01-listening.md'", nil), "do", "skip")), http.StatusSeeOther)
	}
	mustStatus(t, learner.Post("/thanks/listening-course/listening", nil), http.StatusSeeOther)

	keeper := w.House.Authoring.Keeper()
	held, err := keeper.Held(t.Context(), w.learner.ID)
	if err != nil {
		t.Fatal(err)
	}
	counts := map[string]int{}
	for _, one := range held {
		counts[one.Kind] = one.Count
	}
	if counts["remarks"] != 1 || counts["thanks"] != 1 {
		t.Errorf("held: %v", counts)
	}
	var told []string
	err = keeper.Tell(t.Context(), people.Telling{Viewer: &web.Viewer{ID: w.learner.ID}, Item: func(item people.Item) error {
		told = append(told, fmt.Sprint(item))
		return nil
	}})
	if all := strings.Join(told, "\n"); err != nil || len(told) != 2 || !strings.Contains(all, wordsOf) || !strings.Contains(all, back) {
		t.Errorf("told: %v %s", err, all)
	}
	for _, who := range []hooktest.Person{w.writer, w.learner} {
		for left := 1; left > 0; {
			err := w.App.RunInTransaction(func(tx core.App) (err error) {
				left, err = keeper.Erase(tx, who.ID, 100)
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		if who.ID == w.writer.ID {
			if by := w.mustOne(t, "SELECT answered_by || state FROM remarks", nil); by != "thanked" {
				t.Errorf("a writer who is erased left %q", by)
			}
		}
	}
	if n := w.mustOne(t, "SELECT (SELECT COUNT(*) FROM remarks) + (SELECT COUNT(*) FROM thanks)", nil); n != "0" {
		t.Errorf("%s rows of somebody who is erased", n)
	}
}
