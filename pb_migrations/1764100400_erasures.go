package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// Who asked to be erased and what became of it, and how long what is kept for.
// A person is named by a plain id: the row outlives them, and says nothing else
// of them.
func init() {
	m.Register(func(app core.App) error {
		erasures := core.NewBaseCollection("erasures")
		erasures.Fields.Add(
			&core.TextField{Name: "person", Required: true, Max: 15},
			&core.TextField{Name: "asked_by", Required: true, Max: 15}, // themselves, or whoever they told
			&core.DateField{Name: "asked", Required: true},
			&core.SelectField{Name: "state", Required: true, MaxSelect: 1, Values: []string{"asked", "taken back", "done"}},
			&core.DateField{Name: "done"},
			&core.TextField{Name: "done_by", Max: 15},
			&core.JSONField{Name: "counts", MaxSize: 4 << 10}, // how much of what was erased
		)
		erasures.AddIndex("erasures_person", false, "person, state", "")
		erasures.AddIndex("erasures_open", true, "person", "state = 'asked'")
		erasures.AddIndex("erasures_state", false, "state, asked", "")
		if err := app.Save(erasures); err != nil {
			return err
		}
		settings, err := app.FindCollectionByNameOrId("settings")
		if err != nil {
			return err
		}
		settings.Fields.Add(&core.JSONField{Name: "retention", MaxSize: 4 << 10}) // days by clock; what is missing stands at its default
		return app.Save(settings)
	}, func(app core.App) error {
		settings, err := app.FindCollectionByNameOrId("settings")
		if err != nil {
			return err
		}
		settings.Fields.RemoveByName("retention")
		if err := app.Save(settings); err != nil {
			return err
		}
		return deleteCollection(app, "erasures")
	})
}
