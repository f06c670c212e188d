package reflections

import (
	"context"
	"errors"
	"fmt"
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
// help now, and the one whose share they read and raise it from: who covers for
// somebody walks beside no learner of theirs.
func (r *Room) learnersToRaise(ctx context.Context, viewer *web.Viewer, share string) ([]people.Member, error) {
	learners, err := people.LearnersToRaise(ctx, r.app, viewer, r.now())
	if err != nil {
		return nil, err
	}
	calls, err := r.callsWhere(ctx, "k.kind = 'now' AND k.worker = {:me} AND k.learner != {:me} AND (k.ended = '' OR k.ended > {:since}) AND "+
		people.Learns("k.learner", "k.programme"), dbx.Params{"me": viewer.ID, "since": moment(r.now().Add(-calledFor))})
	if err != nil {
		return nil, err
	}
	more, err := r.sharedBy(ctx, viewer, share)
	for _, c := range calls {
		more = append(more, people.Member{ID: c.Learner, Programme: c.Programme, Label: c.Label, Called: c.Called, Username: c.Username})
	}
	for _, one := range more {
		known := slices.ContainsFunc(learners, func(m people.Member) bool { return m.ID == one.ID && m.Programme == one.Programme })
		if !known && mayRaise(viewer, one.Programme) {
			learners = append(learners, one)
		}
	}
	return learners, err
}

// sharedBy is the learner whose share the viewer reads; nobody where they read none.
func (r *Room) sharedBy(ctx context.Context, viewer *web.Viewer, share string) (found []people.Member, err error) {
	if share == "" {
		return nil, nil
	}
	s, err := r.forReader(ctx, viewer, share)
	if errors.Is(err, web.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	err = r.app.ConcurrentDB().NewQuery(`SELECT u.id, p.id AS programme, p.label, COALESCE(NULLIF(u.name, ''), u.username) AS called, u.username
		FROM users u JOIN programmes p ON p.id = {:programme} WHERE u.id = {:learner} AND ` + people.Learns("u.id", "p.id")).
		Bind(dbx.Params{"learner": s.Learner, "programme": s.Programme, "policyNow": people.Before(r.now())}).WithContext(ctx).All(&found)
	if err != nil {
		return nil, fmt.Errorf("who shared %s: %w", share, err)
	}
	return found, nil
}
