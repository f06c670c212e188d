package content

import (
	"context"
	"fmt"
	"slices"

	"alongside/courses"

	"github.com/pocketbase/dbx"
)

// StoreLibrary brings in what ships with the binary. A course that is not there
// yet becomes live, as shipped and not yet reviewed here. Of one that is there,
// texts that this site has never had wait as drafts: the site's own text is
// never replaced by an upgrade.
func (c *Content) StoreLibrary(ctx context.Context) error {
	for _, folder := range courses.Library() {
		course := folder.Read(nil)
		if err := c.storeShipped(ctx, course); err != nil {
			return fmt.Errorf("shipped course %s: %w", course.Slug, err)
		}
	}
	return nil
}

func (c *Content) storeShipped(ctx context.Context, course *courses.Course) error {
	how := How{Origin: Shipped, Publish: true, Message: "shipped"}
	row, err := c.app.FindFirstRecordByData("courses", "slug", course.Slug)
	if err == nil {
		if row.GetString("origin") != Shipped {
			return nil // the site has a course of its own by this name
		}
		how.Publish = false
		if course.Files, err = c.unknown(ctx, row.Id, course.Files); err != nil || len(course.Files) == 0 {
			return err
		}
	}
	_, err = c.Store(ctx, course, how)
	return err
}

// unknown keeps the texts that this site has never had.
func (c *Content) unknown(ctx context.Context, course string, files []courses.File) ([]courses.File, error) {
	var had []string
	err := c.app.ConcurrentDB().NewQuery("SELECT path || ' ' || sha256 FROM revisions WHERE course = {:course}").
		Bind(dbx.Params{"course": course}).WithContext(ctx).Column(&had)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(files, func(f courses.File) bool {
		return !isText(f) || slices.Contains(had, f.Path+" "+digest(f.Data))
	}), nil
}
