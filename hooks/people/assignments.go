package people

import (
	"fmt"
	"time"

	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// An Assignment says that a learner is somebody's, in a programme.
type Assignment struct {
	Learner   string   // of users
	Worker    string   // of users
	Role      web.Role // what the worker is to them: mentor or facilitator
	Programme string
	Starts    time.Time
}

// Assign gives a learner to somebody. The same one twice at a time is refused.
func Assign(app core.App, a Assignment) error {
	_, err := save(app, "assignments", map[string]any{
		"learner": a.Learner, "worker": a.Worker, "role": string(a.Role), "programme": a.Programme, "starts": stored(a.Starts),
	})
	return err
}

// Unassign ends an assignment at a moment. It reports whether one held then.
func Unassign(app core.App, a Assignment, at time.Time) (bool, error) {
	done, err := app.DB().NewQuery(`UPDATE assignments SET ends = {:at}, updated = {:at}
		WHERE learner = {:learner} AND worker = {:worker} AND role = {:role} AND programme = {:programme}
			AND starts <= {:at} AND (ends = '' OR ends > {:at})`).
		Bind(dbx.Params{
			"learner": a.Learner, "worker": a.Worker, "role": string(a.Role), "programme": a.Programme, "at": stored(at).String(),
		}).Execute()
	if err != nil {
		return false, fmt.Errorf("end assignment of %s: %w", a.Learner, err)
	}
	rows, err := done.RowsAffected()
	return rows > 0, err
}

// endLeftOver ends the assignments of somebody who had a role until a day that
// was set before: nobody was there to end them on that day. It comes before they
// are given the role again, which would open what is long over.
func endLeftOver(app core.App, m Membership) error {
	_, err := app.DB().NewQuery(`UPDATE assignments SET updated = {:now}, ends =
			(SELECT MAX(m.ends) FROM memberships m WHERE m.user = {:user} AND m.role = {:role} AND m.programme = {:programme})
		WHERE ` + sideOf(m.Role) + ` AND programme = {:programme} AND ends = ''
			AND EXISTS (SELECT 1 FROM memberships m WHERE m.user = {:user} AND m.role = {:role} AND m.programme = {:programme})
			AND NOT EXISTS (SELECT 1 FROM memberships m WHERE m.user = {:user} AND m.role = {:role} AND m.programme = {:programme}
				AND (m.ends = '' OR m.ends > {:now}))`).
		Bind(dbx.Params{"user": m.User, "role": string(m.Role), "programme": m.Programme, "now": stored(m.Starts).String()}).Execute()
	if err != nil {
		return fmt.Errorf("end what is left over of %s: %w", m.User, err)
	}
	return nil
}

// sideOf is on which side of an assignment {:user} stands in a role {:role}.
func sideOf(role web.Role) string {
	if role == web.Learner {
		return "learner = {:user}"
	}
	return "worker = {:user} AND role = {:role}"
}
