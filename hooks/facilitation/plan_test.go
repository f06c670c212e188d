package facilitation_test

import (
	"strings"
	"testing"

	"alongside/hooks/facilitation"
	"alongside/hooks/people"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
)

// A grid reads the rows of its group and no others, however many there are.
func TestTheGridIsReadThroughIndexesAlone(t *testing.T) {
	g := newGroup(t)
	viewer := &web.Viewer{ID: g.tom.ID, Memberships: []web.Membership{
		{Role: web.Facilitator, Programme: g.programme, Cohort: g.cohort}, {Role: web.Mentor, Programme: g.programme, Cohort: g.cohort},
	}}
	mine, params := people.Whom(viewer, people.Progress, people.DoneOrNot, g.Clock.Now())
	params["cohort"], params["now"], params["most"], params["from"] = g.cohort, "2026-01-01", 300, 0
	var plan []struct {
		Detail string `db:"detail"`
	}
	err := g.App.DB().NewQuery("EXPLAIN QUERY PLAN " + facilitation.GridSQL(mine)).Bind(dbx.Params(params)).All(&plan)
	if err != nil {
		t.Fatal(err)
	}
	searches := 0
	for _, step := range plan {
		if strings.HasPrefix(step.Detail, "SCAN ") && !strings.HasPrefix(step.Detail, "SCAN CONSTANT") || strings.Contains(step.Detail, "memberships_programme") {
			t.Error(step.Detail)
		}
		if strings.HasPrefix(step.Detail, "SEARCH ") {
			searches++
		}
	}
	if searches < 6 {
		t.Errorf("only %d searches: is this the statement?", searches)
	}
}
