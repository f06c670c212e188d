package hooks_test

import (
	"testing"

	"alongside/hooks/people"
	"alongside/hooks/reflections"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"
)

// What learners let others read, as the house itself keeps it: who shares with whom,
// and whether it was taken back.
var shared = []struct {
	learner, reader, role string
	withdrawn             bool
}{
	{learner: "theirs", reader: "mentor", role: "mentor"},
	{learner: "theirs", reader: "facilitator", role: "facilitator"},
	{learner: "their second", reader: "facilitator", role: "facilitator", withdrawn: true},
	{learner: "other programme", reader: "facilitator of the other programme", role: "facilitator"},
	{learner: "both programmes", reader: "mentor and learner", role: "mentor"},
}

// over are shares with somebody who is not theirs any more. They have no MAC, so that
// the test tells them from those that their readers may open.
var over = []struct{ learner, reader, role string }{
	{"handed over", "facilitator", "facilitator"},
	{"theirs", "facilitator whose assignment ended", "facilitator"},
	{"theirs", "facilitator whose role ended", "facilitator"},
	{"same group", "facilitator", "facilitator"}, // whose it will be tomorrow
}

func (w *world) makeShares(t *testing.T) {
	t.Helper()
	for _, s := range shared {
		programme := w.programmes["north"]
		if s.learner == "other programme" {
			programme = w.programmes["south"]
		}
		learner := &web.Viewer{ID: w.people[s.learner].ID}
		reader := people.Answerer{ID: w.people[s.reader].ID, Role: web.Role(s.role), Programme: programme}
		shown := reflections.Shown{Module: "Second", Asked: "When were you heard?", Parts: []reflections.Part{{Said: "In the kitchen."}}}
		id := w.written(t, learner.ID)
		if err := w.House.Reflections.Give(learner, id, reader, shown, w.Clock.Now()); err != nil {
			t.Fatalf("%s to %s: %v", s.learner, s.reader, err)
		}
		if s.withdrawn {
			w.mustExecute(t, "UPDATE shares SET withdrawn = shared, sealed = '', waits = '' WHERE id = {:id}", dbx.Params{"id": reflections.ShareID(id, reader.ID)})
		}
	}
	for i, s := range over {
		learner := w.people[s.learner].ID
		w.mustRow(t, "shares", map[string]any{
			"id": "aaaaaaaaaaaaaa" + string(rune('1'+i)), "reflection": w.written(t, learner), "learner": learner, "reader": w.people[s.reader].ID, "role": s.role,
			"programme": w.programmes["north"], "sealed": "x", "shared": w.Clock.Now(), "waits": w.Clock.Now(),
		})
	}
}

// written is the one reflection of a learner, which they have kept.
func (w *world) written(t *testing.T, learner string) (id string) {
	t.Helper()
	var module, revision string
	err := w.App.DB().NewQuery("SELECT m.id, r.id FROM modules m JOIN courses c ON c.id = m.course JOIN revisions r ON r.module = m.id AND r.state = 'live' WHERE c.slug = 'small' AND m.slug = 'second'").
		Row(&module, &revision)
	if err != nil {
		t.Fatal(err)
	}
	one := reflections.Reflection{User: learner, Module: module, Activity: "heard", Revision: revision, State: reflections.Kept}
	one.Words.Typed = map[int]string{0: "In the kitchen."}
	sealed, err := one.Seal(w.App, w.House.Vault)
	if err != nil {
		t.Fatal(err)
	}
	id = reflections.RowID(learner, module, "heard")
	err = w.App.RunInTransaction(func(tx core.App) error {
		var there bool
		if err := tx.DB().NewQuery("SELECT EXISTS (SELECT 1 FROM reflections WHERE id = {:id})").Bind(dbx.Params{"id": id}).Row(&there); err != nil || there {
			return err
		}
		return one.Store(tx, sealed, types.NowDateTime())
	})
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// makePractice gives staff what is theirs alone: a note, a time for supervision, and
// a time away.
func (w *world) makePractice(t *testing.T) {
	t.Helper()
	for _, name := range []string{"mentor", "facilitator", "facilitator of the other programme"} {
		owner, programme := w.people[name].ID, w.programmes["north"]
		if name == "facilitator of the other programme" {
			programme = w.programmes["south"]
		}
		w.mustRow(t, "practice_notes", map[string]any{"owner": owner, "sealed": "x", "at": w.Clock.Now()})
		w.mustRow(t, "supervisions", map[string]any{"owner": owner, "sealed": "x", "at": w.Clock.Now()})
		w.mustRow(t, "absences", map[string]any{"worker": owner, "programme": programme, "starts": w.Clock.Now().AddDate(0, 1, 0), "ends": w.Clock.Now().AddDate(0, 1, 2)})
	}
}

func (w *world) mustExecute(t *testing.T, sql string, params dbx.Params) {
	t.Helper()
	if _, err := w.App.NonconcurrentDB().NewQuery(sql).Bind(params).Execute(); err != nil {
		t.Fatal(err)
	}
}
