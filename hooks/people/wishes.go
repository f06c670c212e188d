package people

import (
	"context"

	"alongside/hooks/web"
)

// CountWishes registers what counts the learners who would rather have somebody
// else beside them, of those about whom a viewer can do something. Rooms below this
// one keep them.
func (o *Office) CountWishes(of func(context.Context, *web.Viewer) (Waiting, error)) { o.wishes = of }

// wishesWaiting is what waits of it for a viewer.
func (o *Office) wishesWaiting(ctx context.Context, viewer *web.Viewer) (Waiting, error) {
	if o.wishes == nil {
		return Waiting{}, nil
	}
	return o.wishes(ctx, viewer)
}
