package facilitation_test

import (
	"maps"
	"strings"
	"testing"

	"alongside/hooks/facilitation"
	"alongside/hooks/people"
	"alongside/hooks/reflections"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
)

// The queue of one worker reads what is theirs, however much there is of others.
func TestTheQueueIsReadThroughIndexesAlone(t *testing.T) {
	g := newGroup(t)
	viewer := &web.Viewer{ID: g.tom.ID, Memberships: []web.Membership{{Role: web.Facilitator, Programme: g.programme, Cohort: g.cohort}, {Role: web.Mentor, Programme: g.programme}}}
	readable, params := reflections.Readable(viewer, g.Clock.Now())
	known, _ := reflections.KnownTo(viewer, g.Clock.Now())
	mine, more := people.Whom(viewer, people.Progress, people.Whole, g.Clock.Now())
	maps.Copy(params, more)
	maps.Copy(params, dbx.Params{"viewer": g.tom.ID, "learner": "x", "now": "2026-01-01", "since": "2026-01-01", "before": "2026-01-01", "most": 50, "work": g.programme})
	for name, c := range map[string]struct{ sql, first string }{
		"who waits":            {facilitation.WaitingSQL(readable), "shares_waiting"},
		"what was begun":       {facilitation.BegunSQL(readable), "replies_writer"},
		"what somebody shared": {facilitation.ToldSQL(known), "shares_reader"},
		"what was taken back":  {facilitation.WithdrawnSQL(known), "shares_reader"},
		"who has become quiet": {facilitation.QuietSQL(mine, "{:work}"), "assignments"},
	} {
		var plan []struct {
			Detail string `db:"detail"`
		}
		if err := g.App.DB().NewQuery("EXPLAIN QUERY PLAN " + c.sql).Bind(params).All(&plan); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		through := false
		for _, step := range plan {
			isTable := strings.HasPrefix(step.Detail, "SCAN ") && step.Detail != "SCAN CONSTANT ROW" && step.Detail != "SCAN x" && !strings.HasPrefix(step.Detail, "SCAN (subquery")
			if isTable || strings.Contains(step.Detail, "_programme") || strings.Contains(step.Detail, "AUTOMATIC") {
				t.Errorf("%s: %s", name, step.Detail)
			}
			through = through || strings.Contains(step.Detail, c.first)
		}
		if !through {
			t.Errorf("%s does not begin with %s", name, c.first)
		}
	}
}
