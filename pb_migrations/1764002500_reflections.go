package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// What learners write for themselves. The text is sealed; nobody else reads it.
func init() {
	m.Register(func(app core.App) error {
		users, err := app.FindCollectionByNameOrId("users")
		if err != nil {
			return err
		}
		modules, err := app.FindCollectionByNameOrId("modules")
		if err != nil {
			return err
		}
		revisions, err := app.FindCollectionByNameOrId("revisions")
		if err != nil {
			return err
		}
		reflections := core.NewBaseCollection("reflections")
		reflections.Fields.Add(
			&core.RelationField{Name: "user", Required: true, CollectionId: users.Id, MaxSelect: 1, CascadeDelete: true},
			&core.RelationField{Name: "module", Required: true, CollectionId: modules.Id, MaxSelect: 1},
			&core.TextField{Name: "activity", Required: true, Max: 200},
			&core.RelationField{Name: "revision", Required: true, CollectionId: revisions.Id, MaxSelect: 1},
			&core.SelectField{Name: "state", Required: true, MaxSelect: 1, Values: []string{"draft", "kept", "shared", "withdrawn", "deleted"}},
			&core.TextField{Name: "sealed", Max: 600000}, // the text of each prompt
			&core.AutodateField{Name: "created", OnCreate: true},
			&core.AutodateField{Name: "updated", OnCreate: true, OnUpdate: true},
		)
		reflections.AddIndex("reflections_activity", true, "user, module, activity", "")
		reflections.AddIndex("reflections_module", false, "module", "")
		reflections.AddIndex("reflections_revision", false, "revision", "")
		return app.Save(reflections)
	}, func(app core.App) error {
		collection, err := app.FindCollectionByNameOrId("reflections")
		if err != nil {
			return err
		}
		return app.Delete(collection)
	})
}
