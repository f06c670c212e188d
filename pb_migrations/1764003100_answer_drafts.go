package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// An answer that was saved while it was being typed is a draft: what follows on
// it is no earlier answer worth a row of the history.
func init() {
	m.Register(func(app core.App) error {
		answers, err := app.FindCollectionByNameOrId("answers")
		if err != nil {
			return err
		}
		answers.Fields.Add(&core.BoolField{Name: "draft"})
		return app.Save(answers)
	}, func(app core.App) error {
		answers, err := app.FindCollectionByNameOrId("answers")
		if err != nil {
			return err
		}
		answers.Fields.RemoveByName("draft")
		return app.Save(answers)
	})
}
