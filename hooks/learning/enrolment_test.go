package learning_test

import (
	"net/url"
	"slices"
	"testing"
)

func TestACourseThatIsNotOpenIsBegunByStaffOnly(t *testing.T) {
	s, _, b := small(t)
	execute(t, s, "UPDATE courses SET open = FALSE")
	if r := b.Post("/courses/small", nil); r.Status != 403 {
		t.Errorf("Start: status %d", r.Status)
	}
	r := b.Post(first+"/write", url.Values{"has": {"heard"}, "a.heard": {"typed"}, "do": {"continue"}})
	if r.Status != 422 || show(t, b, r).form.Get("a.heard") != "typed" {
		t.Errorf("a form: status %d", r.Status)
	}
	if got := column(t, s, "SELECT id FROM enrolments UNION SELECT id FROM reflections"); len(got) != 0 {
		t.Errorf("stored: %v", got)
	}
}

func TestAnsweringInACourseThatIsOpenEnrols(t *testing.T) {
	s, p, b := small(t)
	if got := column(t, s, "SELECT user FROM enrolments"); len(got) != 0 {
		t.Fatalf("before: %v", got)
	}
	b.Get(first + "/choose")
	if got := column(t, s, "SELECT user FROM enrolments"); len(got) != 0 {
		t.Errorf("reading enrols: %v", got)
	}
	open(t, b, first+"/choose").choose("open", "How was it").press("continue")
	if got := column(t, s, "SELECT user FROM enrolments WHERE state = 'active'"); !slices.Equal(got, []string{p.ID}) {
		t.Errorf("enrolled: %v", got)
	}
}

func TestWhoeverLeftFindsEverythingWhenTheyComeBack(t *testing.T) {
	s, _, b := small(t)
	open(t, b, first+"/write").set("a.heard", "still mine").press("continue")
	execute(t, s, "UPDATE enrolments SET state = 'left'")
	wantNoText(t, "home", b.Get("/").Body, first+"/keep")
	if r := b.Post("/courses/small", nil); r.Location != first+"/keep" {
		t.Errorf("Start leads to %q", r.Location)
	}
	if got := open(t, b, first+"/write").form.Get("a.heard"); got != "still mine" {
		t.Errorf("it reads %q", got)
	}
}

func TestWhoeverPausesKeepsTheirPlace(t *testing.T) {
	s, _, b := small(t)
	open(t, b, first+"/choose").press("continue")
	execute(t, s, "UPDATE enrolments SET state = 'paused'")
	if r := b.Post("/courses/small", nil); r.Location != first+"/arrange" {
		t.Errorf("Start leads to %q", r.Location)
	}
	if got := column(t, s, "SELECT state FROM enrolments"); got[0] != "paused" {
		t.Errorf("the enrolment is %v", got)
	}
}

func TestACourseThatWasFinishedStaysFinishedWhenAModuleIsAdded(t *testing.T) {
	s, _, b := small(t)
	for _, step := range []string{"start", "choose", "arrange", "write", "keep"} {
		open(t, b, first+"/"+step).press("continue")
	}
	files := everything()
	files["02-second.md"] = "# Second\n\nWords.\n"
	s.Publish(t, "small", files)
	course := module(t, b, "/courses/small")
	wantText(t, "course", course, "1 of 2", "Second")
	if r := b.Get("/courses/small"); r.Page(t).Find(`a[href="/me/record/small"]`).Length() == 0 {
		t.Error("the record of completion is gone")
	}
	wantText(t, "home", b.Get("/").Body, `href="/courses/small/second/start"`)
}
