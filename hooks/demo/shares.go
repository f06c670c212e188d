package demo

import (
	"context"
	"errors"
	"fmt"
	"time"

	"alongside/hooks/people"
	"alongside/hooks/reflections"
	"alongside/hooks/vault"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"
)

// A thread of the demo: what a learner shared with somebody, and what they wrote to
// each other.
type thread struct {
	learner, activity string // by the key of the cast, and as the course calls it
	reader            string // the same key
	feelings          []string
	turns             []turn // the first is the moment of the share
}

// A turn is something that one of the two did, so long ago.
type turn struct {
	by   string // key; "" for the share itself
	ago  time.Duration
	text string
	talk bool
}

// threads are what the half-way and the finished learner shared. One waits for an
// answer. People and words are invented.
func threads() []thread {
	return []thread{
		{
			learner: FinishedLearner, activity: "me-as-mentor", reader: SecondFacilitator, feelings: []string{"hopeful"},
			turns: []turn{
				{ago: 59 * day},
				{by: SecondFacilitator, ago: 58 * day, text: "Thank you, Grace. One line of yours and then stop: that is harder than it sounds, and you found it by yourself.\n\nHow do you notice that your one line was enough?"},
				{by: FinishedLearner, ago: 57 * day, text: "They start talking again and forget that I am there."},
				{by: SecondFacilitator, ago: 56 * day, text: "I will remember that. Try it once this week with somebody who is not family, and tell me how long it took."},
			},
		},
		{
			learner: FinishedLearner, activity: "one-moment", reader: SecondMentor,
			turns: []turn{
				{ago: 38 * day},
				{by: SecondMentor, ago: 37 * day, text: "Thank you for letting me read this. Your hands were busy and you stayed quiet, and that made room for her son.\n\nWhat were you doing with your hands?"},
				{by: FinishedLearner, ago: 36 * day, text: "Peeling potatoes. Far too many. We ate them for three days."},
				{by: SecondMentor, ago: 36*day - 2*time.Hour, text: "Then she stayed for a long time. I am going to try the drawer for the phone as well."},
			},
		},
		{
			learner: FinishedLearner, activity: "what-worries-me", reader: SecondFacilitator, feelings: []string{"worried"},
			turns: []turn{
				{ago: 11 * day},
				{by: SecondFacilitator, ago: 10 * day, talk: true, text: "Thank you for writing this down. Where you were, telling somebody had a price. So it makes sense that it worries you now.\n\nYou already know whom you would ask, in the week and at the weekend. I would like to talk about the rest with you. I am in on Thursday afternoon, and the kettle works again."},
			},
		},
		{
			learner: HalfWayLearner, activity: "who-helped", reader: FirstMentor,
			turns: []turn{
				{ago: 15 * day},
				{by: FirstMentor, ago: 14 * day, text: "Thank you, Yusuf. He showed you, and then he let you do it. I read that sentence twice.\n\nYou noticed what helped: he did not ask why you came. Is there somebody whom you could show the ticket machine to?"},
			},
		},
		{
			learner: HalfWayLearner, activity: "really-heard", reader: FirstFacilitator, feelings: []string{"calm", "thankful"},
			turns: []turn{{ago: day + 3*time.Hour}},
		},
	}
}

// A Sharing is what the demo needs of those who keep what is shared: their room as it
// was at a moment, and the vault.
type Sharing struct {
	Room  func(at time.Time) *reflections.Room
	Vault *vault.Vault
}

// Shares lets the half-way and the finished learner share what they wrote, and those
// beside them answer. A thread that is there, or was, is left as it is.
func Shares(s Sharing, now time.Time) Filler {
	return func(app core.App, made People) error {
		for _, one := range threads() {
			if err := s.play(app, made, one, now); err != nil {
				return fmt.Errorf("thread about %s: %w", one.activity, err)
			}
		}
		return nil
	}
}

