package reflections

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"alongside/courses"
	"alongside/hooks/audit"
	"alongside/hooks/content"
	"alongside/hooks/people"
	"alongside/hooks/vault"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// A Keeper is this room's part of what is kept of people: what they wrote for
// themselves, kept lines among it.
type Keeper struct {
	app     core.App
	content *content.Content
	vault   *vault.Vault
}

// NewKeeper makes the keeper of an app whose migrations have run.
func NewKeeper(app core.App, c *content.Content, v *vault.Vault) *Keeper {
	return &Keeper{app: app, content: c, vault: v}
}

const kindReflections = "reflections"

// Held counts them.
func (k *Keeper) Held(ctx context.Context, person string) ([]people.Holding, error) {
	var n int
	err := k.app.ConcurrentDB().NewQuery("SELECT COUNT(*) FROM reflections WHERE user = {:person}").
		Bind(dbx.Params{"person": person}).WithContext(ctx).Row(&n)
	if err != nil {
		return nil, fmt.Errorf("count reflections: %w", err)
	}
	return []people.Holding{{Kind: kindReflections, Count: n}}, nil
}

type toTell struct {
	Stored
	Created string `db:"created"`
}

const toTellSQL = `SELECT r.module, r.activity, r.revision, r.state, r.how, r.sealed, r.updated, r.created
	FROM json_each({:ids}) j JOIN reflections r ON r.id = j.value ORDER BY j.key`

// Tell gives each with what was asked, as it read when they wrote.
func (k *Keeper) Tell(ctx context.Context, t people.Telling) error {
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

// Erase removes what somebody wrote.
func (k *Keeper) Erase(tx core.App, person string, most int) (int, error) {
	return people.Remove(tx, dbx.Params{"person": person}, most, "DELETE FROM reflections WHERE id IN ("+mineSQL+" LIMIT {:most})")
}

const leftSQL = "SELECT id FROM reflections WHERE user IN (" + people.Left + ") AND user NOT IN (" + audit.OnHold + ")"

// Clocks has the one of those who have left.
func (k *Keeper) Clocks() []people.Clock {
	return []people.Clock{people.NewClock(k.app, people.AfterLeaving(), leftSQL, "DELETE FROM reflections WHERE id IN ("+leftSQL+" LIMIT {:most})")}
}
