package reflections_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"alongside/hooks/hooktest"
	"alongside/hooks/people"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
)

func (c *circle) stuckFor(t *testing.T, p hooktest.Person) int {
	t.Helper()
	calls, err := c.House.Reflections.StuckFor(context.Background(), c.viewer(t, p), c.Clock.Now())
	if err != nil {
		t.Fatal(err)
	}
	return len(calls)
}

func TestStuckHereSavesWhatWasTypedAndTellsThoseWhoWalkBesideTheLearner(t *testing.T) {
	c := newCircle(t)
	b := c.SignIn(t, c.maple)
	if got := b.Get(step).Page(t).Find("button[name=do][value=stuck]").Length(); got != 1 {
		t.Fatalf("%d buttons", got)
	}
	r := c.stuckOn(t, b, heron)
	if r.Status != 303 || r.Location != "/me/calls" {
		t.Fatalf("status %d, to %q\n%s", r.Status, r.Location, r.Body)
	}
	if got := c.read(t, c.maple); got.Words.Typed[0] != heron {
		t.Errorf("kept: %+v", got.Words)
	}
	page := shows(t, b, "/me/calls")
	for _, want := range []string{"can see now that you are stuck", "Tom", "Mia", "Look back"} {
		if !strings.Contains(page, want) {
			t.Errorf("it does not say %q\n%s", want, page)
		}
	}
	for _, who := range []hooktest.Person{c.tom, c.mia} {
		calls, err := c.House.Reflections.StuckFor(context.Background(), c.viewer(t, who), c.Clock.Now())
		if err != nil || len(calls) != 1 || calls[0].Called != "Maple" || calls[0].StepTitle != "Look back" || calls[0].Address != step {
			t.Errorf("they have %+v, %v", calls, err)
		}
	}
	for _, who := range []hooktest.Person{c.lea, c.anna, c.maple, c.MustPerson(t, web.Facilitator)} {
		if n := c.stuckFor(t, who); n != 0 {
			t.Errorf("somebody else has %d", n)
		}
	}
}

func TestStuckOnceAStepWhileItIsOpen(t *testing.T) {
	c := newCircle(t)
	b := c.SignIn(t, c.maple)
	c.stuckOn(t, b, "")
	c.stuckOn(t, b, "")
	if n := c.stuckFor(t, c.tom); n != 1 {
		t.Errorf("pressed twice there are %d", n)
	}
}

func TestStuckIsTakenBackByTheLearnerAlone(t *testing.T) {
	c := newCircle(t)
	b := c.SignIn(t, c.maple)
	c.stuckOn(t, b, "")
	back := "/me/calls/" + c.one(t, "SELECT id FROM calls", nil) + "/back"
	for _, p := range []hooktest.Person{c.tom, c.MustPerson(t, web.Learner)} {
		if r := c.SignIn(t, p).Post(back, nil); r.Status != 404 {
			t.Errorf("somebody else takes it back: status %d", r.Status)
		}
	}
	if n := c.stuckFor(t, c.tom); n != 1 {
		t.Fatalf("there are %d", n)
	}
	if r := b.Post(back, nil); r.Status != 303 {
		t.Fatalf("status %d", r.Status)
	}
	if n := c.stuckFor(t, c.tom); n != 0 {
		t.Errorf("after it was taken back there are %d", n)
	}
	if page := shows(t, b, "/me/calls"); !strings.Contains(page, "nothing open") {
		t.Errorf("the page says\n%s", page)
	}
	c.stuckOn(t, b, "")
	if n := c.stuckFor(t, c.tom); n != 1 {
		t.Errorf("asked again there are %d", n)
	}
}

func TestStuckIsSettledByWhoeverHasIt(t *testing.T) {
	c := newCircle(t)
	c.stuckOn(t, c.SignIn(t, c.maple), "")
	call, room := c.one(t, "SELECT id FROM calls", nil), c.House.Reflections
	for _, p := range []hooktest.Person{c.lea, c.anna, c.maple, c.MustPerson(t, web.Mentor)} {
		if err := room.Settle(context.Background(), c.viewer(t, p), call); !errors.Is(err, web.ErrNotFound) {
			t.Errorf("somebody else settles it: %v", err)
		}
	}
	if err := room.Settle(context.Background(), c.viewer(t, c.mia), call); err != nil {
		t.Fatal(err)
	}
	if n := c.stuckFor(t, c.tom); n != 0 {
		t.Errorf("after it was settled there are %d", n)
	}
	if got := c.one(t, "SELECT subject FROM audit WHERE kind = 'help-ended'", nil); got != c.maple.ID {
		t.Errorf("on record for %q", got)
	}
}

func TestStuckGoesNoFurtherThanTheProgrammeInWhichTheyWalkTogether(t *testing.T) {
	c := newCircle(t)
	c.stuckOn(t, c.SignIn(t, c.maple), "")
	other := c.elsewhere(t)
	c.MustJoin(t, people.Membership{User: c.maple.ID, Role: web.Learner, Programme: other})
	ines := c.named(t, "Ines")
	c.MustJoin(t, people.Membership{User: ines.ID, Role: web.Facilitator, Programme: other})
	if err := people.Assign(c.App, people.Assignment{Learner: c.maple.ID, Worker: ines.ID, Role: web.Facilitator, Programme: other, Starts: c.Clock.Now().Add(-time.Hour)}); err != nil {
		t.Fatal(err)
	}
	if n := c.stuckFor(t, ines); n != 0 {
		t.Errorf("somebody of another programme has %d", n)
	}
}

func TestStuckWithNobodyThereSaysSo(t *testing.T) {
	c := newCircle(t)
	c.execute(t, "UPDATE assignments SET ends = {:now}", dbx.Params{"now": people.Before(c.Clock.Now().Add(-time.Minute))})
	b := c.SignIn(t, c.maple)
	if r := c.stuckOn(t, b, heron); r.Location != "/me/calls" {
		t.Fatalf("status %d, to %q", r.Status, r.Location)
	}
	if page := shows(t, b, "/me/calls"); !strings.Contains(page, "nobody was told") {
		t.Errorf("the page says\n%s", page)
	}
	if got := c.read(t, c.maple); got.Words.Typed[0] != heron {
		t.Errorf("kept: %+v", got.Words)
	}
}

func TestStuckIsNotOfferedToWhoeverIsNoLearner(t *testing.T) {
	c := newCircle(t)
	if got := c.SignIn(t, c.tom).Get(step).Page(t).Find("button[value=stuck]").Length(); got != 0 {
		t.Errorf("a facilitator finds %d", got)
	}
}
