package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// Safeguarding records, apart from everything else: each under a key of its own.
func init() {
	m.Register(func(app core.App) error {
		of, err := collections(app, "users", "programmes", "shares")
		if err != nil {
			return err
		}
		concerns := core.NewBaseCollection("concerns")
		concerns.Fields.Add(
			&core.RelationField{Name: "programme", Required: true, CollectionId: of["programmes"].Id, MaxSelect: 1},
			&core.RelationField{Name: "about", CollectionId: of["users"].Id, MaxSelect: 1},     // the learner; empty where it is about nobody here
			&core.RelationField{Name: "staff", CollectionId: of["users"].Id, MaxSelect: 1},     // of whom it speaks, and from whom it is hidden
			&core.RelationField{Name: "raised_by", CollectionId: of["users"].Id, MaxSelect: 1}, // kept as an id
			&core.RelationField{Name: "share", CollectionId: of["shares"].Id, MaxSelect: 1},    // what it came from, which it links to and copies nothing of
			&core.SelectField{Name: "state", Required: true, MaxSelect: 1, Values: []string{"draft", "raised", "acknowledged", "decided", "actions", "closed"}},
			&core.TextField{Name: "sealed", Max: 200000},
			&core.DateField{Name: "raised"}, // when the clock started
			&core.DateField{Name: "acknowledged"},
			&core.DateField{Name: "decided"},
			&core.DateField{Name: "closed"},
			&core.DateField{Name: "review"}, // when it is looked at again
			&core.AutodateField{Name: "created", OnCreate: true},
			&core.AutodateField{Name: "updated", OnCreate: true, OnUpdate: true},
		)
		concerns.AddIndex("concerns_programme", false, "programme, state", "")
		concerns.AddIndex("concerns_about", false, "about", "")
		concerns.AddIndex("concerns_staff", false, "staff", "")
		concerns.AddIndex("concerns_raised_by", false, "raised_by, state", "")
		concerns.AddIndex("concerns_share", false, "share", "")
		if err := app.Save(concerns); err != nil {
			return err
		}

		acts := core.NewBaseCollection("concern_acts")
		acts.Fields.Add(
			&core.RelationField{Name: "concern", Required: true, CollectionId: concerns.Id, MaxSelect: 1, CascadeDelete: true},
			&core.RelationField{Name: "actor", CollectionId: of["users"].Id, MaxSelect: 1},
			&core.SelectField{Name: "kind", Required: true, MaxSelect: 1, Values: []string{"acknowledged", "decided", "actions", "closed", "note", "told"}},
			&core.TextField{Name: "sealed", Max: 100000}, // the reasons; of told what the person is told
			&core.DateField{Name: "at", Required: true},
			&core.AutodateField{Name: "created", OnCreate: true},
			&core.AutodateField{Name: "updated", OnCreate: true, OnUpdate: true},
		)
		acts.AddIndex("concern_acts_concern", false, "concern, at", "")
		acts.AddIndex("concern_acts_actor", false, "actor", "")
		return app.Save(acts)
	}, func(app core.App) error {
		for _, name := range []string{"concern_acts", "concerns"} {
			if err := deleteCollection(app, name); err != nil {
				return err
			}
		}
		return nil
	})
}
