package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
	"github.com/pocketbase/pocketbase/tools/types"
)

// People have a neutral username, and an e-mail only if they want one. They
// sign in on our pages and nowhere else, so every door that PocketBase opens to
// `users` by itself is shut here.
func init() {
	m.Register(func(app core.App) error {
		users, err := app.FindCollectionByNameOrId("users")
		if err != nil {
			return err
		}
		users.ListRule, users.ViewRule, users.CreateRule = nil, nil, nil
		users.UpdateRule, users.DeleteRule = nil, nil
		users.AuthRule, users.ManageRule = nil, nil
		users.PasswordAuth.Enabled = false
		users.OAuth2.Enabled = false
		users.OTP.Enabled = false
		users.MFA.Enabled = false
		users.AuthAlert.Enabled = false

		users.Fields.RemoveByName("avatar") // people upload no pictures of themselves
		users.Fields.GetByName("email").(*core.EmailField).Required = false
		users.Fields.GetByName("name").(*core.TextField).Max = 100
		users.Fields.GetByName("password").(*core.PasswordField).Min = 12
		users.Fields.Add(
			// No "@": a username can then never be taken for an e-mail.
			&core.TextField{Name: "username", Required: true, Min: 2, Max: 64, Pattern: `^[a-z0-9][a-z0-9._-]*$`, Presentable: true},
			&core.TextField{Name: "language", Max: 35}, // BCP 47; empty for the browser's choice
			// What the person asked us to do differently, in their own words and sealed.
			&core.TextField{Name: "adjustments", Max: 40000, Hidden: true},
		)
		users.RemoveIndex("idx_email__pb_users_auth_")
		users.AddIndex("users_email", true, "email COLLATE NOCASE", "email != ''")
		users.AddIndex("users_username", true, "username COLLATE NOCASE", "")
		return app.Save(users)
	}, func(app core.App) error {
		users, err := app.FindCollectionByNameOrId("users")
		if err != nil {
			return err
		}
		users.RemoveIndex("users_username")
		users.RemoveIndex("users_email")
		users.AddIndex("idx_email__pb_users_auth_", true, "email", "email != ''")
		for _, name := range []string{"username", "language", "adjustments"} {
			users.Fields.RemoveByName(name)
		}
		users.Fields.GetByName("email").(*core.EmailField).Required = true
		users.Fields.GetByName("name").(*core.TextField).Max = 255
		users.Fields.GetByName("password").(*core.PasswordField).Min = 8
		users.AuthRule = types.Pointer("")
		users.PasswordAuth.Enabled = true
		users.AuthAlert.Enabled = true
		return app.Save(users) // its rules stay shut: going back opens no door
	})
}
