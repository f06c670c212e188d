package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// The talk about a text before it goes live: asking for a review, comments,
// suggestions, and what reviewers say of a version.
func init() {
	m.Register(func(app core.App) error {
		of, err := collections(app, "users", "drafts", "revisions")
		if err != nil {
			return err
		}
		hangsOn := func() []core.Field {
			return []core.Field{
				&core.RelationField{Name: "draft", Required: true, CollectionId: of["drafts"].Id, MaxSelect: 1, CascadeDelete: true},
				&core.RelationField{Name: "revision", Required: true, CollectionId: of["revisions"].Id, MaxSelect: 1, CascadeDelete: true},
				&core.AutodateField{Name: "created", OnCreate: true},
				&core.AutodateField{Name: "updated", OnCreate: true, OnUpdate: true},
			}
		}
		index := func(c *core.Collection, people ...string) {
			c.AddIndex(c.Name+"_draft", false, "draft, created", "")
			c.AddIndex(c.Name+"_revision", false, "revision", "")
			for _, person := range people {
				c.AddIndex(c.Name+"_"+person, false, person, "")
			}
		}

		asks := core.NewBaseCollection("review_asks")
		asks.Fields.Add(hangsOn()...)
		asks.Fields.Add(
			&core.RelationField{Name: "by", CollectionId: of["users"].Id, MaxSelect: 1},
			&core.TextField{Name: "note", Max: 2000},
			&core.RelationField{Name: "taken_by", CollectionId: of["users"].Id, MaxSelect: 1}, // who said that they look at it
			&core.DateField{Name: "taken_until"},
			&core.DateField{Name: "ended"}, // taken back, asked anew, live
		)
		index(asks, "by", "taken_by")
		asks.AddIndex("review_asks_open", true, "draft", "ended = ''")
		if err := app.Save(asks); err != nil {
			return err
		}

		comments := core.NewBaseCollection("comments")
		comments.Fields.Add(hangsOn()...)
		comments.Fields.Add(
			&core.TextField{Name: "place", Max: 300},   // address of the block in the revision; "" for the whole text
			&core.TextField{Name: "quoted", Max: 2000}, // how the block read
			&core.RelationField{Name: "by", CollectionId: of["users"].Id, MaxSelect: 1},
			&core.TextField{Name: "text", Max: 5000},
			&core.DateField{Name: "settled"},
			&core.RelationField{Name: "settled_by", CollectionId: of["users"].Id, MaxSelect: 1},
		)
		index(comments, "by", "settled_by")
		if err := app.Save(comments); err != nil {
			return err
		}
		comments.Fields.Add(&core.RelationField{Name: "under", CollectionId: comments.Id, MaxSelect: 1, CascadeDelete: true}) // that it answers
		comments.AddIndex("comments_under", false, "under", "")
		if err := app.Save(comments); err != nil {
			return err
		}

		suggestions := core.NewBaseCollection("suggestions")
		suggestions.Fields.Add(hangsOn()...)
		suggestions.Fields.Add(
			&core.TextField{Name: "place", Required: true, Max: 300},
			&core.TextField{Name: "was", Max: 300000}, // source of the block as it stood
			&core.TextField{Name: "text", Max: 300000},
			&core.TextField{Name: "why", Max: 2000},
			&core.RelationField{Name: "by", CollectionId: of["users"].Id, MaxSelect: 1},
			&core.SelectField{Name: "state", Required: true, MaxSelect: 1, Values: []string{"open", "taken", "changed", "declined", "back"}},
			&core.TextField{Name: "thanks", Max: 2000}, // what its writer is told
			&core.RelationField{Name: "decided_by", CollectionId: of["users"].Id, MaxSelect: 1},
			&core.DateField{Name: "decided"},
		)
		index(suggestions, "by", "decided_by")
		if err := app.Save(suggestions); err != nil {
			return err
		}

		reviews := core.NewBaseCollection("reviews")
		reviews.Fields.Add(hangsOn()...)
		reviews.Fields.Add(
			&core.RelationField{Name: "by", CollectionId: of["users"].Id, MaxSelect: 1},
			// signed off as: by whom has lived it, as safe, as plain, a translation, or a kind that the
			// course asks for besides; or that it needs changes, or is not safe
			&core.SelectField{Name: "kind", Required: true, MaxSelect: 1, Values: []string{"lived", "safe", "plain", "translation", "changes", "unsafe"}},
			&core.TextField{Name: "why", Max: 5000},
			&core.TextField{Name: "answer", Max: 5000}, // of an author, to what is not safe or needs changes
			&core.RelationField{Name: "answered_by", CollectionId: of["users"].Id, MaxSelect: 1},
			&core.DateField{Name: "answered"},
			&core.DateField{Name: "lifted"}, // not so any more: taken back, or settled
			&core.RelationField{Name: "lifted_by", CollectionId: of["users"].Id, MaxSelect: 1},
			&core.RelationField{Name: "carried_by", CollectionId: of["users"].Id, MaxSelect: 1}, // who said "wording only" of a newer version
		)
		index(reviews, "by", "answered_by", "lifted_by", "carried_by")
		return app.Save(reviews)
	}, func(app core.App) error {
		for _, name := range []string{"reviews", "suggestions", "comments", "review_asks"} {
			if err := deleteCollection(app, name); err != nil {
				return err
			}
		}
		return nil
	})
}
