package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// The data keys, one for each owner of private text, wrapped by a master key
// that is never in the database.
func init() {
	m.Register(func(app core.App) error {
		keys := core.NewBaseCollection("keys")
		keys.Fields.Add(
			&core.TextField{Name: "owner", Required: true, Max: 100}, // id of a person, or the name of what else owns text
			&core.TextField{Name: "wrapped", Required: true, Max: 200},
			&core.TextField{Name: "master", Required: true, Max: 32}, // id of the master key that wraps it
			&core.AutodateField{Name: "created", OnCreate: true},
		)
		keys.AddIndex("keys_owner", true, "owner", "")
		keys.AddIndex("keys_master", false, "master", "")
		return app.Save(keys)
	}, func(app core.App) error {
		keys, err := app.FindCollectionByNameOrId("keys")
		if err != nil {
			return err
		}
		return app.Delete(keys)
	})
}
