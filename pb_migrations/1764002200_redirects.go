package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// The addresses that modules had before their files were renamed.
func init() {
	m.Register(func(app core.App) error {
		courses, err := app.FindCollectionByNameOrId("courses")
		if err != nil {
			return err
		}
		modules, err := app.FindCollectionByNameOrId("modules")
		if err != nil {
			return err
		}
		redirects := core.NewBaseCollection("redirects")
		redirects.Fields.Add(
			&core.RelationField{Name: "course", Required: true, CollectionId: courses.Id, MaxSelect: 1, CascadeDelete: true},
			&core.TextField{Name: "slug", Required: true, Max: 200}, // that the module had
			&core.RelationField{Name: "module", Required: true, CollectionId: modules.Id, MaxSelect: 1, CascadeDelete: true},
			&core.AutodateField{Name: "created", OnCreate: true},
		)
		redirects.AddIndex("redirects_course_slug", true, "course, slug", "")
		redirects.AddIndex("redirects_module", false, "module", "")
		return app.Save(redirects)
	}, func(app core.App) error {
		return deleteCollection(app, "redirects")
	})
}
