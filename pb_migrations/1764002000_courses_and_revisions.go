package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// Courses, their modules, and every text of theirs as a revision.
func init() {
	m.Register(func(app core.App) error {
		users, err := app.FindCollectionByNameOrId("users")
		if err != nil {
			return err
		}

		courses := core.NewBaseCollection("courses")
		courses.Fields.Add(
			&core.TextField{Name: "slug", Required: true, Max: 120},
			&core.TextField{Name: "language", Required: true, Max: 35},
			&core.TextField{Name: "title", Required: true, Max: 300},
			&core.TextField{Name: "summary", Max: 2000},
			&core.SelectField{Name: "origin", Required: true, MaxSelect: 1, Values: []string{"shipped", "imported", "written"}},
			&core.BoolField{Name: "open"},     // a learner may enrol without staff
			&core.BoolField{Name: "public"},   // guests may read it
			&core.BoolField{Name: "reviewed"}, // people here have signed it off
			// build changes with whatever a compiled module depends on beside
			// its own text: glossary, media, the addresses of other modules.
			&core.TextField{Name: "build", Required: true, Max: 15},
			&core.AutodateField{Name: "created", OnCreate: true},
			&core.AutodateField{Name: "updated", OnCreate: true, OnUpdate: true},
		)
		courses.AddIndex("courses_slug", true, "slug", "")
		if err := app.Save(courses); err != nil {
			return err
		}

		modules := core.NewBaseCollection("modules")
		modules.Fields.Add(
			&core.RelationField{Name: "course", Required: true, CollectionId: courses.Id, MaxSelect: 1, CascadeDelete: true},
			&core.TextField{Name: "slug", Required: true, Max: 200},
			&core.NumberField{Name: "position", OnlyInt: true},
			&core.AutodateField{Name: "created", OnCreate: true},
		)
		modules.AddIndex("modules_course_slug", true, "course, slug", "")
		if err := app.Save(modules); err != nil {
			return err
		}

		revisions := core.NewBaseCollection("revisions")
		revisions.Fields.Add(
			&core.RelationField{Name: "course", Required: true, CollectionId: courses.Id, MaxSelect: 1, CascadeDelete: true},
			&core.RelationField{Name: "module", CollectionId: modules.Id, MaxSelect: 1, CascadeDelete: true},
			&core.TextField{Name: "path", Required: true, Max: 1000},
			&core.SelectField{Name: "kind", Required: true, MaxSelect: 1, Values: []string{"course", "module", "glossary", "media", "other"}},
			&core.TextField{Name: "language", Max: 35},
			&core.TextField{Name: "text", Max: 300000}, // above courses.MaxFileBytes
			&core.TextField{Name: "sha256", Required: true, Max: 64},
			&core.SelectField{Name: "state", Required: true, MaxSelect: 1, Values: []string{"draft", "in review", "approved", "live", "replaced", "withdrawn"}},
			&core.RelationField{Name: "author", CollectionId: users.Id, MaxSelect: 1},
			&core.TextField{Name: "message", Max: 1000},
			&core.BoolField{Name: "hashes"}, // a `##` inside a fence is content: Carpentries lessons
			&core.JSONField{Name: "maps", MaxSize: 2 << 20},
			&core.AutodateField{Name: "created", OnCreate: true},
			&core.DateField{Name: "published"},
		)
		if err := app.Save(revisions); err != nil {
			return err
		}
		revisions.Fields.Add(
			&core.RelationField{Name: "previous", CollectionId: revisions.Id, MaxSelect: 1},
			&core.RelationField{Name: "source", CollectionId: revisions.Id, MaxSelect: 1}, // what a translation was made from
		)
		revisions.AddIndex("revisions_live_path", true, "course, path", "state = 'live'")
		revisions.AddIndex("revisions_live_module", true, "module, language", "state = 'live' AND module != ''")
		revisions.AddIndex("revisions_course", false, "course, path, created", "")
		revisions.AddIndex("revisions_module", false, "module, created", "")
		revisions.AddIndex("revisions_author", false, "author", "")
		revisions.AddIndex("revisions_previous", false, "previous", "")
		revisions.AddIndex("revisions_source", false, "source", "")
		if err := app.Save(revisions); err != nil {
			return err
		}

		media := core.NewBaseCollection("media")
		media.Fields.Add(
			&core.RelationField{Name: "course", Required: true, CollectionId: courses.Id, MaxSelect: 1, CascadeDelete: true},
			&core.TextField{Name: "path", Required: true, Max: 1000},
			&core.TextField{Name: "sha256", Required: true, Max: 64}, // of the file as it came
			&core.TextField{Name: "hash", Max: 32},                   // of what is served; empty where nothing is
			&core.TextField{Name: "type", Max: 100},                  // of what is served
			&core.NumberField{Name: "size", OnlyInt: true},           // of the file as it came, bytes
			&core.FileField{Name: "original", MaxSelect: 1, MaxSize: 64 << 20, Protected: true},
			&core.FileField{Name: "served", MaxSelect: 1, MaxSize: 64 << 20, Protected: true}, // empty where the original is served
			&core.BoolField{Name: "gone"},                                                     // left the folder; kept for revisions that show it
			&core.AutodateField{Name: "created", OnCreate: true},
		)
		media.AddIndex("media_course_path", true, "course, path", "gone = FALSE")
		media.AddIndex("media_hash", false, "hash", "")
		media.AddIndex("media_course", false, "course", "")
		return app.Save(media)
	}, func(app core.App) error {
		for _, name := range []string{"media", "revisions", "modules", "courses"} {
			collection, err := app.FindCollectionByNameOrId(name)
			if err != nil {
				return err
			}
			if name == "revisions" {
				collection.Fields.RemoveByName("previous")
				collection.Fields.RemoveByName("source")
				if err := app.Save(collection); err != nil {
					return err
				}
			}
			if err := app.Delete(collection); err != nil {
				return err
			}
		}
		return nil
	})
}
