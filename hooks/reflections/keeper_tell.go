package reflections

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"alongside/hooks/people"
	"alongside/hooks/vault"
)

// A shareToTell is a share with what its reader is called.
type shareToTell struct {
	Share
	Called string `db:"called"` // "" for somebody who is not here any more
}

const (
	sharesInOrderSQL = "SELECT id FROM shares WHERE learner = {:person} ORDER BY created, id"
	sharesToTellSQL  = "SELECT " + columnsOfShare + `, COALESCE(NULLIF(u.name, ''), u.username, '') AS called
		FROM json_each({:ids}) j JOIN shares s ON s.id = j.value LEFT JOIN users u ON u.id = s.reader ORDER BY j.key`
)

// tellShares gives what each reader saw, and whether they still can.
func (k *Keeper) tellShares(ctx context.Context, t people.Telling) error {
	return people.Each(ctx, k.app, t.Viewer.ID, sharesInOrderSQL, sharesToTellSQL, func(row shareToTell) error {
		fields := []people.Field{whoIs(row.Called, false)}
		shown, closed := Shown{}, false
		if row.Sealed != "" {
			var err error
			shown, err = row.open(k.app, k.vault)
			if closed = errors.Is(err, vault.ErrNoKey) || errors.Is(err, vault.ErrTampered); err != nil && !closed {
				return fmt.Errorf("tell share %s: %w", row.ID, err)
			}
			if closed = closed || !t.Viewer.Opens(shown.Under); closed {
				shown = Shown{}
			}
		}
		var said []string
		for _, part := range shown.Parts {
			if part.Asked != "" {
				said = append(said, part.Asked)
			}
			said = append(said, part.Said)
		}
		felt := slices.Clone(shown.Feelings)
		if shown.RatherNot {
			felt = append(felt, RatherNot)
		}
		return t.Item(people.Item{Kind: kindShares, At: people.Moment(row.Shared), Fields: append(fields,
			people.Field{Name: "module", Text: shown.Module, Lang: shown.Lang},
			people.Field{Name: "question", Text: shown.Asked, Lang: shown.Lang},
			people.Field{Name: "said", List: said, Closed: closed},
			people.Field{Name: "feelings", List: felt, Words: "feeling."},
			people.Field{Name: "state", Text: string(row.State()), Words: "thread.state." + string(row.State())},
			people.Field{Name: "ended", At: people.Moment(row.Withdrawn)},
		)})
	})
}

// whoIs is somebody in a telling.
func whoIs(called string, mine bool) people.Field {
	switch {
	case mine:
		return people.Field{Name: "who", Text: "you", Words: "kept-you"}
	case called == "":
		return people.Field{Name: "who", Text: "not-here", Words: "kept-not-here"}
	}
	return people.Field{Name: "who", Text: called}
}

// A replyToTell is a turn of a thread, with what the share that it is about needs to
// open it.
type replyToTell struct {
	Reply
	Called string `db:"called"`
}

const (
	repliesInOrderSQL = `SELECT r.id FROM shares s JOIN replies r ON r.share = s.id
		WHERE s.learner = {:person} AND (r.state = 'sent' OR r.writer = {:person}) ORDER BY s.created, s.id, r.sent = '', r.sent, r.id`
	repliesToTellSQL = "SELECT " + columnsOfReply + `, COALESCE(NULLIF(u.name, ''), u.username, '') AS called
		FROM json_each({:ids}) j JOIN replies r ON r.id = j.value LEFT JOIN users u ON u.id = r.writer ORDER BY j.key`
)

// tellReplies gives both sides of each thread: what was written to somebody is theirs
// to take along.
func (k *Keeper) tellReplies(ctx context.Context, t people.Telling) error {
	return people.Each(ctx, k.app, t.Viewer.ID, repliesInOrderSQL, repliesToTellSQL, func(row replyToTell) error {
		if err := k.openReply(t.Viewer, Share{ID: row.Share, Learner: t.Viewer.ID}, &row.Reply); err != nil {
			return fmt.Errorf("tell reply %s: %w", row.ID, err)
		}
		item := people.Item{Kind: kindReplies, At: people.Moment(row.Sent), Fields: []people.Field{
			whoIs(row.Called, row.Writer == t.Viewer.ID),
			{Name: "reply", Text: row.Text, Closed: row.Lock != Unlocked},
			{Name: "state", Text: row.State, Words: "kept-reply." + row.State},
		}}
		return t.Item(item)
	})
}

type callToTell struct {
	Kind  string `db:"kind"`
	Made  string `db:"made"`
	Ended string `db:"ended"`
}

const (
	callsInOrderSQL = "SELECT id FROM calls WHERE learner = {:person} ORDER BY made, id"
	callsToTellSQL  = "SELECT c.kind, c.made, c.ended FROM json_each({:ids}) j JOIN calls c ON c.id = j.value ORDER BY j.key"
)

// tellCalls gives for whom they asked. What they asked for in a moment of need is a
// row without words. While their texts are closed it does not say that they would
// rather have somebody else: that may be whoever made the session.
func (k *Keeper) tellCalls(ctx context.Context, t people.Telling) error {
	return people.Each(ctx, k.app, t.Viewer.ID, callsInOrderSQL, callsToTellSQL, func(row callToTell) error {
		if row.Kind == CallElse && t.Viewer.Closed {
			return nil
		}
		return t.Item(people.Item{Kind: kindCalls, At: people.Moment(row.Made), Fields: []people.Field{
			{Name: "kind", Text: row.Kind, Words: "kept-call." + row.Kind},
			{Name: "ended", At: people.Moment(row.Ended)},
		}})
	})
}

const (
	draftsInOrderSQL = "SELECT id FROM concerns WHERE raised_by = {:person} AND state = 'draft' ORDER BY created, id"
	draftsToTellSQL  = "SELECT " + columnsOfConcern + " FROM json_each({:ids}) j JOIN concerns n ON n.id = j.value ORDER BY j.key"
)

// tellDrafts gives concerns that they have begun and not raised: nobody else has
// them. While their texts are closed it does not say that there is any.
func (k *Keeper) tellDrafts(ctx context.Context, t people.Telling) error {
	if t.Viewer.Closed {
		return nil
	}
	return people.Each(ctx, k.app, t.Viewer.ID, draftsInOrderSQL, draftsToTellSQL, func(c Concern) error {
		s, err := c.open(k.app, k.vault)
		closed := isClosedNow(err)
		if err != nil && !closed {
			return fmt.Errorf("tell draft %s: %w", c.ID, err)
		}
		said := slices.DeleteFunc([]string{s.When, s.Said, s.Seen, s.Think, s.ToldElse, s.Done, s.Wishes}, func(text string) bool { return text == "" })
		return t.Item(people.Item{Kind: kindDrafts, Fields: []people.Field{{Name: "note", List: said, Closed: closed}}})
	})
}

// tellTold gives what they were told of concerns about them, and nothing else of any.
// While their texts are closed it does not say that there is any: whoever made the
// session may be who is named.
func (k *Keeper) tellTold(ctx context.Context, t people.Telling) error {
	if t.Viewer.Closed {
		return nil
	}
	told, err := k.toldTo(ctx, t.Viewer, time.Time{})
	if err != nil {
		return err
	}
	for _, one := range slices.Backward(told) {
		err := t.Item(people.Item{Kind: kindTold, At: one.At, Fields: []people.Field{{Name: "reply", Text: one.Text, Closed: one.NotNow}}})
		if err != nil {
			return err
		}
	}
	return nil
}
