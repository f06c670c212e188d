package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// What lists need of a module, and the names under which its answers are
// stored, kept with each revision: no list compiles a text.
func init() {
	m.Register(func(app core.App) error {
		revisions, err := app.FindCollectionByNameOrId("revisions")
		if err != nil {
			return err
		}
		revisions.Fields.Add(&core.JSONField{Name: "outline", MaxSize: 1 << 20})
		return app.Save(revisions)
	}, func(app core.App) error {
		revisions, err := app.FindCollectionByNameOrId("revisions")
		if err != nil {
			return err
		}
		revisions.Fields.RemoveByName("outline")
		return app.Save(revisions)
	})
}
