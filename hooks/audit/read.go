package audit

import (
	"context"
	"fmt"

	"github.com/pocketbase/dbx"
)

// An Entry is an act as it was recorded.
type Entry struct {
	Act
	Number int
	At     string // as PocketBase writes moments, UTC
}

// About lists the newest acts that were done to somebody's things, by whoever
// did them, themselves too.
func (l *Log) About(ctx context.Context, person string, limit int) ([]Entry, error) {
	return l.entries(ctx, "subject", person, limit)
}

// By lists the newest acts that somebody did.
func (l *Log) By(ctx context.Context, actor string, limit int) ([]Entry, error) {
	return l.entries(ctx, "actor", actor, limit)
}

func (l *Log) entries(ctx context.Context, column, person string, limit int) ([]Entry, error) {
	if person == "" {
		return nil, nil
	}
	var rows []row
	err := l.app.ConcurrentDB().NewQuery("SELECT " + columns + " FROM audit WHERE " + column + " = {:person} ORDER BY number DESC LIMIT {:limit}").
		Bind(dbx.Params{"person": person, "limit": limit}).WithContext(ctx).All(&rows)
	if err != nil {
		return nil, fmt.Errorf("read acts, %s %s: %w", column, person, err)
	}
	entries := make([]Entry, len(rows))
	for i, r := range rows {
		entries[i] = Entry{Number: r.Number, At: r.At, Act: Act{
			Kind: Kind(r.Kind), Actor: r.Actor, Subject: r.Subject, Item: r.Item, Programme: r.Programme, Detail: r.Detail,
		}}
	}
	return entries, nil
}

// A Span is which acts to count: those of some days, of one kind or of all, of
// the whole site or of some programmes.
type Span struct {
	From, Until string // ISO dates, both among them
	Kind        Kind   // "" for all
	Site        bool   // everything, whatever Programmes says
	Programmes  []string
}

// A DayCount is how many acts of one kind there were on one day, UTC.
type DayCount struct {
	Day   string `db:"day"` // ISO date
	Kind  Kind   `db:"kind"`
	Count int    `db:"count"`
}

// CountByDay counts acts, the newest day first. It tells nobody's name.
func (l *Log) CountByDay(ctx context.Context, s Span) ([]DayCount, error) {
	where := s.where()
	if s.Kind != "" {
		where = dbx.And(where, dbx.HashExp{"kind": string(s.Kind)})
	}
	var counts []DayCount
	err := l.app.ConcurrentDB().Select("substr(at, 1, 10) AS day", "kind", "COUNT(*) AS count").From("audit").Where(where).
		GroupBy("day", "kind").OrderBy("day DESC", "count DESC", "kind").WithContext(ctx).All(&counts)
	if err != nil {
		return nil, fmt.Errorf("count acts: %w", err)
	}
	return counts, nil
}

// KindsIn lists the kinds of which there are any, whatever kind is asked for.
func (l *Log) KindsIn(ctx context.Context, s Span) ([]Kind, error) {
	var kinds []Kind
	err := l.app.ConcurrentDB().Select("kind").Distinct(true).From("audit").Where(s.where()).OrderBy("kind").WithContext(ctx).Column(&kinds)
	if err != nil {
		return nil, fmt.Errorf("list kinds of acts: %w", err)
	}
	return kinds, nil
}

// where leaves out what was done about concerns, and about wishes for somebody else:
// whoever counts may be whom one is about.
func (s Span) where() dbx.Expression {
	days := dbx.NewExp("at >= {:from} AND at < {:until} AND kind NOT LIKE 'concern-%' AND kind NOT LIKE 'else-%'", dbx.Params{"from": s.From, "until": s.Until + "~"}) // "~" sorts after every hour
	if s.Site {
		return days
	}
	programmes := make([]any, len(s.Programmes))
	for i, id := range s.Programmes {
		programmes[i] = id
	}
	return dbx.And(days, dbx.In("programme", programmes...))
}
