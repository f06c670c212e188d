package people

import (
	"context"
	"fmt"
	"time"

	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"
)

// An Answerer is somebody with whom a learner may share what they wrote: who
// walks beside them now, and who covers for one of those.
type Answerer struct {
	ID        string // of users
	Role      web.Role
	Programme string
	Called    string
	Username  string
	Away      time.Time // when they are back; zero while they are here
	CoversFor string    // what whom they cover for is called; "" for who walks beside them
	Instead   string    // whom they cover for, of users; "" for who walks beside them
}

// Day is the day on which they are back; "" while they are here.
func (a Answerer) Day() string {
	if a.Away.IsZero() {
		return ""
	}
	return a.Away.Format(time.DateOnly)
}

const answerersSQL = `
	WITH beside AS (
		SELECT a.worker, a.role, a.programme, MAX(a.starts) AS starts,
			(SELECT MAX(b.ends) FROM absences b WHERE b.worker = a.worker AND b.programme = a.programme AND b.starts <= {:policyNow} AND b.ends > {:policyNow}) AS away
		FROM assignments a
		WHERE a.learner = {:learner} AND %s
			AND EXISTS (SELECT 1 FROM memberships m WHERE m.user = a.worker AND m.role = a.role AND m.programme = a.programme AND %s)
			AND EXISTS (SELECT 1 FROM memberships l WHERE l.user = a.learner AND l.role = 'learner' AND l.programme = a.programme AND %s)
		GROUP BY a.worker, a.role, a.programme
	), covers AS (
		SELECT DISTINCT b.cover AS worker, d.role, d.programme, d.starts, '' AS away, d.worker AS instead
		FROM beside d JOIN absences b ON b.worker = d.worker AND b.programme = d.programme
		WHERE b.cover != '' AND b.cover != {:learner} AND b.starts <= {:policyNow} AND b.ends > {:policyNow}
			AND EXISTS (SELECT 1 FROM memberships k WHERE k.user = b.cover AND k.role = d.role AND k.programme = d.programme AND %s)
			AND NOT EXISTS (SELECT 1 FROM beside o WHERE o.worker = b.cover AND o.role = d.role AND o.programme = d.programme)
	)
	SELECT u.id, x.role, x.programme, x.instead, u.name, u.username, COALESCE(x.away, '') AS away, COALESCE(f.name, '') AS for_name, COALESCE(f.username, '') AS for_username
	FROM (SELECT worker, role, programme, starts, away, '' AS instead FROM beside UNION ALL SELECT * FROM covers) x
	JOIN users u ON u.id = x.worker LEFT JOIN users f ON f.id = x.instead
	ORDER BY x.role, x.starts DESC, u.id LIMIT 50`

// AnswerersOf are those with whom a learner may share now, facilitators first.
func AnswerersOf(ctx context.Context, app core.App, learner string, now time.Time) ([]Answerer, error) {
	var rows []struct {
		ID          string         `db:"id"`
		Role        web.Role       `db:"role"`
		Programme   string         `db:"programme"`
		Instead     string         `db:"instead"`
		Name        string         `db:"name"`
		Username    string         `db:"username"`
		Away        types.DateTime `db:"away"`
		ForName     string         `db:"for_name"`
		ForUsername string         `db:"for_username"`
	}
	sql := fmt.Sprintf(answerersSQL, holdsNow("a"), holdsNow("m"), holdsNow("l"), holdsNow("k"))
	err := app.ConcurrentDB().NewQuery(sql).Bind(dbx.Params{"learner": learner, "policyNow": stored(now).String()}).WithContext(ctx).All(&rows)
	if err != nil {
		return nil, fmt.Errorf("read who may answer %s: %w", learner, err)
	}
	all := make([]Answerer, len(rows))
	for i, row := range rows {
		all[i] = Answerer{
			ID: row.ID, Role: row.Role, Programme: row.Programme, Called: called(row.Name, row.Username), Username: row.Username,
			Away: row.Away.Time(), Instead: row.Instead,
		}
		if row.ForUsername != "" {
			all[i].CoversFor = called(row.ForName, row.ForUsername)
		}
	}
	return all, nil
}

// Answers is the condition that a worker may still read what a learner let them
// read in a role and a programme: they walk beside the learner in it, or cover
// for somebody who does. The names are expressions of the statement that it
// stands in, whose parameter {:policyNow} is the moment, as Before gives it.
func Answers(learner, worker, role, programme string) string {
	return fmt.Sprintf(`EXISTS (SELECT 1 FROM memberships l WHERE l.user = %[1]s AND l.role = 'learner' AND +l.programme = %[4]s AND %[5]s)
		AND EXISTS (SELECT 1 FROM memberships m WHERE m.user = %[2]s AND m.role = %[3]s AND +m.programme = %[4]s AND %[6]s)
		AND (EXISTS (SELECT 1 FROM assignments a WHERE a.learner = %[1]s AND a.worker = %[2]s AND a.role = %[3]s AND a.programme = %[4]s AND %[7]s)
			OR EXISTS (SELECT 1 FROM absences b JOIN assignments c ON c.worker = b.worker AND c.learner = %[1]s AND c.role = %[3]s AND c.programme = b.programme
				WHERE b.cover = %[2]s AND b.programme = %[4]s AND b.starts <= {:policyNow} AND b.ends > {:policyNow} AND %[8]s))`,
		learner, worker, role, programme, holdsNow("l"), holdsNow("m"), holdsNow("a"), holdsNow("c"))
}
