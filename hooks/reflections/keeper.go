package reflections

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"alongside/courses"
	"alongside/hooks/people"

	"github.com/pocketbase/dbx"
)

// A Keeper is this room's part of what is kept of people: what they wrote for
// themselves, what of it they let others read, what was written to and fro, and for
// whom they asked. What they said is the Shelf's.
type Keeper struct{ *Room }

// Keeper is the room's part of what is kept of people, as far as it was written.
func (r *Room) Keeper() *Keeper { return &Keeper{r} }

// Kinds of things that this room keeps.
const (
	kindReflections = "reflections"
	kindShares      = "shares"
	kindReplies     = "replies"
	kindWritten     = "replies-written" // as staff, to others
	kindCalls       = "calls"
	kindTold        = "told"
	kindDrafts      = "concern-drafts"
)

const heldSQL = `SELECT
	(SELECT COUNT(*) FROM reflections WHERE user = {:person}) AS reflections,
	(SELECT COUNT(*) FROM shares WHERE learner = {:person}) AS shares,
	(SELECT COUNT(*) FROM shares s JOIN replies r ON r.share = s.id WHERE s.learner = {:person} AND (r.state = 'sent' OR r.writer = {:person})) AS replies,
	(SELECT COUNT(*) FROM replies r JOIN shares s ON s.id = r.share WHERE r.writer = {:person} AND s.learner != {:person}) AS written,
	(SELECT COUNT(*) FROM calls WHERE learner = {:person}) AS calls`

// Held counts them. Whether there is a concern about somebody is not among it: who
// carries out an erasure reads these numbers.
func (k *Keeper) Held(ctx context.Context, person string) ([]people.Holding, error) {
	var n struct {
		Reflections int `db:"reflections"`
		Shares      int `db:"shares"`
		Replies     int `db:"replies"`
		Written     int `db:"written"`
		Calls       int `db:"calls"`
	}
	err := k.app.ConcurrentDB().NewQuery(heldSQL).Bind(dbx.Params{"person": person}).WithContext(ctx).One(&n)
	if err != nil {
		return nil, fmt.Errorf("count what was written: %w", err)
	}
	return []people.Holding{
		{Kind: kindReflections, Count: n.Reflections},
		{Kind: kindShares, Count: n.Shares},
		{Kind: kindReplies, Count: n.Replies},
		{Kind: kindWritten, Count: n.Written, Stays: true},
		{Kind: kindCalls, Count: n.Calls, Private: true},
	}, nil
}

// Tell gives what they wrote for themselves, what others saw of it, the threads, for
// whom they asked, what they were told, and concerns that they began. What they wrote to others as staff is
// those others' own.
func (k *Keeper) Tell(ctx context.Context, t people.Telling) error {
	for _, part := range []func(context.Context, people.Telling) error{k.tellOwn, k.tellShares, k.tellReplies, k.tellCalls, k.tellTold, k.tellDrafts} {
		if err := part(ctx, t); err != nil {
			return err
		}
	}
	return nil
}

type toTell struct {
	Stored
	Created string `db:"created"`
}

const toTellSQL = `SELECT r.module, r.activity, r.revision, r.state, r.how, r.sealed, r.updated, r.created
	FROM json_each({:ids}) j JOIN reflections r ON r.id = j.value ORDER BY j.key`

// tellOwn gives each with what was asked, as it read when they wrote.
func (k *Keeper) tellOwn(ctx context.Context, t people.Telling) error {
	return people.Each(ctx, k.app, t.Viewer.ID, mineSQL+" ORDER BY created, id", toTellSQL,
		func(row toTell) error {
			item, err := k.item(ctx, t, row)
			if err != nil {
				return fmt.Errorf("tell reflection %s: %w", row.Activity, err)
			}
			return t.Item(item)
		})
}

func (k *Keeper) item(ctx context.Context, t people.Telling, row toTell) (people.Item, error) {
	outline, asked, err := k.content.Asked(ctx, row.Revision, row.Activity)
	if err != nil {
		return people.Item{}, err
	}
	said, felt, closed, err := k.words(t, row.Stored, asked)
	if err != nil {
		return people.Item{}, err
	}
	return people.Item{Kind: kindReflections, At: people.Moment(row.Updated), Fields: []people.Field{
		{Name: "module", Text: outline.Title, Lang: outline.Lang},
		{Name: "question", Text: asked.Text, Lang: outline.Lang},
		{Name: "said", List: said, Closed: closed},
		{Name: "feelings", List: felt, Words: "feeling."},
		{Name: "given", Text: row.How, Words: howGiven(row.How)},
		{Name: "state", Text: row.State, Words: "kept-reflection." + row.State},
		{Name: "begun", At: people.Moment(row.Created)},
	}}, nil
}

func howGiven(how string) string {
	if how == "" {
		return ""
	}
	return "also." + how
}

// words are what somebody wrote, each prompt that had one before its text, and
// what they ticked.
func (k *Keeper) words(t people.Telling, row Stored, asked *courses.Activity) (said, felt []string, closed bool, err error) {
	if row.Sealed == "" {
		return nil, nil, false, nil
	}
	one := Reflection{User: t.Viewer.ID, Module: row.Module, Activity: row.Activity, Revision: row.Revision, State: row.State}
	one, err = one.Read(k.app, k.vault, t.Viewer, row.Sealed)
	if err != nil || one.Lock != Unlocked {
		return nil, nil, one.Lock != Unlocked, err
	}
	if felt = one.Words.Felt().Feelings; one.Words.RatherNot {
		felt = append(felt, RatherNot)
	}
	for _, position := range slices.Sorted(maps.Keys(one.Words.Typed)) {
		if prompt, ok := asked.Item(position); ok {
			said = append(said, prompt.Text)
		}
		said = append(said, one.Words.Typed[position])
	}
	return append(said, one.Words.Kept...), felt, false, nil
}

const mineSQL = "SELECT id FROM reflections WHERE user = {:person}"
