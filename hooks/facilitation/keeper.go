package facilitation

import (
	"context"
	"fmt"

	"alongside/hooks/audit"
	"alongside/hooks/people"
	"alongside/hooks/reflections"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// A Keeper is this room's part of what is kept of people: their practice log, when
// they had supervision, and the phrases that they wrote for others.
type Keeper struct{ *Practice }

// Keeper is this room's.
func (p *Practice) Keeper() *Keeper { return &Keeper{p} }

// Kinds of things that this room keeps.
const (
	kindPractice    = "practice"
	kindSupervision = "supervision"
	kindPhrases     = "phrases"
)

// Held counts phrases. Of what somebody keeps for themselves it says that it is there
// and not how much: who carries out an erasure reads these numbers too.
func (k *Keeper) Held(ctx context.Context, person string) ([]people.Holding, error) {
	var n struct {
		Practice    int `db:"practice"`
		Supervision int `db:"supervision"`
		Phrases     int `db:"phrases"`
	}
	err := k.app.ConcurrentDB().NewQuery(`SELECT EXISTS (SELECT 1 FROM practice_notes WHERE owner = {:person}) AS practice,
		EXISTS (SELECT 1 FROM supervisions WHERE owner = {:person}) AS supervision,
		(SELECT COUNT(*) FROM phrases WHERE author = {:person}) AS phrases`).Bind(dbx.Params{"person": person}).WithContext(ctx).One(&n)
	if err != nil {
		return nil, fmt.Errorf("count practice: %w", err)
	}
	return []people.Holding{{Kind: kindPractice, Count: n.Practice}, {Kind: kindSupervision, Count: n.Supervision}, {Kind: kindPhrases, Count: n.Phrases}}, nil
}

// Tell gives notes, supervisions and phrases. What is kept only for them stays closed
// with their other texts: staff may have made the session that asks.
func (k *Keeper) Tell(ctx context.Context, t people.Telling) error {
	for _, part := range []func(context.Context, people.Telling) error{k.tellNotes, k.tellSupervisions, k.tellPhrases} {
		if err := part(ctx, t); err != nil {
			return err
		}
	}
	return nil
}

// closedOf says that there is something, and not when it was nor with whom.
func closedOf(kind string) people.Item {
	return people.Item{Kind: kind, Fields: []people.Field{{Name: "note", Closed: true}}}
}

func (k *Keeper) tellNotes(ctx context.Context, t people.Telling) error {
	return people.Each(ctx, k.app, t.Viewer.ID, "SELECT id FROM practice_notes WHERE owner = {:person} ORDER BY at, id",
		"SELECT n.id, n.sealed, n.at FROM json_each({:ids}) j JOIN practice_notes n ON n.id = j.value ORDER BY j.key",
		func(row noteRow) error {
			if t.Viewer.Closed {
				return t.Item(closedOf(kindPractice))
			}
			var note Note
			lock, err := k.open(t.Viewer.ID, placeOfNote(row.ID), row.Sealed, &note)
			if err != nil {
				return fmt.Errorf("tell practice note %s: %w", row.ID, err)
			}
			var parts []string
			for _, part := range note.Parts() {
				if part.Text != "" {
					parts = append(parts, part.Text)
				}
			}
			return t.Item(people.Item{Kind: kindPractice, At: people.Moment(row.At), Fields: []people.Field{
				{Name: "note", List: parts, Closed: lock != reflections.Unlocked},
			}})
		})
}

func (k *Keeper) tellSupervisions(ctx context.Context, t people.Telling) error {
	return people.Each(ctx, k.app, t.Viewer.ID, "SELECT id FROM supervisions WHERE owner = {:person} ORDER BY at, id",
		"SELECT s.id, s.sealed, s.at, s.held FROM json_each({:ids}) j JOIN supervisions s ON s.id = j.value ORDER BY j.key",
		func(row supervisionRow) error {
			if t.Viewer.Closed {
				return t.Item(closedOf(kindSupervision))
			}
			s, err := k.opened(t.Viewer.ID, row)
			if err != nil {
				return fmt.Errorf("tell supervision %s: %w", row.ID, err)
			}
			state := "booked"
			if s.Held {
				state = "held"
			}
			var parts []string
			for _, text := range []string{s.Need, s.Came} {
				if text != "" {
					parts = append(parts, text)
				}
			}
			return t.Item(people.Item{Kind: kindSupervision, At: s.Day, Fields: []people.Field{
				{Name: "state", Text: state, Words: "kept-supervision." + state},
				{Name: "time", Text: s.Time},
				{Name: "who", Text: s.With},
				{Name: "minutes", Text: s.Length()},
				{Name: "note", List: parts, Closed: s.Lock != reflections.Unlocked},
			}})
		})
}

type phraseToTell struct {
	Kind    string `db:"kind"`
	Text    string `db:"text"`
	Name    string `db:"name"`
	Lang    string `db:"language"`
	Created string `db:"created"`
}

func (k *Keeper) tellPhrases(ctx context.Context, t people.Telling) error {
	return people.Each(ctx, k.app, t.Viewer.ID, "SELECT id FROM phrases WHERE author = {:person} ORDER BY created, id",
		"SELECT f.kind, f.text, f.name, f.language, f.created FROM json_each({:ids}) j JOIN phrases f ON f.id = j.value ORDER BY j.key",
		func(row phraseToTell) error {
			return t.Item(people.Item{Kind: kindPhrases, At: people.Moment(row.Created), Fields: []people.Field{
				{Name: "kind", Text: row.Kind, Words: "phrase.kind." + row.Kind},
				{Name: "said", Text: row.Text, Lang: row.Lang},
				{Name: "name", Text: row.Name},
			}})
		})
}

// Erase removes what somebody kept for themselves, and what they were answering.
// Their phrases stay for others, without whom they are by; those that were taken away
// go.
func (k *Keeper) Erase(tx core.App, person string, most int) (int, error) {
	return people.Remove(tx, dbx.Params{"person": person}, most,
		"DELETE FROM practice_notes WHERE id IN (SELECT id FROM practice_notes WHERE owner = {:person} LIMIT {:most})",
		"DELETE FROM supervisions WHERE id IN (SELECT id FROM supervisions WHERE owner = {:person} LIMIT {:most})",
		"DELETE FROM claims WHERE id IN (SELECT id FROM claims WHERE worker = {:person} LIMIT {:most})",
		"DELETE FROM phrases WHERE id IN (SELECT id FROM phrases WHERE author = {:person} AND ended != '' LIMIT {:most})",
		"UPDATE phrases SET author = '', name = '' WHERE id IN (SELECT id FROM phrases WHERE author = {:person} LIMIT {:most})")
}

const (
	ownerLeft    = "owner IN (" + people.Left + ") AND owner NOT IN (" + audit.OnHold + ")"
	notesLeftSQL = "SELECT id FROM practice_notes WHERE " + ownerLeft
	timesLeftSQL = "SELECT id FROM supervisions WHERE " + ownerLeft
)

// Clocks has the one of those who have left.
func (k *Keeper) Clocks() []people.Clock {
	return []people.Clock{people.NewClock(k.app, people.AfterLeaving(), notesLeftSQL+" UNION ALL "+timesLeftSQL,
		"DELETE FROM practice_notes WHERE id IN ("+notesLeftSQL+" LIMIT {:most})",
		"DELETE FROM supervisions WHERE id IN ("+timesLeftSQL+" LIMIT {:most})")}
}
