package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// A hold belongs to the programme whose staff placed it, and to the site where
// it has none: so do those that were placed before.
func init() {
	m.Register(func(app core.App) error {
		holds, err := app.FindCollectionByNameOrId("holds")
		if err != nil {
			return err
		}
		holds.Fields.Add(&core.TextField{Name: "programme", Max: 15})
		return app.Save(holds)
	}, func(app core.App) error {
		holds, err := app.FindCollectionByNameOrId("holds")
		if err != nil {
			return err
		}
		holds.Fields.RemoveByName("programme")
		return app.Save(holds)
	})
}
