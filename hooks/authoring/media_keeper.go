package authoring

import (
	"context"
	"fmt"
	"time"

	"alongside/hooks/content"
	"alongside/hooks/people"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// tellMedia names the pictures and recordings that somebody put into courses. They are
// on the pages of the courses.
func (k *Keeper) tellMedia(ctx context.Context, t people.Telling) error {
	all, err := k.content.PutIn(ctx, k.app.ConcurrentDB(), t.Viewer.ID)
	if err != nil {
		return err
	}
	for _, one := range all {
		if err := t.Item(people.Item{Kind: kindMedia, At: people.Moment(one.Created), Fields: []people.Field{{Name: "file", Text: one.Path}}}); err != nil {
			return err
		}
	}
	return nil
}

// eraseMedia deletes what somebody put into courses and no text shows, at most so many,
// and takes their name off the rest.
func (k *Keeper) eraseMedia(tx core.App, person string, most int) (int, error) {
	all, err := k.content.PutIn(context.Background(), tx.NonconcurrentDB(), person)
	if err != nil {
		return 0, err
	}
	for i, one := range all {
		if i >= most {
			return i, nil
		}
		if _, err := k.removeUnused(context.Background(), tx, one); err != nil {
			return i, err
		}
		if err := k.content.TakeOwnerOff(tx, one.ID); err != nil {
			return i, err
		}
	}
	return len(all), nil
}

// removeUnused deletes a file that no text names: no live or former one, and none as it
// is or was written. It reports whether it did.
func (a *Authoring) removeUnused(ctx context.Context, tx core.App, one content.Media) (bool, error) {
	used, err := a.isNamed(ctx, tx.NonconcurrentDB(), one)
	if err != nil || used {
		return false, err
	}
	return true, a.content.RemoveMedia(tx, one.Course, one.Path)
}

// isNamed reports whether any text of its course names a file, in any version.
func (a *Authoring) isNamed(ctx context.Context, db dbx.Builder, one content.Media) (is bool, err error) {
	if is, err = a.content.Named(ctx, db, one.Course, one.Path); err != nil || is {
		return is, err
	}
	err = db.NewQuery("SELECT EXISTS (SELECT 1 FROM drafts d JOIN draft_states s ON s.draft = d.id WHERE d.course = {:course} AND INSTR(s.text, {:path}) > 0)").
		Bind(dbx.Params{"course": one.Course, "path": one.Path}).WithContext(ctx).Row(&is)
	if err != nil {
		return false, fmt.Errorf("who names %s: %w", one.Path, err)
	}
	return is, nil
}

// unused is the clock of pictures and recordings that were put in and that no text names.
func (k *Keeper) unused() people.Clock {
	find := func(ctx context.Context, db dbx.Builder, before time.Time) (unused []content.Media, err error) {
		all, err := k.content.PutInBefore(ctx, db, people.Before(before))
		for _, one := range all {
			named, err := k.isNamed(ctx, db, one)
			if err != nil {
				return nil, err
			}
			if !named {
				unused = append(unused, one)
			}
		}
		return unused, err
	}
	return people.Clock{
		Name: "course-media", Days: keptAway, Least: 14,
		Due: func(ctx context.Context, before time.Time) (int, error) {
			unused, err := find(ctx, k.app.ConcurrentDB(), before)
			return len(unused), err
		},
		Retire: func(ctx context.Context, before time.Time, most int) (n int, err error) {
			err = k.app.RunInTransaction(func(tx core.App) error {
				unused, err := find(ctx, tx.NonconcurrentDB(), before)
				if err != nil {
					return err
				}
				for _, one := range unused[:min(most, len(unused))] {
					if err := k.content.RemoveMedia(tx, one.Course, one.Path); err != nil {
						return err
					}
				}
				n = min(most, len(unused))
				return nil
			})
			return n, err
		},
	}
}
