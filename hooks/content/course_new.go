package content

import (
	"context"
	"fmt"

	"alongside/courses"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/security"
)

// AddCourse adds a course of a programme that has no text yet, under a slug that no
// other has. Learners see nothing of it before something of it is live. Its title must
// have a slug, and whoever calls it has made sure that somebody may write it.
func (c *Content) AddCourse(ctx context.Context, tx core.App, title, language, programme string) (Course, error) {
	slug, err := freeSlug(ctx, tx.DB(), courses.Slug(title))
	if err != nil {
		return Course{}, err
	}
	collection, err := tx.FindCollectionByNameOrId("courses")
	if err != nil {
		return Course{}, err
	}
	record := core.NewRecord(collection)
	record.Load(map[string]any{
		"slug": slug, "title": title, "language": language, "programme": programme,
		"origin": Written, "build": security.PseudorandomString(15),
	})
	if err := tx.SaveWithContext(ctx, record); err != nil {
		return Course{}, fmt.Errorf("add course %s: %w", slug, err)
	}
	return Course{
		ID: record.Id, Slug: slug, Title: title, Language: language, Build: record.GetString("build"), Origin: Written, Programme: programme,
	}, nil
}

// freeSlug is a slug, with a number behind it where a course has it already.
func freeSlug(ctx context.Context, db dbx.Builder, wanted string) (string, error) {
	slug := wanted
	for n := 2; ; n++ {
		var taken bool
		err := db.NewQuery("SELECT EXISTS (SELECT 1 FROM courses WHERE slug = {:slug})").Bind(dbx.Params{"slug": slug}).WithContext(ctx).Row(&taken)
		if err != nil {
			return "", fmt.Errorf("is there a course %s: %w", slug, err)
		}
		if !taken {
			return slug, nil
		}
		slug = fmt.Sprintf("%s-%d", wanted, n)
	}
}
