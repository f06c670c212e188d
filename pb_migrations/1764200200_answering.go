package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// Who is answering a reflection now, so that two do not at once, and phrases to
// lean on, written by people who have been there.
func init() {
	m.Register(func(app core.App) error {
		of, err := collections(app, "users", "reflections")
		if err != nil {
			return err
		}
		claims := core.NewBaseCollection("claims")
		claims.Fields.Add(
			&core.RelationField{Name: "reflection", Required: true, CollectionId: of["reflections"].Id, MaxSelect: 1, CascadeDelete: true},
			&core.RelationField{Name: "worker", Required: true, CollectionId: of["users"].Id, MaxSelect: 1, CascadeDelete: true},
			&core.DateField{Name: "until", Required: true},
			&core.AutodateField{Name: "created", OnCreate: true},
			&core.AutodateField{Name: "updated", OnCreate: true, OnUpdate: true},
		)
		claims.AddIndex("claims_once", true, "reflection", "")
		claims.AddIndex("claims_worker", false, "worker", "")
		if err := app.Save(claims); err != nil {
			return err
		}

		phrases := core.NewBaseCollection("phrases")
		phrases.Fields.Add(
			&core.RelationField{Name: "author", CollectionId: of["users"].Id, MaxSelect: 1},
			&core.TextField{Name: "name", Max: 100}, // whom it says that it is by, as they chose; may be empty
			&core.SelectField{Name: "kind", Required: true, MaxSelect: 1, Values: []string{"thank", "strength", "question", "step"}},
			&core.TextField{Name: "language", Required: true, Max: 35},
			&core.TextField{Name: "text", Required: true, Max: 500},
			&core.DateField{Name: "ended"},
			&core.AutodateField{Name: "created", OnCreate: true},
			&core.AutodateField{Name: "updated", OnCreate: true, OnUpdate: true},
		)
		phrases.AddIndex("phrases_language", false, "language, kind", "ended = ''")
		phrases.AddIndex("phrases_author", false, "author", "")
		return app.Save(phrases)
	}, func(app core.App) error {
		for _, name := range []string{"phrases", "claims"} {
			if err := deleteCollection(app, name); err != nil {
				return err
			}
		}
		return nil
	})
}
