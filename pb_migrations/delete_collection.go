package pb_migrations

import "github.com/pocketbase/pocketbase/core"

// deleteCollection is the way back of a migration that made a collection.
func deleteCollection(app core.App, name string) error {
	collection, err := app.FindCollectionByNameOrId(name)
	if err != nil {
		return err
	}
	return app.Delete(collection)
}
