package reflections

import (
	"context"
	"fmt"
	"slices"
	"time"

	"alongside/hooks/people"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
)

// openFor is for how long a lead who said why may hear what was said there.
const openFor = time.Hour

// forLead finds what a concern came from for one who answers for that concern, and
// who said within the hour why they open it. It returns web.ErrNotFound for everybody
// else.
func (r *Room) forLead(ctx context.Context, viewer *web.Viewer, share string) (Share, error) {
	if !viewer.Is(web.Lead) {
		return Share{}, web.ErrNotFound
	}
	var concerns []string
	err := r.app.ConcurrentDB().NewQuery("SELECT id FROM concerns WHERE share = {:share} AND state != 'draft' LIMIT 100").
		Bind(dbx.Params{"share": share}).WithContext(ctx).Column(&concerns)
	if err != nil {
		return Share{}, fmt.Errorf("concerns about share %s: %w", share, err)
	}
	for _, id := range concerns {
		c, err := r.concernToLead(ctx, viewer, id)
		if err != nil {
			continue // hidden from them, or not of a programme of theirs
		}
		opened, err := r.wasOpenedBy(ctx, viewer, c)
		if err != nil {
			return Share{}, err
		}
		if opened {
			return r.shareOf(ctx, c)
		}
	}
	return Share{}, web.ErrNotFound
}

// wasOpenedBy reports whether somebody said a moment ago why they open what a concern
// came from. What is on record of it is sealed: nobody puts it there by hand.
func (r *Room) wasOpenedBy(ctx context.Context, viewer *web.Viewer, c Concern) (bool, error) {
	if ok, err := c.isTrue(r.app, r.vault); err != nil || !ok {
		return false, err
	}
	acts, err := r.actsOf(ctx, c)
	if err != nil {
		return false, err
	}
	since := people.Moment(moment(r.now().Add(-openFor)))
	return slices.ContainsFunc(acts, func(a ConcernAct) bool {
		return a.Kind == actViewed && a.by == viewer.ID && a.At > since
	}), nil
}
