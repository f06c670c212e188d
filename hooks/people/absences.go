package people

import (
	"context"
	"fmt"
	"time"

	"alongside/hooks/audit"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"
)

// An Absence says that somebody who walks beside learners is away in a programme,
// from a first day to a last.
type Absence struct {
	ID        string
	Worker    string // of users
	Programme string
	Label     string // of the programme, neutral
	Called    string // what who is away is called
	Cover     string // of users: who answers meanwhile; "" for nobody
	Covers    string // what that one is called
	CoverAway bool   // who covers is away themself on one of the days
	First     string // ISO dates
	Last      string
	Begun     bool
}

const absencesSQL = `SELECT b.id, b.worker, b.programme, p.label, u.name, u.username, b.cover, COALESCE(k.name, '') AS cover_name, COALESCE(k.username, '') AS cover_username,
		b.starts, b.ends, b.starts <= {:policyNow} AS begun,
		b.cover != '' AND EXISTS (SELECT 1 FROM absences o WHERE o.worker = b.cover AND o.programme = b.programme AND o.starts < b.ends AND o.ends > b.starts) AS cover_away
	FROM absences b JOIN users u ON u.id = b.worker JOIN programmes p ON p.id = b.programme LEFT JOIN users k ON k.id = b.cover AND b.cover != ''
	WHERE b.ends > {:policyNow} AND `

// absencesWhere lists those that are not over and of which a condition on the
// table b is true, the next first.
func absencesWhere(ctx context.Context, app core.App, now time.Time, condition string, params dbx.Params) ([]Absence, error) {
	var rows []struct {
		ID            string         `db:"id"`
		Worker        string         `db:"worker"`
		Programme     string         `db:"programme"`
		Label         string         `db:"label"`
		Name          string         `db:"name"`
		Username      string         `db:"username"`
		Cover         string         `db:"cover"`
		CoverName     string         `db:"cover_name"`
		CoverUsername string         `db:"cover_username"`
		Starts        types.DateTime `db:"starts"`
		Ends          types.DateTime `db:"ends"`
		Begun         bool           `db:"begun"`
		CoverAway     bool           `db:"cover_away"`
	}
	bound := dbx.Params{"policyNow": Before(now)}
	for name, value := range params {
		bound[name] = value
	}
	err := app.ConcurrentDB().NewQuery(absencesSQL + "(" + condition + ") ORDER BY b.starts, b.id LIMIT 200").Bind(bound).WithContext(ctx).All(&rows)
	if err != nil {
		return nil, fmt.Errorf("read who is away: %w", err)
	}
	all := make([]Absence, len(rows))
	for i, row := range rows {
		all[i] = Absence{
			ID: row.ID, Worker: row.Worker, Programme: row.Programme, Label: row.Label, Called: called(row.Name, row.Username),
			Cover: row.Cover, CoverAway: row.CoverAway, First: dayOf(row.Starts), Last: lastDay(row.Ends), Begun: row.Begun,
		}
		if row.CoverUsername != "" {
			all[i].Covers = called(row.CoverName, row.CoverUsername)
		}
	}
	return all, nil
}

// AbsencesOf are the times at which somebody is or will be away.
func AbsencesOf(ctx context.Context, app core.App, worker string, now time.Time) ([]Absence, error) {
	return absencesWhere(ctx, app, now, "b.worker = {:worker}", dbx.Params{"worker": worker})
}

// CoversOf are those for whom somebody covers now, or will.
func CoversOf(ctx context.Context, app core.App, cover string, now time.Time) ([]Absence, error) {
	return absencesWhere(ctx, app, now, "b.cover = {:cover}", dbx.Params{"cover": cover})
}

// AwayIn are those who are or will be away in the programmes of which the viewer
// sees that, and who are not the viewer.
func AwayIn(ctx context.Context, app core.App, v *web.Viewer, now time.Time) ([]Absence, error) {
	which, params := ProgrammesOf(v, Absences, Whole)
	params["me"] = v.ID
	return absencesWhere(ctx, app, now, "b.worker != {:me} AND b.programme IN ("+which+")", params)
}

// An Away is somebody beside a learner who is away now, as the learner reads it.
type Away struct {
	Called string
	Last   string   // the last day, ISO date
	Covers []string // what those are called who answer meanwhile
}

// AwayOf are those beside a learner who are away now.
func AwayOf(ctx context.Context, app core.App, learner string, now time.Time) ([]Away, error) {
	answerers, err := AnswerersOf(ctx, app, learner, now)
	if err != nil {
		return nil, err
	}
	var all []Away
	known := map[string]bool{} // somebody who is two things to them is away once
	for _, a := range answerers {
		if a.Away.IsZero() || known[a.ID] {
			continue
		}
		known[a.ID] = true
		one := Away{Called: a.Called, Last: a.Away.Add(-time.Millisecond).Format(time.DateOnly)}
		for _, c := range answerers {
			if c.Instead == a.ID && c.Role == a.Role && c.Programme == a.Programme {
				one.Covers = append(one.Covers, c.Called)
			}
		}
		all = append(all, one)
	}
	return all, nil
}

// EndAway ends a time away, or takes back one that has not begun. It reports
// whether there was one: of this worker, not over, and in that programme where one
// is named.
func EndAway(tx core.App, log *audit.Log, by, worker, programme, id string, now time.Time) (bool, error) {
	params := dbx.Params{"id": id, "worker": worker, "programme": programme, "now": stored(now).String()}
	const which = " WHERE id = {:id} AND worker = {:worker} AND {:programme} IN ('', programme) AND ends > {:now}"
	var in string
	err := tx.DB().NewQuery("SELECT COALESCE((SELECT programme FROM absences" + which + "), '')").Bind(params).Row(&in)
	if err != nil || in == "" {
		return false, err
	}
	err = web.Exec(tx, "UPDATE absences SET ends = {:now}, updated = {:now}"+which+" AND starts < {:now}", params)
	if err == nil {
		err = web.Exec(tx, "DELETE FROM absences"+which, params)
	}
	if err != nil {
		return false, fmt.Errorf("end a time away: %w", err)
	}
	return true, log.Record(tx, audit.Act{Kind: audit.AwayEnded, Actor: by, Subject: worker, Item: id, Programme: in})
}
