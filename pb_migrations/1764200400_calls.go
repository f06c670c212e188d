package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// A learner asks for somebody: because they are stuck on a step, because they
// need help now, or because they would rather have somebody else. There are no
// words in it.
func init() {
	m.Register(func(app core.App) error {
		of, err := collections(app, "users", "programmes", "modules")
		if err != nil {
			return err
		}
		calls := core.NewBaseCollection("calls")
		calls.Fields.Add(
			&core.RelationField{Name: "learner", Required: true, CollectionId: of["users"].Id, MaxSelect: 1, CascadeDelete: true},
			&core.SelectField{Name: "kind", Required: true, MaxSelect: 1, Values: []string{"stuck", "now", "else"}},
			&core.RelationField{Name: "programme", Required: true, CollectionId: of["programmes"].Id, MaxSelect: 1},
			&core.RelationField{Name: "module", CollectionId: of["modules"].Id, MaxSelect: 1}, // of stuck
			&core.TextField{Name: "step", Max: 200},
			&core.RelationField{Name: "worker", CollectionId: of["users"].Id, MaxSelect: 1}, // of now: who was flagged; of else: instead of whom
			&core.DateField{Name: "made", Required: true},
			&core.DateField{Name: "taken"}, // somebody says that they are on it
			&core.RelationField{Name: "taker", CollectionId: of["users"].Id, MaxSelect: 1},
			&core.DateField{Name: "ended"}, // taken back, or settled
			&core.AutodateField{Name: "created", OnCreate: true},
			&core.AutodateField{Name: "updated", OnCreate: true, OnUpdate: true},
		)
		calls.AddIndex("calls_learner", false, "learner, kind, ended", "")
		calls.AddIndex("calls_programme", false, "programme, kind, ended", "")
		calls.AddIndex("calls_worker", false, "worker, kind, ended", "")
		calls.AddIndex("calls_taker", false, "taker", "")
		calls.AddIndex("calls_module", false, "module", "")
		return app.Save(calls)
	}, func(app core.App) error {
		return deleteCollection(app, "calls")
	})
}
