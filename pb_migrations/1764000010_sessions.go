package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// One row for each device that somebody is signed in on. The token itself is
// in the browser's cookie only.
func init() {
	m.Register(func(app core.App) error {
		users, err := app.FindCollectionByNameOrId("users")
		if err != nil {
			return err
		}
		sessions := core.NewBaseCollection("sessions")
		sessions.Fields.Add(
			&core.TextField{Name: "token", Required: true, Min: 64, Max: 64, Hidden: true}, // SHA-256, hexadecimal
			&core.RelationField{Name: "user", Required: true, CollectionId: users.Id, MaxSelect: 1, CascadeDelete: true},
			&core.BoolField{Name: "own_device"},       // "this is my own phone"
			&core.TextField{Name: "browser", Max: 40}, // a product's name, or empty
			&core.TextField{Name: "system", Max: 40},  // a product's name, or empty
			&core.DateField{Name: "last_seen"},        // within a minute
			&core.DateField{Name: "expires"},          // if nothing happens
			&core.DateField{Name: "ended"},            // empty while it holds
			&core.SelectField{Name: "why", MaxSelect: 1, // it ended
				Values: []string{"signed-out", "left", "idle", "elsewhere", "replaced", "password"}},
			&core.AutodateField{Name: "created", OnCreate: true},
		)
		sessions.AddIndex("sessions_token", true, "token", "")
		sessions.AddIndex("sessions_user", false, "user, ended", "")
		sessions.AddIndex("sessions_expires", false, "expires", "")
		return app.Save(sessions)
	}, func(app core.App) error {
		return deleteCollection(app, "sessions")
	})
}
