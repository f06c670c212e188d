package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// Mail that is to go out, and whether somebody wants any. There is no text in a
// row: what a mail says is made when it goes.
func init() {
	m.Register(func(app core.App) error {
		users, err := app.FindCollectionByNameOrId("users")
		if err != nil {
			return err
		}
		users.Fields.Add(
			&core.BoolField{Name: "no_digest"},           // they turned the daily mail off
			&core.TextField{Name: "quiet_from", Max: 5},  // 22:00, by the site's clock; empty for none
			&core.TextField{Name: "quiet_until", Max: 5}, // 07:00
		)
		if err := app.Save(users); err != nil {
			return err
		}

		outbox := core.NewBaseCollection("outbox")
		outbox.Fields.Add(
			&core.RelationField{Name: "person", Required: true, CollectionId: users.Id, MaxSelect: 1, CascadeDelete: true},
			&core.TextField{Name: "kind", Required: true, Max: 40},  // digest, urgent
			&core.TextField{Name: "once", Required: true, Max: 100}, // what makes it one mail and not two
			&core.SelectField{Name: "state", Required: true, MaxSelect: 1, Values: []string{"waiting", "sent", "stuck", "dropped"}},
			&core.DateField{Name: "due", Required: true}, // when it is tried next
			&core.NumberField{Name: "tries", OnlyInt: true},
			&core.TextField{Name: "trouble", Max: 40}, // a word for why it did not go, never an address
			&core.DateField{Name: "sent"},
			&core.AutodateField{Name: "created", OnCreate: true},
			&core.AutodateField{Name: "updated", OnCreate: true, OnUpdate: true},
		)
		outbox.AddIndex("outbox_once", true, "once", "")
		outbox.AddIndex("outbox_due", false, "due", "state = 'waiting'")
		outbox.AddIndex("outbox_person", false, "person", "")
		return app.Save(outbox)
	}, func(app core.App) error {
		if err := deleteCollection(app, "outbox"); err != nil {
			return err
		}
		return removeFields(app, "users", "no_digest", "quiet_from", "quiet_until")
	})
}
