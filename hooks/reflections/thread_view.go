package reflections

import (
	"context"
	"errors"
	"fmt"

	"alongside/hooks/people"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// A ThreadView is what a learner sees of one person who may read a reflection of
// theirs, or could: the partial "threads".
type ThreadView struct {
	Share
	Called  string // what the reader is called; "" while that is closed, and for somebody who is not here any more
	Reads   bool   // they can read it now
	Shown   Shown  // as it was shared; empty where it cannot be opened, and once it was taken back
	Lock    Lock
	Changed bool // what the learner wrote reads differently now
	Replies []ReplyView
	Heard   *Heard   // what they can hear; nil for nothing
	Draft   string   // what the learner was writing back
	stamp   string   // of that, as it is stored
	Saying  *Heard   // what the learner was saying back; nil for nothing
	Away    string   // ISO date on which the reader is back; "" while they are here
	Covers  []string // what those are called who cover meanwhile
	Late    bool     // an answer is still to come, and the day is over by which it was promised
}

// A ReplyView is one turn of a thread, as the learner sees it.
type ReplyView struct {
	Reply
	Mine  bool
	Heard *Heard // what was said; nil for nothing
}

// At is when it was sent, for the page.
func (v ReplyView) At() string { return people.Moment(v.Sent) }

// Address is the page of the thread.
func (t ThreadView) Address() string { return threadAddress(t.Share) }

// AgainAddress is the page on which the learner shares it with the same person
// anew.
func (t ThreadView) AgainAddress() string { return shareAddress(t.Reflection) + "?to=" + t.Reader }

// ShareAddress is the page on which the learner shares it with somebody else.
func (t ThreadView) ShareAddress() string { return shareAddress(t.Reflection) }

// SharedAt is when it was shared, SeenAt when it was opened, PromisedBy by when an
// answer was promised, and WithdrawnAt when it was taken back; for the page.
func (t ThreadView) SharedAt() string    { return people.Moment(t.Shared) }
func (t ThreadView) SeenAt() string      { return people.Moment(t.Seen) }
func (t ThreadView) PromisedBy() string  { return people.Moment(t.Promised) }
func (t ThreadView) WithdrawnAt() string { return people.Moment(t.Withdrawn) }

// Waiting reports whether an answer is still to come, from somebody who can give it.
func (t ThreadView) Waiting() bool { return t.Waits != "" && t.Reads }

// Rests reports whether the learner wrote last, and the reader said that they have
// read it and that it needs no answer.
func (t ThreadView) Rests() bool {
	last := len(t.Replies) - 1
	return t.Waits == "" && t.Withdrawn == "" && t.Reads && last >= 0 && t.Replies[last].Mine
}

// MayWrite reports whether the learner can write back.
func (t ThreadView) MayWrite() bool { return t.Reads && t.Lock == Unlocked }

// Sent counts what the learner has sent.
func (t ThreadView) Sent() (n int) {
	for _, one := range t.Replies {
		if one.Mine {
			n++
		}
	}
	return n
}

// sent is what was sent to and fro.
func (t ThreadView) sent() (all []Reply) {
	for _, one := range t.Replies {
		all = append(all, one.Reply)
	}
	return all
}

// threadsOf are the threads under a reflection of the viewer's own, in the order in
// which they began. What was written to them is seen from now on.
func (r *Room) threadsOf(e *core.RequestEvent, reflection string) ([]ThreadView, error) {
	ctx, viewer := e.Request.Context(), web.Current(e)
	shares, err := r.sharesOf(ctx, viewer.ID, reflection)
	if err != nil || len(shares) == 0 {
		return nil, err
	}
	o, err := r.ownOf(ctx, viewer, reflection)
	if err != nil && !errors.Is(err, web.ErrNotFound) {
		return nil, err
	}
	answerers, err := people.AnswerersOf(ctx, r.app, viewer.ID, r.now())
	if err != nil {
		return nil, err
	}
	views := make([]ThreadView, len(shares))
	for i, s := range shares {
		views[i] = ThreadView{Share: s}
		if err := r.fillThread(ctx, viewer, &views[i], o, answerers); err != nil {
			return nil, err
		}
		if err := r.Saw(viewer, views[i].sent()); err != nil {
			return nil, err
		}
	}
	return views, nil
}

// fillThread opens what a learner sees of one share. o is the reflection as it is
// now; nil where it is not there any more.
func (r *Room) fillThread(ctx context.Context, viewer *web.Viewer, view *ThreadView, o *own, answerers []people.Answerer) error {
	if err := r.openForLearner(viewer, view); err != nil {
		return err
	}
	if view.Lock == Shut {
		return nil
	}
	if err := r.addReader(ctx, view, answerers); err != nil {
		return err
	}
	view.Late = view.Waiting() && view.Promised != "" && view.Promised < moment(r.now())
	sent, draft, err := r.Thread(ctx, viewer, view.Share)
	if err != nil {
		return err
	}
	spoken, err := r.Spoken(ctx, viewer, view.ID, view.Called)
	if err != nil {
		return err
	}
	for _, one := range sent {
		view.Replies = append(view.Replies, ReplyView{Reply: one, Mine: one.Writer == viewer.ID, Heard: heardIn(spoken, one)})
	}
	if draft != nil {
		view.Draft, view.stamp, view.Saying = draft.Text, Stamp(draft.Sealed), heardIn(spoken, *draft)
	}
	if said, ok := spoken[view.ID]; ok && view.Lock == Unlocked && view.Withdrawn == "" {
		view.Heard = &said
	}
	if o != nil && o.Lock == Unlocked && view.Lock == Unlocked && view.Withdrawn == "" {
		now := o.shown(viewer, view.Shown.Held)
		now.Under = view.Shown.Under
		view.Changed = !now.isSame(view.Shown)
	}
	return nil
}

// heardIn is what was said in a reply that the viewer may open; nil for nothing.
func heardIn(spoken map[string]Heard, reply Reply) *Heard {
	said, ok := spoken[reply.ID]
	if !ok || reply.Lock != Unlocked {
		return nil
	}
	return &said
}

// openForLearner opens what is shown, where it is open to the learner's own session.
// What was taken back has nothing left to open.
func (r *Room) openForLearner(viewer *web.Viewer, view *ThreadView) (err error) {
	if view.Withdrawn != "" {
		if viewer.Closed {
			view.Lock = Shut
		}
		return nil
	}
	if view.Shown, view.Lock, err = r.shownOf(view.Share); err != nil {
		return fmt.Errorf("open share %s: %w", view.ID, err)
	}
	if view.Lock == Unlocked && !viewer.Opens(view.Shown.Under) {
		view.Shown, view.Lock = Shown{}, Shut
	}
	return nil
}

// addReader says who the reader is, and whether they can read it now.
func (r *Room) addReader(ctx context.Context, view *ThreadView, answerers []people.Answerer) error {
	err := r.app.ConcurrentDB().NewQuery(`SELECT COALESCE((SELECT COALESCE(NULLIF(u.name, ''), u.username) FROM users u WHERE u.id = s.reader), '') AS called,
			s.withdrawn = '' AND `+people.Answers("s.learner", "s.reader", "s.role", "s.programme")+` AS reads FROM shares s WHERE s.id = {:id}`).
		Bind(dbx.Params{"id": view.ID, "policyNow": people.Before(r.now())}).WithContext(ctx).Row(&view.Called, &view.Reads)
	if err != nil {
		return fmt.Errorf("who reads %s: %w", view.ID, err)
	}
	for _, a := range answerers {
		if a.ID == view.Reader && a.Role == view.Role && a.Programme == view.Programme {
			view.Away, view.Covers = a.Day(), coversFor(answerers, a)
		}
	}
	return nil
}

func threadAddress(s Share) string { return address(s.Reflection) + "/threads/" + s.ID }
