package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// What a programme promises about answers, and when somebody who answers is away.
func init() {
	m.Register(func(app core.App) error {
		of, err := collections(app, "users", "programmes")
		if err != nil {
			return err
		}
		programmes := of["programmes"]
		programmes.Fields.Add(
			&core.NumberField{Name: "reply_days", OnlyInt: true},                             // within which an answer is promised; 0 for the usual
			&core.RelationField{Name: "on_call", CollectionId: of["users"].Id, MaxSelect: 1}, // who is flagged when somebody needs help now
		)
		programmes.AddIndex("programmes_on_call", false, "on_call", "")
		if err := app.Save(programmes); err != nil {
			return err
		}

		absences := core.NewBaseCollection("absences")
		absences.Fields.Add(
			&core.RelationField{Name: "worker", Required: true, CollectionId: of["users"].Id, MaxSelect: 1, CascadeDelete: true},
			&core.RelationField{Name: "programme", Required: true, CollectionId: programmes.Id, MaxSelect: 1},
			&core.RelationField{Name: "cover", CollectionId: of["users"].Id, MaxSelect: 1}, // with whom learners may share meanwhile
			&core.DateField{Name: "starts", Required: true},
			&core.DateField{Name: "ends", Required: true},
			&core.AutodateField{Name: "created", OnCreate: true},
			&core.AutodateField{Name: "updated", OnCreate: true, OnUpdate: true},
		)
		absences.AddIndex("absences_worker", false, "worker, ends", "")
		absences.AddIndex("absences_cover", false, "cover, ends", "")
		absences.AddIndex("absences_programme", false, "programme", "")
		return app.Save(absences)
	}, func(app core.App) error {
		if err := deleteCollection(app, "absences"); err != nil {
			return err
		}
		programmes, err := app.FindCollectionByNameOrId("programmes")
		if err != nil {
			return err
		}
		programmes.RemoveIndex("programmes_on_call")
		programmes.Fields.RemoveByName("on_call")
		programmes.Fields.RemoveByName("reply_days")
		return app.Save(programmes)
	})
}
