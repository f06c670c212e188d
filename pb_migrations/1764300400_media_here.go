package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// A picture or a recording may be put into a course here, by somebody, and not only come
// with its folder.
func init() {
	m.Register(func(app core.App) error {
		of, err := collections(app, "users", "media")
		if err != nil {
			return err
		}
		media := of["media"]
		media.Fields.Add(
			&core.BoolField{Name: "here"},
			&core.RelationField{Name: "by", CollectionId: of["users"].Id, MaxSelect: 1}, // who put it in; none once they are erased
		)
		media.AddIndex("media_by", false, "by", "")
		return app.Save(media)
	}, func(app core.App) error {
		media, err := app.FindCollectionByNameOrId("media")
		if err != nil {
			return err
		}
		media.RemoveIndex("media_by")
		if err := app.Save(media); err != nil {
			return err
		}
		return removeFields(app, "media", "here", "by")
	})
}
