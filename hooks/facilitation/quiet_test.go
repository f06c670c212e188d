package facilitation_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"alongside/hooks/hooktest"
	"alongside/hooks/learning"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
)

// quietly adds a learner of Tom's who is on the course.
func (g *group) quietly(t testing.TB, name string) hooktest.Person {
	t.Helper()
	p := g.learner(t, name, g.tom, web.Facilitator)
	if err := learning.Enrol(g.App, p.ID, g.course, g.Clock.Now()); err != nil {
		t.Fatal(err)
	}
	return p
}

// comesBy is a visit of theirs, now.
func (g *group) comesBy(t testing.TB, p hooktest.Person) *hooktest.Browser {
	t.Helper()
	b := g.SignInOnOwn(t, p)
	b.Get("/")
	return b
}

const twoWeeks = 14*24*time.Hour + time.Minute

func TestAQuietLearnerStandsInTheQueueWithAReason(t *testing.T) {
	g := newGroup(t)
	day := g.Clock.Now().UTC().Format("Monday 2 January 2006")
	joined := g.Clock.Now().Add(-time.Hour).UTC().Format("Monday 2 January 2006") // as hooktest does
	never, visited := g.quietly(t, "Ana"), g.quietly(t, "Ben")
	started, begun := g.quietly(t, "Cal"), g.quietly(t, "Dina")
	_, _ = never, visited
	g.comesBy(t, visited)
	if r := g.comesBy(t, begun).Post("/courses/tea/water/boil", map[string][]string{"do": {"continue"}}); r.Location == "" {
		t.Fatalf("status %d", r.Status)
	}
	if queue := queueOf(t, g.his); strings.Contains(queue, "Quiet") {
		t.Fatalf("on the first day: %s", queue)
	}
	g.Clock.Pass(twoWeeks)
	g.comesBy(t, started)
	g.comesBy(t, begun)
	queue := queueOf(t, g.his)
	for _, want := range []string{
		"Ana No visit that we know of. Here since " + joined, "Ben No visit since " + day,
		"Cal On a course and has not begun it. Since " + day, "Dina Has not gone on with Water, since " + day,
	} {
		if !strings.Contains(queue, want) {
			t.Errorf("no %q in %s", want, queue)
		}
	}
	if !strings.Contains(queue, "Nobody waits for you") {
		t.Error("those who are quiet are counted as waiting")
	}
}

func TestWhoHasABreakOrIsFinishedIsNotCalledQuiet(t *testing.T) {
	g := newGroup(t)
	resting, done, none := g.quietly(t, "Ana"), g.quietly(t, "Ben"), g.learner(t, "Cal", g.tom, web.Facilitator)
	g.his.Post("/facilitate/learners/"+resting.ID+"/pause", nil)
	if _, err := g.App.DB().Update("enrolments", dbx.Params{"state": "finished", "finished": "2026-01-01 00:00:00.000Z"}, dbx.HashExp{"user": done.ID}).Execute(); err != nil {
		t.Fatal(err)
	}
	_ = none
	g.Clock.Pass(twoWeeks)
	if queue := queueOf(t, g.his); strings.Contains(queue, "Quiet") {
		t.Error(queue)
	}
}

func TestWhoIsQuietIsToldToTheirOwnFacilitatorAlone(t *testing.T) {
	g := newGroup(t)
	dina := g.quietly(t, "Dina")
	mentor := g.MustPerson(t, web.Mentor)
	g.assign(t, dina, mentor, web.Mentor)
	g.Clock.Pass(twoWeeks)
	for name, one := range map[string]hooktest.Person{"a mentor, who sees what is done and no more": mentor, "another facilitator": g.MustPerson(t, web.Facilitator)} {
		if queue := queueOf(t, g.SignIn(t, one)); strings.Contains(queue, "Dina") {
			t.Errorf("%s: %s", name, queue)
		}
	}
	if queue := queueOf(t, g.his); !strings.Contains(queue, "Dina") {
		t.Error("hers is not told")
	}
}

func TestNoMoreThanTenAreCalledQuietAtOnce(t *testing.T) {
	g := newGroup(t)
	for i := range 12 {
		g.quietly(t, fmt.Sprintf("Person %c", 'a'+i))
	}
	g.Clock.Pass(twoWeeks)
	if n := strings.Count(queueOf(t, g.his), "No visit that we know of"); n != 10 {
		t.Errorf("%d are", n)
	}
}
