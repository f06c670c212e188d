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

// Unassign ends what holds of an assignment, at a moment.
func Unassign(app core.App, a Assignment, at time.Time) error {
	_, err := app.DB().Update("assignments", dbx.Params{"ends": stored(at).String(), "updated": stored(at).String()},
		dbx.HashExp{"learner": a.Learner, "worker": a.Worker, "role": string(a.Role), "programme": a.Programme, "ends": ""}).Execute()
	if err != nil {
		return fmt.Errorf("end assignment of %s: %w", a.Learner, err)
	}
	return nil
}
