package people_test

import (
	"net/url"
	"testing"
	"time"

	"alongside/hooks/hooktest"
	"alongside/hooks/people"
	"alongside/hooks/web"
)

// A leaving is a facilitator with one learner, whose role gets a last day.
type leaving struct {
	*hooktest.Site
	programme     string
	georgia, sam  hooktest.Person
	manager, hers *hooktest.Browser
}

func mustLeave(t *testing.T, days int) *leaving {
	t.Helper()
	l := &leaving{Site: hooktest.Start(t)}
	l.programme, _ = l.MustProgramme(t)
	l.georgia, l.sam = l.MustPerson(t, web.Facilitator), l.MustPerson(t, web.Learner)
	l.manager, l.hers = l.SignIn(t, l.MustPerson(t, web.Manager)), l.SignIn(t, l.georgia)
	err := people.Assign(l.App, people.Assignment{
		Learner: l.sam.ID, Worker: l.georgia.ID, Role: web.Facilitator, Programme: l.programme, Starts: l.Clock.Now(),
	})
	if err != nil {
		t.Fatal(err)
	}
	l.lastDay(t, days)
	return l
}

// lastDay is the day, so many from now, on which her role is to end.
func (l *leaving) lastDay(t *testing.T, days int) {
	t.Helper()
	address := "/manage/programmes/" + l.programme + "/people/" + l.georgia.ID + "/roles/" + membershipOf(t, l.Site, l.georgia.ID, web.Facilitator)
	last := url.Values{"last": {l.Clock.Now().AddDate(0, 0, days).Format(time.DateOnly)}}
	want(t, "a last day", l.manager.Post(address, last).Status, 303)
}

func (l *leaving) sees(t *testing.T, what string, status int) {
	t.Helper()
	want(t, what, l.hers.Get("/facilitate/learners/"+l.sam.ID).Status, status)
}

func TestAnAssignmentEndsAtTheNextRequestAlsoWhereTheRoleHasALastDay(t *testing.T) {
	l := mustLeave(t, 3)
	l.sees(t, "before", 200)
	workers, err := people.WorkersOf(t.Context(), l.App, l.sam.ID, l.Clock.Now())
	if err != nil || len(workers) != 1 {
		t.Fatalf("%v, %v", workers, err)
	}
	address := "/manage/programmes/" + l.programme + "/people/" + l.sam.ID + "/workers/" + workers[0].Assignment
	want(t, "end", l.manager.Post(address, url.Values{}).Status, 303)
	l.sees(t, "after", 404)
	want(t, "again", l.manager.Post(address, url.Values{}).Status, 404)
	want(t, "recorded once", rowsOf(t, l.Site, "audit WHERE kind = 'unassigned'"), 1)
}

func TestALastDayThatIsMovedLaterTakesNobodyAway(t *testing.T) {
	l := mustLeave(t, 3)
	l.lastDay(t, 30)
	l.Clock.Pass(5 * 24 * time.Hour)
	l.hers = l.SignIn(t, l.georgia)
	l.sees(t, "after the first day", 200)
	l.Clock.Pass(30 * 24 * time.Hour)
	l.hers = l.SignIn(t, l.georgia)
	l.sees(t, "after the second", 404)
}

func TestWhoComesBackHasNoneOfTheLearnersOfBefore(t *testing.T) {
	for name, who := range map[string]func(l *leaving) (hooktest.Person, web.Role){
		"the worker":  func(l *leaving) (hooktest.Person, web.Role) { return l.georgia, web.Facilitator },
		"the learner": func(l *leaving) (hooktest.Person, web.Role) { return l.sam, web.Learner },
	} {
		t.Run(name, func(t *testing.T) {
			l := mustLeave(t, 3)
			back, role := who(l)
			if role == web.Learner {
				address := "/manage/programmes/" + l.programme + "/people/" + l.sam.ID + "/roles/" + membershipOf(t, l.Site, l.sam.ID, web.Learner)
				last := url.Values{"last": {l.Clock.Now().AddDate(0, 0, 1).Format(time.DateOnly)}}
				want(t, "a last day", l.manager.Post(address, last).Status, 303)
				l.lastDay(t, 300)
			}
			l.Clock.Pass(60 * 24 * time.Hour)
			l.MustJoin(t, people.Membership{User: back.ID, Role: role, Programme: l.programme})
			l.Clock.Pass(time.Minute)
			l.hers = l.SignIn(t, l.georgia)
			l.sees(t, "when they are back", 404)
			want(t, "assignments that go on", rowsOf(t, l.Site, "assignments WHERE ends = ''"), 0)
		})
	}
}