func (s Sharing) play(app core.App, made People, one thread, now time.Time) error {
	learner := &web.Viewer{ID: made[one.learner]}
	row, err := writtenTo(app, learner.ID, one.activity)
	if err != nil || row.ID == "" || row.Shared {
		return err
	}
	to, err := answererOf(app, learner.ID, made[one.reader], now)
	if err != nil || to == nil {
		return err
	}
	if err := s.feel(app, learner, row, one.feelings, now.Add(-one.turns[0].ago)); err != nil {
		return err
	}
	for i, t := range one.turns {
		err := s.take(made, learner, row.ID, *to, t, now)
		if i == 0 && errors.Is(err, reflections.ErrNotThere) {
			return nil // in a folder of an older version they did not walk together yet
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// take does one turn, at its moment.
func (s Sharing) take(made People, learner *web.Viewer, reflection string, to people.Answerer, t turn, now time.Time) error {
	ctx, room := context.Background(), s.Room(now.Add(-t.ago))
	if t.by == "" {
		return room.ShareWhole(ctx, learner, reflection, to)
	}
	reader := &web.Viewer{ID: to.ID, Memberships: []web.Membership{{Role: to.Role, Programme: to.Programme}}}
	opened, err := room.Open(ctx, reader, reflections.ShareID(reflection, to.ID))
	if err != nil {
		return err
	}
	writer := reader
	if made[t.by] == learner.ID {
		writer = learner
	}
	sent, _, err := room.Thread(ctx, writer, opened.Share)
	if err != nil {
		return err
	}
	if err := room.Saw(writer, sent); err != nil { // they read before they write
		return err
	}
	return room.Send(ctx, writer, opened.Share, t.text, t.talk)
}

// A writing is a reflection of a learner of the demo.
type writing struct {
	ID       string `db:"id"`
	Module   string `db:"module"`
	Activity string `db:"activity"`
	Revision string `db:"revision"`
	State    string `db:"state"`
	Sealed   string `db:"sealed"`
	Shared   bool   `db:"shared"` // it is, or was
}

// writtenTo is what a learner wrote to an activity; empty where they did not.
func writtenTo(app core.App, learner, activity string) (row writing, err error) {
	var rows []writing
	err = app.DB().NewQuery(`SELECT f.id, f.module, f.activity, f.revision, f.state, f.sealed, EXISTS (SELECT 1 FROM shares s WHERE s.reflection = f.id) AS shared
		FROM reflections f WHERE f.user = {:learner} AND f.activity = {:activity} AND f.state IN ('draft', 'kept', 'shared') LIMIT 1`).
		Bind(dbx.Params{"learner": learner, "activity": activity}).All(&rows)
	if err != nil || len(rows) == 0 {
		return writing{}, err
	}
	return rows[0], nil
}

// answererOf is somebody with whom a learner may share; nil where whoever tries the
// demo has changed that.
func answererOf(app core.App, learner, reader string, now time.Time) (*people.Answerer, error) {
	all, err := people.AnswerersOf(context.Background(), app, learner, now)
	for i := range all {
		if all[i].ID == reader {
			return &all[i], nil
		}
	}
	return nil, err
}

// feel puts how it felt into what a learner wrote.
func (s Sharing) feel(app core.App, learner *web.Viewer, row writing, feelings []string, at time.Time) error {
	if len(feelings) == 0 {
		return nil
	}
	one := reflections.Reflection{User: learner.ID, Module: row.Module, Activity: row.Activity, Revision: row.Revision, State: row.State, Was: reflections.Stamp(row.Sealed)}
	one, err := one.Read(app, s.Vault, learner, row.Sealed)
	if err != nil {
		return err
	}
	if one.Lock != reflections.Unlocked {
		return errors.New("what was written does not open")
	}
	one.Words.Feel(reflections.Ticked(feelings))
	sealed, err := one.Seal(app, s.Vault)
	if err != nil {
		return err
	}
	moment, err := types.ParseDateTime(at)
	if err != nil {
		return err
	}
	return app.RunInTransaction(func(tx core.App) error { return one.Store(tx, sealed, moment) })
}
