package learning_test

import (
	"slices"
	"strings"
	"testing"

	"alongside/hooks/learning"
	"alongside/hooks/web"

	"github.com/PuerkitoBio/goquery"
)

func TestSomebodyNewStartsACourseAndGoesOnStepByStep(t *testing.T) {
	_, _, b := small(t)
	home := b.Get("/").Page(t)
	if link := home.Find(`a[href="/courses/small"]`); link.Length() == 0 {
		t.Fatalf("home does not show the open course:\n%s", text(home.Find("main")))
	}
	r := b.Post("/courses/small", nil)
	for _, step := range []string{"start", "choose", "arrange", "write", "keep"} {
		if r.Status != 303 || r.Location != first+"/"+step {
			t.Fatalf("status %d to %q, want %s", r.Status, r.Location, step)
		}
		r = open(t, b, r.Location).press("continue")
	}
	if r.Location != first {
		t.Errorf("the last step leads to %q", r.Location)
	}
	wantText(t, "finish page", module(t, b, first), "You finished this module")
	if page := b.Get("/me/record/small"); page.Status != 200 {
		t.Errorf("record of completion: status %d", page.Status)
	}
}

func TestHomeOpensTheExactStepWhereTheyStopped(t *testing.T) {
	_, _, b := small(t)
	b.Post("/courses/small", nil)
	open(t, b, first+"/start").press("continue")
	open(t, b, first+"/choose").press("continue")
	if r := b.Get("/"); !strings.Contains(r.Body, `href="`+first+`/arrange"`) {
		t.Error("Continue does not open the step after the one that is done")
	}
	open(t, b, first+"/write").press("save")
	if r := b.Get("/"); !strings.Contains(r.Body, `href="`+first+`/write"`) {
		t.Error("Continue does not open the step that they are on")
	}
}

func TestAfterAPowerCutTheAnswerAndThePlaceAreThere(t *testing.T) {
	s, p, b := small(t)
	b.Post("/courses/small", nil)
	open(t, b, first+"/write").set("a.heard", "at the kitchen table").press("save")
	again := s.AfterPowerCut(t)
	b = again.SignIn(t, p)
	if r := b.Get("/"); !strings.Contains(r.Body, `href="`+first+`/write"`) {
		t.Error("Continue does not open the step where the power went")
	}
	if got := open(t, b, first+"/write").form.Get("a.heard"); got != "at the kitchen table" {
		t.Errorf("the reflection reads %q", got)
	}
}

func TestSkipGoesOnKeepsWhatWasTypedAndCounts(t *testing.T) {
	_, _, b := small(t)
	r := open(t, b, first+"/write").set("a.listen", "half a note").press("skip")
	if r.Location != first+"/keep" {
		t.Errorf("skip leads to %q", r.Location)
	}
	if got := open(t, b, first+"/write").form.Get("a.listen"); got != "half a note" {
		t.Errorf("the note reads %q", got)
	}
	wantText(t, "module", module(t, b, first), "Write Done")
}

func TestAStepOfAnotherCourseOrOfNoneIsNotFound(t *testing.T) {
	s, _, b := small(t)
	for _, address := range []string{"/courses/none", "/courses/none/first", "/courses/none/first/start", "/courses/small/none", "/courses/small/none/start", first + "/none"} {
		if r := b.Get(address); r.Status != 404 {
			t.Errorf("GET %s: status %d", address, r.Status)
		}
	}
	if r := b.Post(first+"/none", nil); r.Status != 404 {
		t.Errorf("POST to no step: status %d", r.Status)
	}
	_ = s
}

func TestAnActivitysIDAsAddressLeadsToItsStep(t *testing.T) {
	_, _, b := small(t)
	if r := b.Get(first + "/ready"); r.Location != first+"/choose#at-ready" {
		t.Errorf("status %d to %q", r.Status, r.Location)
	}
}

func TestEveryPageOfTheShippedCourseOpensForALearner(t *testing.T) {
	s := shipped(t)
	b := s.SignIn(t, s.MustPerson(t, web.Learner))
	r := b.Post("/courses/walking-alongside", nil)
	pages := 0
	for strings.Count(r.Location, "/") > 2 && pages < 200 {
		if strings.Count(r.Location, "/") == 3 { // a module is done
			module(t, b, r.Location)
			r = b.Post("/courses/walking-alongside", nil)
			continue
		}
		r = open(t, b, r.Location).press("continue")
		pages++
	}
	if r.Location != "/courses/walking-alongside" || pages < 20 {
		t.Errorf("after %d steps at %q", pages, r.Location)
	}
	if got := column(t, s, "SELECT state FROM enrolments"); len(got) != 1 || got[0] != "finished" {
		t.Errorf("the enrolment is %v", got)
	}
}

func TestHomeOfWhoHasFinishedBeginsWithWhatIsTheirs(t *testing.T) {
	_, _, b := small(t)
	b.Post("/courses/small", nil)
	for _, step := range []string{"start", "choose", "arrange", "write"} {
		open(t, b, first+"/"+step).press("continue")
	}
	wantNoText(t, "home before the last step", b.Get("/").Body, "/me/record/small")
	open(t, b, first+"/keep").press("continue")

	home := b.Get("/").Page(t).Find("main")
	wantText(t, "home", text(home), "You came to the end of your course", "Your record: Small")
	wantNoText(t, "home", text(home), "Choose a course")
	var ways []string
	home.Find("a").Each(func(_ int, a *goquery.Selection) { ways = append(ways, a.AttrOr("href", "")) })
	if want := []string{"/me/record/small", "/me/lines", "/courses/small", "/reflections", "/courses"}; !slices.Equal(ways, want) {
		t.Errorf("it leads to %v, want %v", ways, want)
	}
}

func TestHomeOfWhomStaffEnrolledSaysBeginAndAfterwardsCarryOn(t *testing.T) {
	s, p, b := small(t)
	err := learning.Enrol(s.App, p.ID, column(t, s, "SELECT id FROM courses WHERE slug = 'small'")[0], s.Clock.Now())
	if err != nil {
		t.Fatal(err)
	}
	home := text(b.Get("/").Page(t).Find("main"))
	wantText(t, "home before the first step", home, "Here is your course", "Begin")
	wantNoText(t, "home before the first step", home, "where you stopped")

	open(t, b, first+"/choose").press("continue")
	home = text(b.Get("/").Page(t).Find("main"))
	wantText(t, "home after it", home, "where you stopped", "Continue")
	wantNoText(t, "home after it", home, "Begin")
}
