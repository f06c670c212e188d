package pb_migrations

import (
	"slices"

	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// Cards, and other ways in that staff hand out. None of their secrets is here:
// what is long and random is hashed fast, what is short is hashed as a password.
func init() {
	m.Register(func(app core.App) error {
		users, err := app.FindCollectionByNameOrId("users")
		if err != nil {
			return err
		}

		cards := core.NewBaseCollection("cards")
		cards.Fields.Add(
			&core.RelationField{Name: "user", Required: true, CollectionId: users.Id, MaxSelect: 1, CascadeDelete: true},
			&core.TextField{Name: "secret", Required: true, Min: 64, Max: 64, Hidden: true}, // SHA-256 of what the QR holds, hexadecimal
			&core.TextField{Name: "words", Required: true, Max: 100, Hidden: true},          // bcrypt of the three words
			&core.TextField{Name: "pin", Required: true, Max: 100, Hidden: true},            // bcrypt
			// The learner chose their PIN; until then it is the printed one.
			&core.BoolField{Name: "own_pin"},
			&core.SelectField{Name: "state", Required: true, MaxSelect: 1, Values: []string{"active", "locked", "void", "expired"}},
			&core.NumberField{Name: "wrong", OnlyInt: true}, // PINs since one was right: they lock it
			&core.DateField{Name: "expires", Required: true},
			&core.DateField{Name: "used"},  // last signed in with, to the day
			&core.DateField{Name: "ended"}, // since when it opens nothing any more: void, replaced
			&core.TextField{Name: "made_by", Max: 15},
			&core.AutodateField{Name: "created", OnCreate: true},
			&core.AutodateField{Name: "updated", OnCreate: true, OnUpdate: true},
		)
		cards.AddIndex("cards_secret", true, "secret", "")
		cards.AddIndex("cards_user", false, "user, state", "")
		cards.AddIndex("cards_one_in_use", true, "user", "ended = ''")
		cards.AddIndex("cards_expires", false, "expires", "")
		if err := app.Save(cards); err != nil {
			return err
		}

		codes := core.NewBaseCollection("codes")
		codes.Fields.Add(
			&core.RelationField{Name: "user", Required: true, CollectionId: users.Id, MaxSelect: 1, CascadeDelete: true},
			// room is typed on the spot and lasts minutes; link lets somebody set
			// their first password, or a new one.
			&core.SelectField{Name: "kind", Required: true, MaxSelect: 1, Values: []string{"room", "link"}},
			&core.TextField{Name: "secret", Required: true, Max: 100, Hidden: true}, // SHA-256 of a link, bcrypt of a code
			&core.DateField{Name: "expires", Required: true},
			&core.DateField{Name: "used"},
			&core.TextField{Name: "made_by", Max: 15},
			&core.AutodateField{Name: "created", OnCreate: true},
		)
		codes.AddIndex("codes_secret", true, "secret", "")
		codes.AddIndex("codes_user", false, "user, kind, used", "")
		codes.AddIndex("codes_expires", false, "expires", "")
		if err := app.Save(codes); err != nil {
			return err
		}

		sessions, err := app.FindCollectionByNameOrId("sessions")
		if err != nil {
			return err
		}
		sessions.Fields.Add(
			&core.SelectField{Name: "how", MaxSelect: 1, Values: []string{"password", "card", "words", "code", "link"}},
			&core.BoolField{Name: "second"},        // a second factor was given
			&core.BoolField{Name: "closed"},        // no secret of their own was given: text kept only for them stays closed
			&core.TextField{Name: "with", Max: 15}, // the member of staff whose code it was
		)
		why := sessions.Fields.GetByName("why").(*core.SelectField)
		why.Values = append(slices.Clone(why.Values), "card", "role", "second")
		if err := app.Save(sessions); err != nil {
			return err
		}

		users.Fields.Add(
			// Since when text that is kept only for them stays closed, because staff
			// replaced what they sign in with; and who did.
			&core.DateField{Name: "closed"},
			&core.TextField{Name: "closed_by", Max: 15},
			&core.TextField{Name: "former_pin", Max: 100, Hidden: true}, // bcrypt of their own PIN before
			&core.BoolField{Name: "own_password"},                       // they chose a password themselves
		)
		if err := app.Save(users); err != nil {
			return err
		}
		// Whoever was here before cards chose their own.
		_, err = app.NonconcurrentDB().NewQuery("UPDATE users SET own_password = 1").Execute()
		return err
	}, func(app core.App) error {
		users, err := app.FindCollectionByNameOrId("users")
		if err != nil {
			return err
		}
		for _, name := range []string{"closed", "closed_by", "former_pin", "own_password"} {
			users.Fields.RemoveByName(name)
		}
		if err := app.Save(users); err != nil {
			return err
		}
		sessions, err := app.FindCollectionByNameOrId("sessions")
		if err != nil {
			return err
		}
		for _, name := range []string{"how", "second", "closed", "with"} {
			sessions.Fields.RemoveByName(name)
		}
		if err := app.Save(sessions); err != nil {
			return err
		}
		if err := deleteCollection(app, "codes"); err != nil {
			return err
		}
		return deleteCollection(app, "cards")
	})
}
