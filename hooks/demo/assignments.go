package demo

import (
	"fmt"
	"time"

	"alongside/hooks/people"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// Assignments says who walks beside the learners: the first facilitator and the
// first mentor. What whoever tries the demo changed stays.
func Assignments(now time.Time) Filler {
	return func(app core.App, made People) error {
		programme, err := idOf(app, "programmes", dbx.HashExp{"label": programmeLabel})
		if err != nil {
			return err
		}
		for _, p := range cast() {
			if p.role != web.Learner {
				continue
			}
			for role, worker := range map[web.Role]string{web.Facilitator: FirstFacilitator, web.Mentor: FirstMentor} {
				a := people.Assignment{Learner: made[p.key], Worker: made[worker], Role: role, Programme: programme, Starts: now.Add(-p.since)}
				if err := assignOnce(app, a); err != nil {
					return fmt.Errorf("assign %s: %w", p.username, err)
				}
			}
		}
		return nil
	}
}

// assignOnce leaves a learner alone who has or had somebody in this role.
func assignOnce(app core.App, a people.Assignment) error {
	id, err := idOf(app, "assignments", dbx.HashExp{"learner": a.Learner, "role": string(a.Role)})
	if err != nil || id != "" {
		return err
	}
	return people.Assign(app, a)
}
