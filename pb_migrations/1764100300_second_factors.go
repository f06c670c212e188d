package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// What staff prove besides their password: a code of an app on their phone, or
// one of the recovery codes that they wrote down.
func init() {
	m.Register(func(app core.App) error {
		users, err := app.FindCollectionByNameOrId("users")
		if err != nil {
			return err
		}
		factors := core.NewBaseCollection("second_factors")
		factors.Fields.Add(
			&core.RelationField{Name: "user", Required: true, CollectionId: users.Id, MaxSelect: 1, CascadeDelete: true},
			&core.TextField{Name: "sealed", Required: true, Max: 2000, Hidden: true}, // the TOTP secret, sealed for its owner
			&core.NumberField{Name: "step", OnlyInt: true},                           // the last time step that was taken: none is taken twice
			&core.DateField{Name: "confirmed"},                                       // empty until a code was right
			&core.AutodateField{Name: "created", OnCreate: true},
		)
		factors.AddIndex("second_factors_user", true, "user", "")
		if err := app.Save(factors); err != nil {
			return err
		}
		codes := core.NewBaseCollection("recovery_codes")
		codes.Fields.Add(
			&core.RelationField{Name: "user", Required: true, CollectionId: users.Id, MaxSelect: 1, CascadeDelete: true},
			&core.TextField{Name: "code", Required: true, Min: 64, Max: 64, Hidden: true}, // SHA-256, hexadecimal
			&core.DateField{Name: "used"},
			&core.AutodateField{Name: "created", OnCreate: true},
		)
		codes.AddIndex("recovery_codes_user_code", true, "user, code", "")
		return app.Save(codes)
	}, func(app core.App) error {
		if err := deleteCollection(app, "recovery_codes"); err != nil {
			return err
		}
		return deleteCollection(app, "second_factors")
	})
}
