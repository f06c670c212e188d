package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// Whom a part of a course is from, how they want to be named and what they agreed
// to; and paid work that was offered.
func init() {
	m.Register(func(app core.App) error {
		of, err := collections(app, "users", "courses", "drafts")
		if err != nil {
			return err
		}
		contributions := core.NewBaseCollection("contributions")
		contributions.Fields.Add(
			&core.RelationField{Name: "course", Required: true, CollectionId: of["courses"].Id, MaxSelect: 1, CascadeDelete: true},
			&core.TextField{Name: "path", Required: true, Max: 1000}, // of the text
			&core.TextField{Name: "story", Max: 64},                  // id of the story in it; "" for work on the whole text
			&core.RelationField{Name: "person", CollectionId: of["users"].Id, MaxSelect: 1},
			&core.RelationField{Name: "asked_by", CollectionId: of["users"].Id, MaxSelect: 1},
			&core.SelectField{Name: "what", Required: true, MaxSelect: 1, Values: []string{"story", "words", "review", "translation", "picture", "recording", "said"}},
			&core.SelectField{Name: "how", Required: true, MaxSelect: 1, Values: []string{"here", "paper", "invented"}}, // how they agreed; invented: it is nobody's
			&core.TextField{Name: "paper", Max: 500},                                                                    // where the signed sheet is kept
			&core.RelationField{Name: "draft", CollectionId: of["drafts"].Id, MaxSelect: 1},
			&core.NumberField{Name: "number", OnlyInt: true}, // of the state in which they read it
			&core.SelectField{Name: "state", Required: true, MaxSelect: 1, Values: []string{"asked", "agreed", "declined", "withdrawn", "over"}},
			&core.SelectField{Name: "named", MaxSelect: 1, Values: []string{"real", "first", "pen", "none"}},
			&core.TextField{Name: "name", Max: 200},                                                             // that shows; "" for none
			&core.SelectField{Name: "where_used", MaxSelect: 1, Values: []string{"here", "shared", "anywhere"}}, // this site; this site and other sites like it; anywhere
			&core.DateField{Name: "until"}, // how long they agreed to; "" for as long as they do not withdraw
			&core.BoolField{Name: "may_edit"},
			&core.BoolField{Name: "may_translate"},
			&core.TextField{Name: "sha256", Max: 64}, // of the words that they agreed to
			&core.DateField{Name: "agreed"},
			&core.DateField{Name: "withdrawn"},
			&core.AutodateField{Name: "created", OnCreate: true},
			&core.AutodateField{Name: "updated", OnCreate: true, OnUpdate: true},
		)
		contributions.AddIndex("contributions_path", false, "course, path, story", "")
		contributions.AddIndex("contributions_person", false, "person", "")
		contributions.AddIndex("contributions_asked_by", false, "asked_by", "")
		contributions.AddIndex("contributions_draft", false, "draft", "")
		if err := app.Save(contributions); err != nil {
			return err
		}

		offers := core.NewBaseCollection("offers")
		offers.Fields.Add(
			&core.RelationField{Name: "course", Required: true, CollectionId: of["courses"].Id, MaxSelect: 1, CascadeDelete: true},
			&core.TextField{Name: "programme", Max: 15}, // whose managers offered it; "" for the site's
			&core.TextField{Name: "path", Max: 1000},    // of the text that it is for; "" for the whole course
			&core.TextField{Name: "title", Max: 1000},   // of that text, when it was offered
			&core.RelationField{Name: "person", CollectionId: of["users"].Id, MaxSelect: 1},
			&core.RelationField{Name: "offered_by", CollectionId: of["users"].Id, MaxSelect: 1},
			&core.TextField{Name: "task", Max: 1000},          // "" once whoever did it was erased
			&core.NumberField{Name: "minutes", OnlyInt: true}, // of work, about
			&core.NumberField{Name: "amount", OnlyInt: true},  // in hundredths of the currency
			&core.TextField{Name: "currency", Max: 3},         // ISO 4217
			&core.SelectField{Name: "state", Required: true, MaxSelect: 1, Values: []string{"offered", "accepted", "declined", "back", "done", "paid"}},
			&core.DateField{Name: "decided"},
			&core.DateField{Name: "done"},
			&core.DateField{Name: "paid"},
			&core.AutodateField{Name: "created", OnCreate: true},
			&core.AutodateField{Name: "updated", OnCreate: true, OnUpdate: true},
		)
		offers.AddIndex("offers_course", false, "course", "")
		offers.AddIndex("offers_person", false, "person", "")
		offers.AddIndex("offers_offered_by", false, "offered_by", "")
		return app.Save(offers)
	}, func(app core.App) error {
		for _, name := range []string{"offers", "contributions"} {
			if err := deleteCollection(app, name); err != nil {
				return err
			}
		}
		return nil
	})
}
