package people

import (
	"context"
	"fmt"
	"time"

	"alongside/hooks/web"
	"alongside/templates"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"
)

// A Worker is somebody who walks beside a learner now.
type Worker struct {
	ID         string // of users
	Assignment string
	Programme  string
	Role       web.Role // what they are to the learner: mentor or facilitator
	Called     string
	Username   string
	Since      time.Time
}

// WorkersOf are those who walk beside a learner now, in every programme where
// both still are what the assignment says; the newest first.
func WorkersOf(ctx context.Context, app core.App, learner string, now time.Time) ([]Worker, error) {
	return workersOf(ctx, app, learner, "", now)
}

// workersOf are those of one programme, or of all with "".
func workersOf(ctx context.Context, app core.App, learner, programme string, now time.Time) ([]Worker, error) {
	var rows []struct {
		ID         string         `db:"id"`
		Assignment string         `db:"assignment"`
		Programme  string         `db:"programme"`
		Role       web.Role       `db:"role"`
		Name       string         `db:"name"`
		Username   string         `db:"username"`
		Starts     types.DateTime `db:"starts"`
	}
	err := app.DB().NewQuery(`
		SELECT u.id, a.id AS assignment, a.programme, a.role, u.name, u.username, a.starts
		FROM assignments a JOIN users u ON u.id = a.worker
		WHERE a.learner = {:learner} AND ({:programme} = '' OR a.programme = {:programme}) AND ` + holdsNow("a") + `
			AND EXISTS (SELECT 1 FROM memberships m WHERE m.user = a.worker AND m.role = a.role AND m.programme = a.programme AND ` + holdsNow("m") + `)
			AND EXISTS (SELECT 1 FROM memberships l WHERE l.user = a.learner AND l.role = 'learner' AND l.programme = a.programme AND ` + holdsNow("l") + `)
		ORDER BY a.starts DESC, a.id LIMIT 50`).
		Bind(dbx.Params{"learner": learner, "programme": programme, "policyNow": stored(now).String()}).WithContext(ctx).All(&rows)
	if err != nil {
		return nil, fmt.Errorf("read workers of %s: %w", learner, err)
	}
	workers := make([]Worker, len(rows))
	for i, row := range rows {
		workers[i] = Worker{
			ID: row.ID, Assignment: row.Assignment, Programme: row.Programme, Role: row.Role,
			Called: called(row.Name, row.Username), Username: row.Username, Since: row.Starts.Time(),
		}
	}
	return workers, nil
}

// workersIn are a learner's workers for a manager's page.
func workersIn(e *core.RequestEvent, programme, learner string) ([]WorkerInList, error) {
	workers, err := workersOf(e.Request.Context(), e.App, learner, programme, web.Now(e))
	list := make([]WorkerInList, len(workers))
	for i, w := range workers {
		list[i] = WorkerInList{Assignment: w.Assignment, Worker: w.ID, Role: w.Role, Called: w.Called, Since: w.Since.Format(time.DateOnly)}
	}
	return list, err
}

// besideChoices are those of the programme who could walk beside a learner and
// do not yet. What a choice sends is the role and the person, with a colon.
func besideChoices(e *core.RequestEvent, programme, learner string) ([]templates.Choice, error) {
	return choicesFrom(e, "", `
		SELECT DISTINCT m.role || ':' || u.id AS value, CASE u.name WHEN '' THEN u.username ELSE u.name || ' (' || u.username || ')' END AS text
		FROM memberships m JOIN users u ON u.id = m.user
		WHERE m.programme = {:programme} AND m.role IN ('mentor', 'facilitator') AND u.id != {:learner} AND `+holdsNow("m")+`
			AND NOT EXISTS (SELECT 1 FROM assignments a WHERE a.learner = {:learner} AND a.worker = u.id AND a.role = m.role
				AND a.programme = {:programme} AND (a.ends = '' OR a.ends > {:policyNow}))
		ORDER BY m.role, text COLLATE NOCASE LIMIT 500`,
		dbx.Params{"programme": programme, "learner": learner, "policyNow": stored(web.Now(e)).String()})
}

// Day is the day since when they walk beside the learner.
func (w Worker) Day() string { return w.Since.Format(time.DateOnly) }
