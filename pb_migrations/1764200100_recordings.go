package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// What somebody said. The sound is a sealed file in a folder of its own; the row
// says what it belongs to, which is exactly one of three.
func init() {
	m.Register(func(app core.App) error {
		of, err := collections(app, "users", "reflections", "shares", "replies")
		if err != nil {
			return err
		}
		recordings := core.NewBaseCollection("recordings")
		recordings.Fields.Add(
			&core.RelationField{Name: "owner", Required: true, CollectionId: of["users"].Id, MaxSelect: 1, CascadeDelete: true}, // the learner, under whose key it is sealed
			&core.RelationField{Name: "maker", CollectionId: of["users"].Id, MaxSelect: 1},                                      // who speaks
			&core.RelationField{Name: "reflection", CollectionId: of["reflections"].Id, MaxSelect: 1, CascadeDelete: true},
			&core.RelationField{Name: "share", CollectionId: of["shares"].Id, MaxSelect: 1, CascadeDelete: true},
			&core.RelationField{Name: "reply", CollectionId: of["replies"].Id, MaxSelect: 1, CascadeDelete: true},
			&core.TextField{Name: "type", Required: true, Max: 60}, // as a browser knows it: audio/webm
			&core.NumberField{Name: "seconds", OnlyInt: true},      // 0 where nobody knows
			&core.NumberField{Name: "bytes", OnlyInt: true},        // of the sound
			&core.TextField{Name: "file", Required: true, Max: 60}, // its name, which says nothing
			&core.AutodateField{Name: "created", OnCreate: true},
			&core.AutodateField{Name: "updated", OnCreate: true, OnUpdate: true},
		)
		recordings.AddIndex("recordings_file", true, "file", "")
		recordings.AddIndex("recordings_owner", false, "owner", "")
		recordings.AddIndex("recordings_maker", false, "maker", "")
		recordings.AddIndex("recordings_reflection", false, "reflection", "")
		recordings.AddIndex("recordings_share", false, "share", "")
		recordings.AddIndex("recordings_reply", false, "reply", "")
		return app.Save(recordings)
	}, func(app core.App) error {
		return deleteCollection(app, "recordings")
	})
}
