package reflections

import (
	"context"
	"slices"
	"time"

	"alongside/hooks/people"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
)

// calledFor is for how long after a call for help now whoever was told may raise a
// concern about the learner.
const calledFor = 24 * time.Hour

// learnersToRaise are the learners about whom a viewer may raise a concern: those of
// the policy, and in a programme where they may raise one, those who called them for
// help now.
func (r *Room) learnersToRaise(ctx context.Context, viewer *web.Viewer) ([]people.Member, error) {
	learners, err := people.LearnersToRaise(ctx, r.app, viewer, r.now())
	if err != nil {
		return nil, err
	}
	calls, err := r.callsWhere(ctx, "k.kind = 'now' AND k.worker = {:me} AND k.learner != {:me} AND (k.ended = '' OR k.ended > {:since}) AND "+
		people.Learns("k.learner", "k.programme"), dbx.Params{"me": viewer.ID, "since": moment(r.now().Add(-calledFor))})
	for _, c := range calls {
		known := slices.ContainsFunc(learners, func(m people.Member) bool { return m.ID == c.Learner && m.Programme == c.Programme })
		if !known && mayRaise(viewer, c.Programme) {
			learners = append(learners, people.Member{ID: c.Learner, Programme: c.Programme, Label: c.Label, Called: c.Called, Username: c.Username})
		}
	}
	return learners, err
}
