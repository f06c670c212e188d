package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// What learners let others read, and what is written to and fro about it. What a
// reader sees is a text of its own, sealed for that reader: the learner's own text
// stays as it was.
func init() {
	m.Register(func(app core.App) error {
		of, err := collections(app, "users", "programmes", "reflections")
		if err != nil {
			return err
		}
		reflections := of["reflections"]
		reflections.Fields.Add(&core.SelectField{Name: "how", MaxSelect: 1, Values: []string{"voice", "paper"}}) // empty for typed
		if err := app.Save(reflections); err != nil {
			return err
		}

		shares := core.NewBaseCollection("shares")
		shares.Fields.Add(
			&core.RelationField{Name: "reflection", Required: true, CollectionId: reflections.Id, MaxSelect: 1, CascadeDelete: true},
			&core.RelationField{Name: "learner", Required: true, CollectionId: of["users"].Id, MaxSelect: 1, CascadeDelete: true},
			&core.RelationField{Name: "reader", CollectionId: of["users"].Id, MaxSelect: 1},
			&core.SelectField{Name: "role", Required: true, MaxSelect: 1, Values: []string{"mentor", "facilitator"}}, // what the reader was to them
			&core.RelationField{Name: "programme", Required: true, CollectionId: of["programmes"].Id, MaxSelect: 1},
			&core.TextField{Name: "sealed", Max: 600000}, // what the reader sees; empty once it was withdrawn
			&core.DateField{Name: "shared", Required: true},
			&core.DateField{Name: "promised"},  // by when the learner was told to expect an answer
			&core.DateField{Name: "seen"},      // by the reader, first
			&core.DateField{Name: "answered"},  // by the reader, last
			&core.DateField{Name: "waits"},     // since when it is the reader's turn; empty while it is not
			&core.DateField{Name: "withdrawn"}, // empty while the reader may read it
			&core.BoolField{Name: "talk"},      // the reader would like to talk
			&core.TextField{Name: "mac", Max: 100},
			&core.AutodateField{Name: "created", OnCreate: true},
			&core.AutodateField{Name: "updated", OnCreate: true, OnUpdate: true},
		)
		shares.AddIndex("shares_once", true, "reflection, reader", "")
		shares.AddIndex("shares_waiting", false, "reader, waits", "waits != ''")
		shares.AddIndex("shares_reader", false, "reader, learner, shared", "")
		shares.AddIndex("shares_learner", false, "learner, shared", "")
		shares.AddIndex("shares_programme", false, "programme", "")
		if err := app.Save(shares); err != nil {
			return err
		}

		replies := core.NewBaseCollection("replies")
		replies.Fields.Add(
			&core.RelationField{Name: "share", Required: true, CollectionId: shares.Id, MaxSelect: 1, CascadeDelete: true},
			&core.RelationField{Name: "writer", CollectionId: of["users"].Id, MaxSelect: 1},
			&core.SelectField{Name: "state", Required: true, MaxSelect: 1, Values: []string{"draft", "sent"}},
			&core.TextField{Name: "sealed", Max: 100000},
			&core.DateField{Name: "sent"},
			&core.DateField{Name: "seen"}, // by the other
			&core.AutodateField{Name: "created", OnCreate: true},
			&core.AutodateField{Name: "updated", OnCreate: true, OnUpdate: true},
		)
		replies.AddIndex("replies_draft", true, "share, writer", "state = 'draft'")
		replies.AddIndex("replies_share", false, "share, sent", "")
		replies.AddIndex("replies_writer", false, "writer, state", "")
		return app.Save(replies)
	}, func(app core.App) error {
		for _, name := range []string{"replies", "shares"} {
			if err := deleteCollection(app, name); err != nil {
				return err
			}
		}
		return removeFields(app, "reflections", "how")
	})
}
