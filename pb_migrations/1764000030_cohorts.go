package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// A group that learns together.
func init() {
	m.Register(func(app core.App) error {
		programmes, err := app.FindCollectionByNameOrId("programmes")
		if err != nil {
			return err
		}
		cohorts := core.NewBaseCollection("cohorts")
		cohorts.Fields.Add(
			&core.RelationField{Name: "programme", Required: true, CollectionId: programmes.Id, MaxSelect: 1},
			&core.TextField{Name: "name", Required: true, Max: 100, Presentable: true},
			&core.DateField{Name: "starts"},
			&core.DateField{Name: "ends"},
			&core.AutodateField{Name: "created", OnCreate: true},
			&core.AutodateField{Name: "updated", OnCreate: true, OnUpdate: true},
		)
		cohorts.AddIndex("cohorts_programme_name", true, "programme, name", "")
		return app.Save(cohorts)
	}, func(app core.App) error {
		return deleteCollection(app, "cohorts")
	})
}
