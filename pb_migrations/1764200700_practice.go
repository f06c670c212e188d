package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// What those who walk beside learners keep for themselves: notes on their
// practice, and when they meet somebody for supervision.
func init() {
	m.Register(func(app core.App) error {
		users, err := app.FindCollectionByNameOrId("users")
		if err != nil {
			return err
		}
		notes := core.NewBaseCollection("practice_notes")
		notes.Fields.Add(
			&core.RelationField{Name: "owner", Required: true, CollectionId: users.Id, MaxSelect: 1, CascadeDelete: true},
			&core.TextField{Name: "sealed", Max: 200000},
			&core.DateField{Name: "at", Required: true},
			&core.AutodateField{Name: "created", OnCreate: true},
			&core.AutodateField{Name: "updated", OnCreate: true, OnUpdate: true},
		)
		notes.AddIndex("practice_notes_owner", false, "owner, at", "")
		if err := app.Save(notes); err != nil {
			return err
		}

		supervisions := core.NewBaseCollection("supervisions")
		supervisions.Fields.Add(
			&core.RelationField{Name: "owner", Required: true, CollectionId: users.Id, MaxSelect: 1, CascadeDelete: true},
			&core.TextField{Name: "sealed", Max: 50000}, // with whom, what they need from it, what came of it
			&core.DateField{Name: "at", Required: true},
			&core.BoolField{Name: "held"}, // it took place
			&core.AutodateField{Name: "created", OnCreate: true},
			&core.AutodateField{Name: "updated", OnCreate: true, OnUpdate: true},
		)
		supervisions.AddIndex("supervisions_owner", false, "owner, at", "")
		return app.Save(supervisions)
	}, func(app core.App) error {
		for _, name := range []string{"supervisions", "practice_notes"} {
			if err := deleteCollection(app, name); err != nil {
				return err
			}
		}
		return nil
	})
}
