package people

import (
	"context"
	"fmt"
	"time"

	"alongside/hooks/audit"
	"alongside/hooks/web"
	"alongside/templates"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// acts is the record's part of what is kept of somebody: who did what to their
// things. It is told and counted; an erasure leaves it, because it holds ids and
// kinds and nothing that anybody wrote.
type acts struct {
	app   core.App
	audit *audit.Log
}

// Kinds of things that the record keeps.
const (
	kindActsAbout = "acts-about"
	kindActsBy    = "acts-by"
)

// Held counts acts about somebody, and theirs about others.
func (a *acts) Held(ctx context.Context, person string) ([]Holding, error) {
	var n struct {
		About int `db:"about"`
		By    int `db:"by"`
	}
	err := a.app.ConcurrentDB().NewQuery(`SELECT (SELECT COUNT(*) FROM audit WHERE subject = {:person}) AS about,
		(SELECT COUNT(*) FROM audit WHERE actor = {:person} AND subject != {:person}) AS by`).
		Bind(dbx.Params{"person": person}).WithContext(ctx).One(&n)
	if err != nil {
		return nil, fmt.Errorf("count acts: %w", err)
	}
	return []Holding{{Kind: kindActsAbout, Count: n.About, Stays: true, Private: true}, {Kind: kindActsBy, Count: n.By, Stays: true, Private: true}}, nil
}

// privateSQL are acts about what somebody shared, about concerns, and about wishes for
// somebody else. Staff may have made the session that reads them while texts are
// closed, and a concern or a wish may be about them.
const privateSQL = "(kind GLOB 'concern-*' OR kind GLOB 'else-*' OR kind IN ('" + string(audit.ReflectionShared) + "', '" + string(audit.ReflectionWithdrawn) +
	"', '" + string(audit.ReflectionViewed) + "', '" + string(audit.ReflectionHeard) + "', '" + string(audit.ReplySent) + "', '" + string(audit.ReplyRead) + "'))"

// openTo narrows acts to those that a viewer may read now.
func openTo(viewer *web.Viewer) string {
	if viewer.Closed {
		return " AND NOT " + privateSQL
	}
	return ""
}

// An ActView is one act on somebody's things, as they see it.
type ActView struct {
	At   string // RFC 3339
	Kind string
	Says string // locale key of what was done, as the one to whom it was done reads it
	Mine bool   // they did it themselves
	Who  string // what the one who did it is called; "" for the site, and for who is not here any more

	Address string // of what it was done to, where that has a page of theirs; ""
	item    string
}

type actRow struct {
	At    string `db:"at"`
	Kind  string `db:"kind"`
	Actor string `db:"actor"`
	Who   string `db:"who"`
	Item  string `db:"item"`
}

func (r actRow) view(person string) ActView {
	says := "my-act." + r.Kind
	if !templates.Has(says) {
		says = "act." + r.Kind
	}
	return ActView{At: Moment(r.At), Kind: r.Kind, Says: says, Mine: r.Actor == person, Who: r.Who, item: r.Item}
}

// done is an act as the one who did it reads it: not whose thing it was.
func (r actRow) done(person string) ActView {
	view := r.view(person)
	view.Says = "act." + r.Kind
	return view
}

const (
	latestAboutSQL = `SELECT a.at, a.kind, a.actor, a.item, COALESCE(NULLIF(u.name, ''), u.username, '') AS who
		FROM audit a LEFT JOIN users u ON u.id = a.actor WHERE a.subject = {:person}`
	latestBySQL = `SELECT at, kind, actor, '' AS who
		FROM audit WHERE actor = {:person} AND subject != {:person}`
	latestFirst = " ORDER BY number DESC LIMIT {:most}"
)

// latestAbout are the newest acts about somebody.
func (a *acts) latestAbout(ctx context.Context, viewer *web.Viewer, most int) ([]ActView, error) {
	return a.latest(ctx, latestAboutSQL+openTo(viewer)+latestFirst, viewer.ID, most, actRow.view)
}

// latestBy are the newest acts of somebody about others.
func (a *acts) latestBy(ctx context.Context, viewer *web.Viewer, most int) ([]ActView, error) {
	return a.latest(ctx, latestBySQL+openTo(viewer)+latestFirst, viewer.ID, most, actRow.done)
}

func (a *acts) latest(ctx context.Context, sql, person string, most int, view func(actRow, string) ActView) ([]ActView, error) {
	var rows []actRow
	err := a.app.ConcurrentDB().NewQuery(sql).Bind(dbx.Params{"person": person, "most": most}).WithContext(ctx).All(&rows)
	if err != nil {
		return nil, fmt.Errorf("latest acts of %s: %w", person, err)
	}
	views := make([]ActView, len(rows))
	for i, row := range rows {
		views[i] = view(row, person)
	}
	return views, nil
}

const (
	aboutInOrderSQL = "SELECT id FROM audit WHERE subject = {:person}"
	aboutToTellSQL  = `SELECT a.at, a.kind, a.actor, COALESCE(NULLIF(u.name, ''), u.username, '') AS who
		FROM json_each({:ids}) j JOIN audit a ON a.id = j.value LEFT JOIN users u ON u.id = a.actor ORDER BY j.key`
	byInOrderSQL = "SELECT id FROM audit WHERE actor = {:person} AND subject != {:person}"
	byToTellSQL  = "SELECT a.at, a.kind, a.actor, '' AS who FROM json_each({:ids}) j JOIN audit a ON a.id = j.value ORDER BY j.key"
)

// Tell gives what others did to their things with who it was, and what they did
// themselves without whose things it was.
func (a *acts) Tell(ctx context.Context, t Telling) error {
	if err := a.tellEach(ctx, t, kindActsAbout, aboutInOrderSQL, aboutToTellSQL); err != nil {
		return err
	}
	return a.tellEach(ctx, t, kindActsBy, byInOrderSQL, byToTellSQL)
}

func (a *acts) tellEach(ctx context.Context, t Telling, kind, ids, rows string) error {
	return Each(ctx, a.app, t.Viewer.ID, ids+openTo(t.Viewer)+" ORDER BY number", rows,
		func(row actRow) error {
			view := row.view(t.Viewer.ID)
			if kind == kindActsBy {
				view = row.done(t.Viewer.ID)
			}
			who := Field{Name: "who", Text: view.Who}
			if view.Mine {
				who.Text, who.Words = "you", "kept-you"
			}
			return t.Item(Item{Kind: kind, At: view.At, Fields: []Field{who, {Name: "act", Text: view.Kind, Words: view.Says}}})
		})
}

// Erase removes nothing: that somebody was erased must itself stay on record.
func (a *acts) Erase(core.App, string, int) (int, error) { return 0, nil }

// Clocks has that of the record itself.
func (a *acts) Clocks() []Clock {
	return []Clock{{
		Name: "record", Days: 6 * 365, Least: 366,
		Due: func(_ context.Context, before time.Time) (int, error) { return a.audit.Due(a.app, before) },
		Retire: func(_ context.Context, before time.Time, most int) (n int, err error) {
			err = a.app.RunInTransaction(func(tx core.App) (err error) {
				n, err = a.audit.Retire(tx, before, most)
				return err
			})
			return n, err
		},
	}}
}
