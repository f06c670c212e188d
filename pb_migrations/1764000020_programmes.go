package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// Who pays and why. Being in some programmes is itself private, so what a card,
// a title or an export says of one is its label, which gives nothing away.
func init() {
	m.Register(func(app core.App) error {
		programmes := core.NewBaseCollection("programmes")
		programmes.Fields.Add(
			&core.TextField{Name: "name", Required: true, Max: 200},
			&core.TextField{Name: "label", Required: true, Max: 100, Presentable: true},
			&core.DateField{Name: "starts"},
			&core.DateField{Name: "ends"},
			&core.AutodateField{Name: "created", OnCreate: true},
			&core.AutodateField{Name: "updated", OnCreate: true, OnUpdate: true},
		)
		programmes.AddIndex("programmes_label", true, "label", "")
		return app.Save(programmes)
	}, func(app core.App) error {
		return deleteCollection(app, "programmes")
	})
}
