package people_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"alongside/hooks/hooktest"
	"alongside/hooks/people"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
)

// A group is a programme with one cohort, a facilitator and a learner of theirs.
type group struct {
	*hooktest.Site
	programme, cohort    string
	facilitator, learner string
	now                  time.Time
}

// mustGroup makes one; the learner's membership and assignment begin an hour ago.
func mustGroup(t *testing.T) *group {
	t.Helper()
	g := &group{Site: hooktest.Start(t)}
	g.now = g.Clock.Now().Truncate(time.Second)
	g.programme, g.cohort = g.MustProgramme(t)
	g.facilitator, g.learner = g.MustPerson(t).ID, g.MustPerson(t).ID
	return g
}

func (g *group) learns(t *testing.T, from, to time.Duration) {
	t.Helper()
	m := people.Membership{User: g.learner, Role: web.Learner, Programme: g.programme, Cohort: g.cohort, Starts: g.now.Add(from)}
	if to != 0 {
		m.Ends = g.now.Add(to)
	}
	g.MustJoin(t, m)
}

func (g *group) isTheirs(t *testing.T, from time.Duration) people.Assignment {
	t.Helper()
	a := people.Assignment{Learner: g.learner, Worker: g.facilitator, Role: web.Facilitator, Programme: g.programme, Starts: g.now.Add(from)}
	if err := people.Assign(g.App, a); err != nil {
		t.Fatal(err)
	}
	return a
}

// as is somebody who holds roles now.
func as(id string, roles ...web.Membership) *web.Viewer {
	return &web.Viewer{ID: id, Memberships: roles}
}

func (g *group) asFacilitator() *web.Viewer {
	return as(g.facilitator, web.Membership{Role: web.Facilitator, Programme: g.programme, Cohort: g.cohort})
}

// sees asks about the learner, and checks that lists say the same as doors.
func (g *group) sees(t *testing.T, v *web.Viewer, matter people.Matter, at time.Duration) (people.Depth, bool) {
	t.Helper()
	depth, err := people.See(context.Background(), g.App, g.now.Add(at), v, matter, people.Subject{Person: g.learner})
	if err != nil && !errors.Is(err, web.ErrNotFound) {
		t.Fatal(err)
	}
	for deep := people.Whole; deep <= people.Counts; deep++ {
		sql, params := people.Whom(v, matter, deep, g.now.Add(at))
		listed := slices.Contains(g.mustList(t, sql, params), g.learner)
		if should := err == nil && depth <= deep; listed != should {
			t.Errorf("%s, %d deep: in the list %v, by the door %v", matter, deep, listed, should)
		}
	}
	return depth, err == nil
}

func (g *group) mustList(t *testing.T, sql string, params dbx.Params) (ids []string) {
	t.Helper()
	if err := g.App.DB().NewQuery("SELECT x.id FROM (SELECT '' AS id WHERE 0 UNION " + sql + ") x").Bind(params).Column(&ids); err != nil {
		t.Fatal(err)
	}
	return ids
}

