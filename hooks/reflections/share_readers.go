package reflections

import (
	"context"
	"time"

	"alongside/hooks/people"
	"alongside/hooks/web"
)

// A ReaderChoice is somebody with whom a learner may share, with what the learner
// should know of them before they do.
type ReaderChoice struct {
	people.Answerer
	Usually Usually
	By      string   // ISO date by which an answer is promised
	Covers  []string // what those are called who cover while they are away
	Chosen  bool
	Shared  string // ISO date since when they may read something of it; "" while they may not

	share    *Share // the row by which they read it, or did; nil for none
	promised time.Time
}

// readersFor are those with whom a learner may share a reflection now.
func (r *Room) readersFor(ctx context.Context, learner *web.Viewer, reflection string) ([]ReaderChoice, error) {
	answerers, err := people.AnswerersOf(ctx, r.app, learner.ID, r.now())
	if err != nil {
		return nil, err
	}
	shares, err := r.sharesOf(ctx, learner.ID, reflection)
	if err != nil {
		return nil, err
	}
	var all []ReaderChoice
	known := map[string]bool{} // somebody who is two things to them is asked once
	for _, a := range answerers {
		if known[a.ID] {
			continue
		}
		known[a.ID] = true
		one := ReaderChoice{Answerer: a, Covers: coversFor(answerers, a)}
		if one.Usually, err = r.usually(ctx, a.ID, a.Programme); err != nil {
			return nil, err
		}
		for i := range shares {
			if shares[i].Reader == a.ID {
				one.share = &shares[i]
			}
		}
		r.promise(&one)
		all = append(all, one)
	}
	return all, nil
}

// promise says by when they answer. Somebody who is away answers once they are
// back; and what was promised before, and is still to come, holds.
func (r *Room) promise(one *ReaderChoice) {
	from := r.now()
	if one.Away.After(from) {
		from = one.Away
	}
	one.promised = one.Usually.By(from)
	if s := one.share; s != nil && s.Withdrawn == "" {
		one.Shared = people.Moment(s.Shared)
		if before, err := time.Parse(time.RFC3339, people.Moment(s.Promised)); err == nil && s.Waits != "" && before.After(r.now()) && before.Before(one.promised) {
			one.promised = before
		}
	}
	one.By = one.promised.Format(time.DateOnly)
}

// coversFor are what those are called who cover for somebody.
func coversFor(all []people.Answerer, a people.Answerer) (names []string) {
	for _, other := range all {
		if !a.Away.IsZero() && other.Instead == a.ID && other.Role == a.Role && other.Programme == a.Programme {
			names = append(names, other.Called)
		}
	}
	return names
}
