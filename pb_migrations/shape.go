package pb_migrations

import "github.com/pocketbase/pocketbase/core"

// collections finds several, by name.
func collections(app core.App, names ...string) (map[string]*core.Collection, error) {
	found := make(map[string]*core.Collection, len(names))
	for _, name := range names {
		collection, err := app.FindCollectionByNameOrId(name)
		if err != nil {
			return nil, err
		}
		found[name] = collection
	}
	return found, nil
}

// removeFields is the way back of a migration that added fields.
func removeFields(app core.App, name string, fields ...string) error {
	collection, err := app.FindCollectionByNameOrId(name)
	if err != nil {
		return err
	}
	for _, field := range fields {
		collection.Fields.RemoveByName(field)
	}
	return app.Save(collection)
}
