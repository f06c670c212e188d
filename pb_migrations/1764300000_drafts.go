package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// Texts that somebody is writing: whose they are, and every state that was saved.
// A course is a programme's or, without one, the site's.
func init() {
	m.Register(func(app core.App) error {
		of, err := collections(app, "users", "programmes", "courses", "modules", "revisions")
		if err != nil {
			return err
		}
		courses := of["courses"]
		courses.Fields.Add(
			&core.RelationField{Name: "programme", CollectionId: of["programmes"].Id, MaxSelect: 1},
			&core.SelectField{Name: "asks", MaxSelect: 1, Values: []string{"plain"}}, // kinds of sign-off that it asks for besides
		)
		courses.AddIndex("courses_programme", false, "programme", "")
		if err := app.Save(courses); err != nil {
			return err
		}

		drafts := core.NewBaseCollection("drafts")
		drafts.Fields.Add(
			&core.RelationField{Name: "course", Required: true, CollectionId: courses.Id, MaxSelect: 1, CascadeDelete: true},
			&core.RelationField{Name: "module", CollectionId: of["modules"].Id, MaxSelect: 1, CascadeDelete: true}, // none while its module is new
			&core.TextField{Name: "path", Required: true, Max: 1000},
			&core.SelectField{Name: "kind", Required: true, MaxSelect: 1, Values: []string{"course", "module", "glossary"}},
			&core.TextField{Name: "language", Required: true, Max: 35},
			&core.TextField{Name: "title", Max: 300}, // of the newest state, for lists
			&core.RelationField{Name: "owner", CollectionId: of["users"].Id, MaxSelect: 1},
			&core.RelationField{Name: "base", CollectionId: of["revisions"].Id, MaxSelect: 1}, // live text that it began from, or was last brought up to
			&core.SelectField{Name: "state", Required: true, MaxSelect: 1, Values: []string{"open", "in review", "approved", "live", "dropped"}},
			&core.NumberField{Name: "head", OnlyInt: true},                                        // number of the newest state
			&core.RelationField{Name: "revision", CollectionId: of["revisions"].Id, MaxSelect: 1}, // newest version
			&core.DateField{Name: "goes_live"},                                                    // when its version is to go live by itself
			&core.RelationField{Name: "goes_live_by", CollectionId: of["users"].Id, MaxSelect: 1}, // who set that hour; once it is live, by whose hand, none where by itself
			&core.DateField{Name: "missed"},                                                       // when it was to go live by itself, and did not: something that it needs was missing
			&core.AutodateField{Name: "created", OnCreate: true},
			&core.AutodateField{Name: "updated", OnCreate: true, OnUpdate: true},
		)
		drafts.AddIndex("drafts_at_work", true, "course, path", "state != 'live' AND state != 'dropped'")
		drafts.AddIndex("drafts_course", false, "course", "")
		drafts.AddIndex("drafts_module", false, "module", "")
		drafts.AddIndex("drafts_owner", false, "owner", "")
		drafts.AddIndex("drafts_base", false, "base", "")
		drafts.AddIndex("drafts_revision", false, "revision", "")
		drafts.AddIndex("drafts_goes_live", false, "goes_live", "goes_live != ''")
		drafts.AddIndex("drafts_goes_live_by", false, "goes_live_by", "")
		if err := app.Save(drafts); err != nil {
			return err
		}

		states := core.NewBaseCollection("draft_states")
		states.Fields.Add(
			&core.RelationField{Name: "draft", Required: true, CollectionId: drafts.Id, MaxSelect: 1, CascadeDelete: true},
			&core.NumberField{Name: "number", Required: true, OnlyInt: true}, // from 1
			&core.NumberField{Name: "after", OnlyInt: true},                  // number of the state that it was made from; 0 for none
			&core.BoolField{Name: "aside"},                                   // kept, and not what the draft is now: something else was saved meanwhile, or most of the text was gone
			&core.TextField{Name: "text", Max: 300000},                       // above courses.MaxFileBytes
			&core.TextField{Name: "sha256", Required: true, Max: 64},
			&core.RelationField{Name: "by", CollectionId: of["users"].Id, MaxSelect: 1},
			&core.TextField{Name: "page", Max: 32}, // what the open page that saved it is called
			&core.SelectField{Name: "how", Required: true, MaxSelect: 1, Values: []string{"begun", "typed", "saved", "joined", "restored", "fixed", "taken", "added", "came", "left"}},
			&core.RelationField{Name: "revision", CollectionId: of["revisions"].Id, MaxSelect: 1}, // the version that it became
			&core.AutodateField{Name: "created", OnCreate: true},
		)
		states.AddIndex("draft_states_number", true, "draft, number", "")
		states.AddIndex("draft_states_by", false, "by", "")
		states.AddIndex("draft_states_revision", false, "revision", "")
		if err := app.Save(states); err != nil {
			return err
		}

		writers := core.NewBaseCollection("writers")
		writers.Fields.Add(
			&core.RelationField{Name: "draft", Required: true, CollectionId: drafts.Id, MaxSelect: 1, CascadeDelete: true},
			&core.RelationField{Name: "person", Required: true, CollectionId: of["users"].Id, MaxSelect: 1, CascadeDelete: true},
			&core.AutodateField{Name: "created", OnCreate: true},
		)
		writers.AddIndex("writers_once", true, "draft, person", "")
		writers.AddIndex("writers_person", false, "person", "")
		return app.Save(writers)
	}, func(app core.App) error {
		for _, name := range []string{"writers", "draft_states", "drafts"} {
			if err := deleteCollection(app, name); err != nil {
				return err
			}
		}
		courses, err := app.FindCollectionByNameOrId("courses")
		if err != nil {
			return err
		}
		courses.RemoveIndex("courses_programme")
		courses.Fields.RemoveByName("programme")
		courses.Fields.RemoveByName("asks")
		return app.Save(courses)
	})
}
