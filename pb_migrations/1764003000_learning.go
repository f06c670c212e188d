package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// Who takes which course, how far they are, and what they gave.
//
// The ids of these rows are made from what makes the row unique (learning's
// rowID), so that a row's id is known, and can be authenticated with sealed
// text, before the row is there.
func init() {
	m.Register(func(app core.App) error {
		users, err := app.FindCollectionByNameOrId("users")
		if err != nil {
			return err
		}
		courses, err := app.FindCollectionByNameOrId("courses")
		if err != nil {
			return err
		}
		modules, err := app.FindCollectionByNameOrId("modules")
		if err != nil {
			return err
		}
		revisions, err := app.FindCollectionByNameOrId("revisions")
		if err != nil {
			return err
		}

		enrolments := core.NewBaseCollection("enrolments")
		enrolments.Fields.Add(
			&core.RelationField{Name: "user", Required: true, CollectionId: users.Id, MaxSelect: 1, CascadeDelete: true},
			&core.RelationField{Name: "course", Required: true, CollectionId: courses.Id, MaxSelect: 1},
			&core.SelectField{Name: "state", Required: true, MaxSelect: 1, Values: []string{"active", "paused", "finished", "left"}},
			&core.DateField{Name: "finished"},
			&core.AutodateField{Name: "created", OnCreate: true},
			&core.AutodateField{Name: "updated", OnCreate: true, OnUpdate: true},
		)
		enrolments.AddIndex("enrolments_user_course", true, "user, course", "")
		enrolments.AddIndex("enrolments_course", false, "course", "")
		if err := app.Save(enrolments); err != nil {
			return err
		}

		ofModule := func() []core.Field {
			return []core.Field{
				&core.RelationField{Name: "enrolment", Required: true, CollectionId: enrolments.Id, MaxSelect: 1, CascadeDelete: true},
				&core.RelationField{Name: "module", Required: true, CollectionId: modules.Id, MaxSelect: 1},
				&core.RelationField{Name: "revision", Required: true, CollectionId: revisions.Id, MaxSelect: 1},
				&core.AutodateField{Name: "created", OnCreate: true},
				&core.AutodateField{Name: "updated", OnCreate: true, OnUpdate: true},
			}
		}

		progress := core.NewBaseCollection("progress")
		progress.Fields.Add(ofModule()...)
		progress.Fields.Add(
			&core.JSONField{Name: "done", MaxSize: 64 << 10}, // ids of steps, as of `revision`
			&core.TextField{Name: "last", Max: 200},          // id of the step to go on with
			&core.DateField{Name: "completed"},               // earned once, never taken away
		)
		progress.AddIndex("progress_enrolment_module", true, "enrolment, module", "")
		progress.AddIndex("progress_latest", false, "enrolment, updated", "")
		progress.AddIndex("progress_module", false, "module", "")
		progress.AddIndex("progress_revision", false, "revision", "")
		if err := app.Save(progress); err != nil {
			return err
		}

		answers := core.NewBaseCollection("answers")
		answers.Fields.Add(ofModule()...)
		answers.Fields.Add(
			&core.TextField{Name: "activity", Required: true, Max: 200},
			&core.JSONField{Name: "positions", MaxSize: 64 << 10}, // of courses.Answer, as of `revision`
			&core.TextField{Name: "sealed", Max: 600000},          // what was typed
			&core.NumberField{Name: "tries", OnlyInt: true},
			&core.BoolField{Name: "tried"}, // as it stands it was handed in, so its feedback shows
		)
		answers.AddIndex("answers_activity", true, "enrolment, module, activity", "")
		answers.AddIndex("answers_module", false, "module, activity", "")
		answers.AddIndex("answers_revision", false, "revision", "")
		if err := app.Save(answers); err != nil {
			return err
		}

		history := core.NewBaseCollection("answer_history")
		history.Fields.Add(
			&core.RelationField{Name: "answer", Required: true, CollectionId: answers.Id, MaxSelect: 1, CascadeDelete: true},
			&core.RelationField{Name: "revision", Required: true, CollectionId: revisions.Id, MaxSelect: 1},
			&core.JSONField{Name: "positions", MaxSize: 64 << 10},
			&core.TextField{Name: "sealed", Max: 600000}, // sealed for the row in `answers`
			&core.AutodateField{Name: "created", OnCreate: true},
		)
		history.AddIndex("answer_history_answer", false, "answer, created", "")
		history.AddIndex("answer_history_revision", false, "revision", "")
		return app.Save(history)
	}, func(app core.App) error {
		for _, name := range []string{"answer_history", "answers", "progress", "enrolments"} {
			collection, err := app.FindCollectionByNameOrId(name)
			if err != nil {
				return err
			}
			if err := app.Delete(collection); err != nil {
				return err
			}
		}
		return nil
	})
}
