package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// What learners say of a text: sealed, for those who wrote it. And their thanks,
// which say nothing else.
func init() {
	m.Register(func(app core.App) error {
		of, err := collections(app, "users", "modules", "revisions")
		if err != nil {
			return err
		}
		remarks := core.NewBaseCollection("remarks")
		remarks.Fields.Add(
			&core.RelationField{Name: "module", Required: true, CollectionId: of["modules"].Id, MaxSelect: 1, CascadeDelete: true},
			&core.RelationField{Name: "revision", Required: true, CollectionId: of["revisions"].Id, MaxSelect: 1},
			&core.TextField{Name: "place", Required: true, Max: 300}, // address of the block in that revision
			&core.RelationField{Name: "learner", Required: true, CollectionId: of["users"].Id, MaxSelect: 1, CascadeDelete: true},
			&core.SelectField{Name: "kind", Required: true, MaxSelect: 1, Values: []string{"untrue", "mine"}},       // "this was not true for me", "I would say it like this"
			&core.SelectField{Name: "readers", Required: true, MaxSelect: 1, Values: []string{"writers", "carers"}}, // who reads it, as the learner was told
			&core.TextField{Name: "sealed", Max: 50000},
			&core.BoolField{Name: "credited"}, // they would like to be named if the text changes because of them
			&core.SelectField{Name: "state", Required: true, MaxSelect: 1, Values: []string{"open", "taken", "thanked"}},
			&core.TextField{Name: "thanks", Max: 15000}, // what was written back, sealed
			&core.RelationField{Name: "answered_by", CollectionId: of["users"].Id, MaxSelect: 1},
			&core.DateField{Name: "answered"},
			&core.RelationField{Name: "changed", CollectionId: of["revisions"].Id, MaxSelect: 1}, // the live text that changed because of it
			&core.DateField{Name: "told"},                                                        // when the learner saw what became of it
			&core.AutodateField{Name: "created", OnCreate: true},
			&core.AutodateField{Name: "updated", OnCreate: true, OnUpdate: true},
		)
		remarks.AddIndex("remarks_module", false, "module, created", "")
		remarks.AddIndex("remarks_revision", false, "revision", "")
		remarks.AddIndex("remarks_learner", false, "learner", "")
		remarks.AddIndex("remarks_answered_by", false, "answered_by", "")
		remarks.AddIndex("remarks_changed", false, "changed", "")
		if err := app.Save(remarks); err != nil {
			return err
		}

		thanks := core.NewBaseCollection("thanks")
		thanks.Fields.Add(
			&core.RelationField{Name: "module", Required: true, CollectionId: of["modules"].Id, MaxSelect: 1, CascadeDelete: true},
			&core.RelationField{Name: "learner", Required: true, CollectionId: of["users"].Id, MaxSelect: 1, CascadeDelete: true},
			&core.AutodateField{Name: "created", OnCreate: true},
		)
		thanks.AddIndex("thanks_once", true, "module, learner", "")
		thanks.AddIndex("thanks_learner", false, "learner", "")
		return app.Save(thanks)
	}, func(app core.App) error {
		for _, name := range []string{"thanks", "remarks"} {
			if err := deleteCollection(app, name); err != nil {
				return err
			}
		}
		return nil
	})
}
