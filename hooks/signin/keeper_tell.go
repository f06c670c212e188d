package signin

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"

	"alongside/hooks/people"
	"alongside/hooks/vault"

	"github.com/pocketbase/dbx"
)

// Tell gives them, the late forms opened where that is allowed now.
func (k *Keeper) Tell(ctx context.Context, t people.Telling) error {
	for _, part := range []func(context.Context, people.Telling) error{k.tellSessions, k.tellCards, k.tellCodes, k.tellSecond, k.tellLate} {
		if err := part(ctx, t); err != nil {
			return err
		}
	}
	return nil
}

type sessionToTell struct {
	Created string `db:"created"`
	Browser string `db:"browser"`
	System  string `db:"system"`
	How     string `db:"how"`
	Seen    string `db:"last_seen"`
	Ended   string `db:"ended"`
	Own     bool   `db:"own_device"`
}

const (
	sessionsInOrderSQL = "SELECT id FROM sessions WHERE user = {:person} ORDER BY created, id"
	sessionsToTellSQL  = `SELECT s.created, s.browser, s.system, s.how, s.last_seen, s.ended, s.own_device
		FROM json_each({:ids}) j JOIN sessions s ON s.id = j.value ORDER BY j.key`
)

func (k *Keeper) tellSessions(ctx context.Context, t people.Telling) error {
	return people.Each(ctx, k.desk.app, t.Viewer.ID, sessionsInOrderSQL, sessionsToTellSQL,
		func(s sessionToTell) error {
			return t.Item(people.Item{Kind: kindSignIns, At: people.Moment(s.Created), Fields: []people.Field{
				{Name: "browser", Text: s.Browser},
				{Name: "system", Text: s.System},
				{Name: "how", Text: s.How, Words: wordsOf("kept-how.", s.How)},
				{Name: "device", Text: deviceKind(s.Own), Words: "kept-device." + deviceKind(s.Own)},
				{Name: "last-seen", At: people.Moment(s.Seen)},
				{Name: "ended", At: people.Moment(s.Ended)},
			}})
		})
}

func wordsOf(family, own string) string {
	if own == "" {
		return ""
	}
	return family + own
}

func deviceKind(own bool) string {
	if own {
		return "own"
	}
	return "shared"
}

func (k *Keeper) tellCards(ctx context.Context, t people.Telling) error {
	var rows []struct {
		Created string `db:"created"`
		State   string `db:"state"`
		Expires string `db:"expires"`
		Used    string `db:"used"`
		Ended   string `db:"ended"`
	}
	err := k.desk.app.ConcurrentDB().NewQuery(`SELECT created, state, expires, used, ended FROM cards
		WHERE user = {:person} ORDER BY created, id LIMIT 1000`).
		Bind(dbx.Params{"person": t.Viewer.ID}).WithContext(ctx).All(&rows)
	if err != nil {
		return fmt.Errorf("tell cards: %w", err)
	}
	for _, row := range rows {
		err := t.Item(people.Item{Kind: kindCards, At: people.Moment(row.Created), Fields: []people.Field{
			{Name: "state", Text: row.State, Words: "kept-card." + row.State},
			{Name: "expires", At: people.Moment(row.Expires)},
			{Name: "used", At: people.Moment(row.Used)},
			{Name: "ended", At: people.Moment(row.Ended)},
		}})
		if err != nil {
			return err
		}
	}
	return nil
}

func (k *Keeper) tellCodes(ctx context.Context, t people.Telling) error {
	var rows []struct {
		Created string `db:"created"`
		Kind    string `db:"kind"`
		Expires string `db:"expires"`
		Used    string `db:"used"`
	}
	err := k.desk.app.ConcurrentDB().NewQuery(`SELECT created, kind, expires, used FROM codes
		WHERE user = {:person} ORDER BY created, id LIMIT 1000`).
		Bind(dbx.Params{"person": t.Viewer.ID}).WithContext(ctx).All(&rows)
	if err != nil {
		return fmt.Errorf("tell codes: %w", err)
	}
	for _, row := range rows {
		err := t.Item(people.Item{Kind: kindCodes, At: people.Moment(row.Created), Fields: []people.Field{
			{Name: "kind", Text: row.Kind, Words: "kept-code." + row.Kind},
			{Name: "expires", At: people.Moment(row.Expires)},
			{Name: "used", At: people.Moment(row.Used)},
		}})
		if err != nil {
			return err
		}
	}
	return nil
}

func (k *Keeper) tellSecond(ctx context.Context, t people.Telling) error {
	var since []string
	err := k.desk.app.ConcurrentDB().NewQuery("SELECT created FROM second_factors WHERE user = {:person} LIMIT 10").
		Bind(dbx.Params{"person": t.Viewer.ID}).WithContext(ctx).Column(&since)
	if err != nil {
		return fmt.Errorf("tell second factor: %w", err)
	}
	for _, at := range since {
		if err := t.Item(people.Item{Kind: kindSecond, At: people.Moment(at)}); err != nil {
			return err
		}
	}
	return nil
}

func (k *Keeper) tellLate(ctx context.Context, t people.Telling) error {
	var rows []struct {
		ID      string `db:"id"`
		Created string `db:"created"`
		Address string `db:"address"`
		Sealed  string `db:"sealed"`
	}
	err := k.desk.app.ConcurrentDB().NewQuery(`SELECT id, created, address, sealed FROM kept_posts
		WHERE user = {:person} ORDER BY created, id LIMIT 100`).
		Bind(dbx.Params{"person": t.Viewer.ID}).WithContext(ctx).All(&rows)
	if err != nil {
		return fmt.Errorf("tell late forms: %w", err)
	}
	for _, row := range rows {
		typed, closed, err := k.openLate(t, row.ID, row.Sealed)
		if err != nil {
			return err
		}
		err = t.Item(people.Item{Kind: kindLate, At: people.Moment(row.Created), Fields: []people.Field{
			{Name: "address", Text: row.Address}, {Name: "said", List: typed, Closed: closed},
		}})
		if err != nil {
			return err
		}
	}
	return nil
}

// openLate gives what was typed into a form that came too late.
func (k *Keeper) openLate(t people.Telling, id, sealed string) (typed []string, closed bool, err error) {
	if t.Viewer.Closed {
		return nil, true, nil
	}
	text, err := k.desk.vault.Open(k.desk.app, t.Viewer.ID, keptPlace(id), sealed)
	if errors.Is(err, vault.ErrNoKey) || errors.Is(err, vault.ErrTampered) {
		return nil, true, nil
	}
	if err != nil {
		return nil, false, err
	}
	form, err := url.ParseQuery(string(text))
	if err != nil {
		return nil, false, fmt.Errorf("kept form %s: %w", id, err)
	}
	for _, field := range slices.Sorted(maps.Keys(form)) {
		if strings.HasPrefix(field, "a.") {
			typed = append(typed, form[field]...)
		}
	}
	return typed, false, nil
}
