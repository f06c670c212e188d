package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// Where people meet, and who walks beside whom. A learner who needs a break is
// paused in their membership: nobody looks for them until they are back.
func init() {
	m.Register(func(app core.App) error {
		users, err := app.FindCollectionByNameOrId("users")
		if err != nil {
			return err
		}
		programmes, err := app.FindCollectionByNameOrId("programmes")
		if err != nil {
			return err
		}

		places := core.NewBaseCollection("places")
		places.Fields.Add(
			&core.RelationField{Name: "programme", Required: true, CollectionId: programmes.Id, MaxSelect: 1},
			&core.TextField{Name: "name", Required: true, Max: 100, Presentable: true},
			&core.TextField{Name: "address", Max: 300},
			&core.TextField{Name: "hours", Max: 300}, // when it is open, in plain words
			&core.DateField{Name: "ended"},
			&core.AutodateField{Name: "created", OnCreate: true},
			&core.AutodateField{Name: "updated", OnCreate: true, OnUpdate: true},
		)
		places.AddIndex("places_programme_name", true, "programme, name", "")
		if err := app.Save(places); err != nil {
			return err
		}

		cohorts, err := app.FindCollectionByNameOrId("cohorts")
		if err != nil {
			return err
		}
		cohorts.Fields.Add(&core.RelationField{Name: "place", CollectionId: places.Id, MaxSelect: 1})
		cohorts.AddIndex("cohorts_place", false, "place", "")
		if err := app.Save(cohorts); err != nil {
			return err
		}

		memberships, err := app.FindCollectionByNameOrId("memberships")
		if err != nil {
			return err
		}
		memberships.Fields.Add(
			&core.DateField{Name: "paused"},  // since when; empty while they are not
			&core.DateField{Name: "resumes"}, // by when they want to be back; may be empty
		)
		if err := app.Save(memberships); err != nil {
			return err
		}

		assignments := core.NewBaseCollection("assignments")
		assignments.Fields.Add(
			&core.RelationField{Name: "learner", Required: true, CollectionId: users.Id, MaxSelect: 1, CascadeDelete: true},
			&core.RelationField{Name: "worker", Required: true, CollectionId: users.Id, MaxSelect: 1, CascadeDelete: true},
			&core.SelectField{Name: "role", Required: true, MaxSelect: 1, Values: []string{"mentor", "facilitator"}}, // what the worker is to them
			&core.RelationField{Name: "programme", Required: true, CollectionId: programmes.Id, MaxSelect: 1},
			&core.DateField{Name: "starts", Required: true},
			&core.DateField{Name: "ends"}, // empty while it holds
			&core.AutodateField{Name: "created", OnCreate: true},
			&core.AutodateField{Name: "updated", OnCreate: true, OnUpdate: true},
		)
		assignments.AddIndex("assignments_once", true, "learner, worker, role, programme", "ends = ''")
		assignments.AddIndex("assignments_learner", false, "learner, ends", "")
		assignments.AddIndex("assignments_worker", false, "worker, programme, role, ends", "")
		assignments.AddIndex("assignments_programme", false, "programme", "")
		return app.Save(assignments)
	}, func(app core.App) error {
		if err := deleteCollection(app, "assignments"); err != nil {
			return err
		}
		memberships, err := app.FindCollectionByNameOrId("memberships")
		if err != nil {
			return err
		}
		memberships.Fields.RemoveByName("paused")
		memberships.Fields.RemoveByName("resumes")
		if err := app.Save(memberships); err != nil {
			return err
		}
		cohorts, err := app.FindCollectionByNameOrId("cohorts")
		if err != nil {
			return err
		}
		cohorts.RemoveIndex("cohorts_place")
		cohorts.Fields.RemoveByName("place")
		if err := app.Save(cohorts); err != nil {
			return err
		}
		return deleteCollection(app, "places")
	})
}
