package authoring

import (
	"context"
	"fmt"
	"slices"
	"time"

	"alongside/hooks/content"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// Limits says which stories an export leaves out: those whose tellers did not agree
// that they are told so far away, and those whose day is over. now is the clock.
func Limits(app core.App, now func() time.Time) content.Limits {
	return func(ctx context.Context, course string, reach content.Reach) ([]content.HeldBack, error) {
		var all []Contribution
		err := app.ConcurrentDB().NewQuery("SELECT " + creditColumns + ` FROM contributions k WHERE k.course = {:course} AND k.what = 'story' AND k.state = 'agreed'
			ORDER BY k.created DESC, k.rowid DESC`).Bind(dbx.Params{"course": course}).WithContext(ctx).All(&all)
		if err != nil {
			return nil, fmt.Errorf("what was agreed to in course %s: %w", course, err)
		}
		var held []content.HeldBack
		given := map[content.HeldBack][]Contribution{}
		for _, one := range all {
			at := content.HeldBack{Path: one.Path, Story: one.Story}
			if given[at] == nil {
				held = append(held, at)
			}
			given[at] = append(given[at], one)
		}
		return slices.DeleteFunc(held, func(at content.HeldBack) bool { return mayLeave(given[at], reach, now()) }), nil
	}
}

// mayLeave reports whether a story may be told as far away as that. given is what was
// agreed to of it, the newest first. That it is nobody's holds only for other words
// than somebody agreed to.
func mayLeave(given []Contribution, reach content.Reach, now time.Time) bool {
	nobodys := map[string]bool{}
	for _, one := range given {
		switch {
		case one.How == IsInvented:
			nobodys[one.Sum] = true
		case len(nobodys) > 0 && !nobodys[one.Sum]:
			return true // another story, under the same id
		default:
			return (one.Until == "" || one.Until > stamp(now)) && slices.Index(content.Reaches, content.Reach(one.Where)) >= slices.Index(content.Reaches, reach)
		}
	}
	return true
}
