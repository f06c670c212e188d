package authoring

import (
	"context"
	"fmt"

	"alongside/hooks/people"
	"alongside/hooks/reflections"
)

// tellRemarks gives what a learner said of courses, what became of it, and what was
// written back to them.
func (k *Keeper) tellRemarks(ctx context.Context, t people.Telling) error {
	type row struct {
		Remark
		Title string `db:"title"`
		Lang  string `db:"language"`
	}
	return people.Each(ctx, k.app, t.Viewer.ID, "SELECT id FROM remarks WHERE learner = {:person} ORDER BY created, id",
		"SELECT "+remarkColumns+", c.title, c.language FROM json_each({:ids}) j JOIN remarks k ON k.id = j.value JOIN modules m ON m.id = k.module JOIN courses c ON c.id = m.course ORDER BY j.key",
		func(r row) error {
			said, lock, err := k.ownWords(t.Viewer, r.place(), r.Sealed)
			if err != nil {
				return fmt.Errorf("tell remark %s: %w", r.ID, err)
			}
			back, closed, err := k.ownWords(t.Viewer, r.placeOfThanks(), r.Thanks)
			if err != nil {
				return fmt.Errorf("tell what was written back to remark %s: %w", r.ID, err)
			}
			return t.Item(people.Item{Kind: kindRemarks, At: people.Moment(r.Created), Fields: []people.Field{
				{Name: "course", Text: r.Title, Lang: r.Lang},
				{Name: "said", Text: said, Closed: lock != reflections.Unlocked},
				{Name: "state", Text: r.State, Words: "remark.state." + r.State},
				{Name: "reply", Text: back, Closed: closed != reflections.Unlocked},
			}})
		})
}

func (k *Keeper) tellThanks(ctx context.Context, t people.Telling) error {
	type row struct {
		Title   string `db:"title"`
		Lang    string `db:"language"`
		Created string `db:"created"`
	}
	return people.Each(ctx, k.app, t.Viewer.ID, "SELECT id FROM thanks WHERE learner = {:person} ORDER BY created, id",
		"SELECT c.title, c.language, x.created FROM json_each({:ids}) j JOIN thanks x ON x.id = j.value JOIN modules m ON m.id = x.module JOIN courses c ON c.id = m.course ORDER BY j.key",
		func(r row) error {
			return t.Item(people.Item{Kind: kindThanks, At: people.Moment(r.Created), Fields: []people.Field{{Name: "course", Text: r.Title, Lang: r.Lang}}})
		})
}
