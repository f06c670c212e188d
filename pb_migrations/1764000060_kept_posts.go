package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// What somebody sent after their session had run out: sealed for them, shown
// again once they have signed in, and gone after a day.
func init() {
	m.Register(func(app core.App) error {
		users, err := app.FindCollectionByNameOrId("users")
		if err != nil {
			return err
		}
		posts := core.NewBaseCollection("kept_posts")
		posts.Fields.Add(
			&core.RelationField{Name: "user", Required: true, CollectionId: users.Id, MaxSelect: 1, CascadeDelete: true},
			&core.TextField{Name: "address", Required: true, Max: 500},                  // path of the page
			&core.TextField{Name: "sealed", Required: true, Max: 2 << 20, Hidden: true}, // a form of at most 1 MB
			&core.AutodateField{Name: "created", OnCreate: true},
		)
		posts.AddIndex("kept_posts_user_address", true, "user, address", "")
		posts.AddIndex("kept_posts_created", false, "created", "")
		return app.Save(posts)
	}, func(app core.App) error {
		return deleteCollection(app, "kept_posts")
	})
}
