package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// A form that waits while its person's texts are closed stays beside one that
// they send since, to the same address.
func init() {
	const name = "kept_posts_user_address"
	m.Register(func(app core.App) error {
		posts, err := app.FindCollectionByNameOrId("kept_posts")
		if err != nil {
			return err
		}
		posts.AddIndex(name, false, "user, address, created", "")
		return app.Save(posts)
	}, func(app core.App) error {
		posts, err := app.FindCollectionByNameOrId("kept_posts")
		if err != nil {
			return err
		}
		_, err = app.NonconcurrentDB().NewQuery(`DELETE FROM kept_posts WHERE EXISTS (
			SELECT 1 FROM kept_posts later WHERE later.user = kept_posts.user AND later.address = kept_posts.address AND later.created > kept_posts.created)`).Execute()
		if err != nil {
			return err
		}
		posts.AddIndex(name, true, "user, address", "")
		return app.Save(posts)
	})
}