func TestAnAssignmentHoldsFromItsStartUntilItsEnd(t *testing.T) {
	g := mustGroup(t)
	g.learns(t, -time.Hour, 0)
	assignment := g.isTheirs(t, 0)
	if _, err := people.Unassign(g.App, assignment, g.now.Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	for at, want := range map[time.Duration]bool{
		-time.Millisecond: false, 0: true, time.Hour - time.Millisecond: true, time.Hour: false,
	} {
		if _, ok := g.sees(t, g.asFacilitator(), people.Accounts, at); ok != want {
			t.Errorf("%v after its start: %v, want %v", at, ok, want)
		}
	}
}

func TestALearnerIsSomebodysWhileTheyLearnThere(t *testing.T) {
	g := mustGroup(t)
	g.learns(t, 0, time.Hour)
	g.isTheirs(t, -time.Hour)
	for at, want := range map[time.Duration]bool{
		-time.Millisecond: false, 0: true, time.Hour - time.Millisecond: true, time.Hour: false,
	} {
		for matter, v := range map[people.Matter]*web.Viewer{
			people.Accounts:   g.asFacilitator(),
			people.AddLearner: g.asFacilitator(),
			people.Grid:       as("x", web.Membership{Role: web.Manager, Programme: g.programme}),
		} {
			if _, ok := g.sees(t, v, matter, at); ok != want {
				t.Errorf("%s, %v after the learner began: %v, want %v", matter, at, ok, want)
			}
		}
	}
}

func TestALearnerWhoIsPausedIsStillSomebodys(t *testing.T) {
	g := mustGroup(t)
	g.learns(t, -time.Hour, 0)
	g.isTheirs(t, -time.Hour)
	if _, err := g.App.DB().NewQuery("UPDATE memberships SET paused = starts").Execute(); err != nil {
		t.Fatal(err)
	}
	if _, ok := g.sees(t, g.asFacilitator(), people.Accounts, 0); !ok {
		t.Error("their facilitator does not see them any more")
	}
}

func TestTheDeepestOfSeveralRolesCounts(t *testing.T) {
	g := mustGroup(t)
	g.learns(t, -time.Hour, 0)
	g.isTheirs(t, -time.Hour)
	mentor := people.Assignment{Learner: g.learner, Worker: g.facilitator, Role: web.Mentor, Programme: g.programme, Starts: g.now}
	if err := people.Assign(g.App, mentor); err != nil {
		t.Fatal(err)
	}
	in := func(role web.Role) web.Membership {
		return web.Membership{Role: role, Programme: g.programme, Cohort: g.cohort}
	}
	for _, one := range []struct {
		roles []web.Membership
		want  people.Depth
	}{
		{[]web.Membership{in(web.Manager)}, people.Counts},
		{[]web.Membership{in(web.Manager), in(web.Mentor)}, people.DoneOrNot},
		{[]web.Membership{in(web.Manager), in(web.Mentor), in(web.Facilitator)}, people.Whole},
		{[]web.Membership{in(web.Facilitator), in(web.Mentor), in(web.Manager)}, people.Whole},
	} {
		if depth, ok := g.sees(t, as(g.facilitator, one.roles...), people.Progress, 0); !ok || depth != one.want {
			t.Errorf("%v: %v %v, want %v", one.roles, depth, ok, one.want)
		}
	}
}

func TestAMentorWhoLearnsSeesTheirOwnWholeAndOthersAsAMentor(t *testing.T) {
	g := mustGroup(t)
	g.learns(t, -time.Hour, 0)
	robin := as(g.learner, web.Membership{Role: web.Mentor, Programme: g.programme}, web.Membership{Role: web.Learner, Programme: g.programme, Cohort: g.cohort})
	if depth, ok := g.sees(t, robin, people.Progress, 0); !ok || depth != people.Whole {
		t.Errorf("their own: %v %v", depth, ok)
	}
	robin.ID = g.facilitator
	if _, ok := g.sees(t, robin, people.Progress, 0); ok {
		t.Error("another learner of their group, who is not theirs")
	}
}

func TestAnAssignmentInAnotherRoleIsNone(t *testing.T) {
	g := mustGroup(t)
	g.learns(t, -time.Hour, 0)
	g.isTheirs(t, -time.Hour)
	mentor := as(g.facilitator, web.Membership{Role: web.Mentor, Programme: g.programme})
	if _, ok := g.sees(t, mentor, people.Progress, 0); ok {
		t.Error("assigned to them as a facilitator, which they are not any more")
	}
}

// Rows with an empty programme or cohort are many: none of them is in the group
// of somebody who has none.
func TestNoGroupIsNobodysGroup(t *testing.T) {
	g := mustGroup(t)
	g.MustJoin(t, people.Membership{User: g.learner, Role: web.Learner, Programme: g.programme, Starts: g.now})
	g.MustJoin(t, people.Membership{User: g.learner, Role: web.Manager, Starts: g.now})
	for role, matter := range map[web.Role]people.Matter{
		web.Facilitator: people.AddLearner, web.Mentor: people.Grid, web.Lead: people.Erasures,
	} {
		v := as(g.facilitator, web.Membership{Role: role, Programme: g.programme}, web.Membership{Role: role})
		if _, ok := g.sees(t, v, matter, time.Hour); ok {
			t.Errorf("%s of no group: sees somebody of no group", role)
		}
		sql, params := people.Cohorts(v, matter, people.Counts)
		if ids := g.mustList(t, sql, params); len(ids) > 0 {
			t.Errorf("%s of no group: sees groups %v", role, ids)
		}
	}
	nobody := as("")
	if _, err := people.See(context.Background(), g.App, g.now, nobody, people.Accounts, people.Subject{Cohort: "x"}); !errors.Is(err, web.ErrNotFound) {
		t.Errorf("a group that is not there: %v", err)
	}
}

func TestGroupsAndProgrammesAreThoseOfTheRole(t *testing.T) {
	g := mustGroup(t)
	other, err := people.CreateCohort(g.App, g.programme, "Mondays", g.now)
	if err != nil {
		t.Fatal(err)
	}
	south, err := people.CreateProgramme(g.App, people.Programme{Name: "South", Label: "South"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := people.CreateCohort(g.App, south, "Fridays", g.now); err != nil {
		t.Fatal(err)
	}
	facilitator, manager := g.asFacilitator(), as(g.facilitator, web.Membership{Role: web.Manager, Programme: g.programme})
	for name, one := range map[string]listing{
		"groups of a facilitator":         lists(people.Cohorts(facilitator, people.Grid, people.Whole))(g.cohort),
		"groups of a manager, by counts":  lists(people.Cohorts(manager, people.Grid, people.Counts))(g.cohort, other),
		"groups of a manager, whole":      lists(people.Cohorts(manager, people.Grid, people.Whole))(),
		"programmes of a manager":         lists(people.ProgrammesOf(manager, people.Groups, people.Whole))(g.programme),
		"programmes of a facilitator":     lists(people.ProgrammesOf(facilitator, people.Groups, people.Counts))(),
		"programmes of a site manager":    lists(people.ProgrammesOf(as("x", web.Membership{Role: web.Manager}), people.Programmes, people.Whole))(g.programme, south),
		"groups of nobody":                lists(people.Cohorts(as("x"), people.Grid, people.Counts))(),
		"groups of a guest":               lists(people.Cohorts(nil, people.Grid, people.Counts))(),
		"groups of both roles, by counts": lists(people.Cohorts(as("x", append(facilitator.Memberships, manager.Memberships...)...), people.Grid, people.Counts))(g.cohort, other),
	} {
		got := g.mustList(t, one.sql, one.params)
		slices.Sort(got)
		slices.Sort(one.want)
		if !slices.Equal(got, one.want) {
			t.Errorf("%s: %v, want %v", name, got, one.want)
		}
	}
}

// A listing is a statement, and what it should find.
type listing struct {
	sql    string
	params dbx.Params
	want   []string
}

func lists(sql string, params dbx.Params) func(want ...string) listing {
	return func(want ...string) listing { return listing{sql, params, want} }
}
