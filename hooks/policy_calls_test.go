package hooks_test

import "testing"

// makeCalls lets learners call for somebody whom nobody is, and makes drafts of
// concerns of theirs: nobody but the learners may do anything about these.
func (w *world) makeCalls(t *testing.T) {
	t.Helper()
	another := w.MustPerson(t).ID
	for _, name := range []string{"theirs", "same group", "other group"} {
		w.mustRow(t, "calls", map[string]any{
			"learner": w.people[name].ID, "kind": "now", "programme": w.programmes["north"], "worker": another, "made": w.Clock.Now(),
		})
		w.mustRow(t, "concerns", map[string]any{"programme": w.programmes["north"], "raised_by": another, "state": "draft"})
	}
}
