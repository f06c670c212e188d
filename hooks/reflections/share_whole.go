package reflections

import (
	"context"

	"alongside/hooks/people"
	"alongside/hooks/web"
)

// ShareWhole shares all of a reflection of the viewer's own with one person, as its
// page does where nothing is kept back. Whether the learner may share with them is
// asked as it is stored.
func (r *Room) ShareWhole(ctx context.Context, viewer *web.Viewer, id string, to people.Answerer) error {
	o, err := r.ownOf(ctx, viewer, id)
	if err != nil {
		return err
	}
	usually, err := r.usually(ctx, to.ID, to.Programme)
	if err != nil {
		return err
	}
	return r.Give(viewer, id, to, o.shown(viewer, nil), usually.By(r.now()))
}
