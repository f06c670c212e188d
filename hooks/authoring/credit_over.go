package authoring

import (
	"context"
	"errors"
	"fmt"
	"time"

	"alongside/hooks/audit"
	"alongside/hooks/content"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// foretold is how long before a story goes by itself its teller and its writers are
// told: long enough to agree to another day.
const foretold = 30 * 24 * time.Hour

// EndsSoon reports whether the last day that its teller agreed to is near, or over.
func (c *Contribution) EndsSoon(now time.Time) bool {
	return c.State == CreditAgreed && c.Until != "" && c.Until <= stamp(now.Add(foretold))
}

// LastDay is the day until which they agreed, an ISO date; "" for none.
func (c *Contribution) LastDay() string { return lastDay(c.Until) }

// stillAgreed is the condition that another word of a story's teller holds longer than
// row k does. That the same words are nobody's story is not theirs to say who wrote
// them down.
const stillAgreed = `EXISTS (SELECT 1 FROM contributions n WHERE n.course = k.course AND n.path = k.path AND n.story = k.story AND n.what = 'story' AND n.id != k.id
	AND n.state = 'agreed' AND (n.until = '' OR n.until > {:until}) AND NOT (n.how = 'invented' AND n.sha256 = k.sha256))`

// isOver is the condition of a story whose teller agreed until a day that is over by
// {:until}, and to nothing after it.
const isOver = "k.what = 'story' AND k.state = 'agreed' AND k.until != '' AND k.until <= {:until} AND NOT " + stillAgreed

// EndStories takes every story out of its course whose teller agreed until a day that
// has passed, in the same way as if they took it back. What fails is tried again the
// next time.
func (a *Authoring) EndStories(ctx context.Context) error {
	var due []MyContribution
	err := a.app.ConcurrentDB().NewQuery("SELECT " + creditColumns + ", c.programme FROM contributions k JOIN courses c ON c.id = k.course WHERE " + isOver + " ORDER BY k.until, k.id LIMIT 100").
		Bind(dbx.Params{"until": stamp(a.now())}).WithContext(ctx).All(&due)
	if err != nil {
		return fmt.Errorf("stories whose time is over: %w", err)
	}
	var failed []error
	for _, one := range due {
		failed = append(failed, a.endStory(ctx, one))
	}
	return errors.Join(failed...)
}

// endStory ends one, unless its teller agreed to another day meanwhile. It is on the
// list of what was taken back before its first row goes: whatever cuts it off, the next
// start ends it.
func (a *Authoring) endStory(ctx context.Context, c MyContribution) error {
	now := a.now()
	err := a.takeBackIf(ctx, content.Forgotten{Course: c.Course, Path: c.Path, Story: c.Story, At: stamp(now)},
		audit.Act{Kind: audit.ConsentWithdrawn, Subject: c.Person, Programme: c.Programme, Item: c.ID, Detail: backOver},
		func(tx core.App) error {
			var over bool
			err := tx.DB().NewQuery("SELECT EXISTS (SELECT 1 FROM contributions k WHERE k.id = {:id} AND " + isOver + ")").
				Bind(dbx.Params{"id": c.ID, "until": stamp(now)}).WithContext(ctx).Row(&over)
			if err != nil {
				return err
			}
			if !over {
				return errTakenBack
			}
			return a.takenBack().add(c.Course, c.Path, c.Story, now)
		})
	if errors.Is(err, errTakenBack) {
		return nil
	}
	return err
}
