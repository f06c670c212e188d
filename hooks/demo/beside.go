package demo

import (
	"time"

	"alongside/hooks/people"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// beside is who walks beside whom in the demo, by the keys of the cast.
func beside() [][2]string {
	return [][2]string{
		{NewLearner, FirstFacilitator},
		{HalfWayLearner, FirstFacilitator},
		{FinishedLearner, SecondFacilitator},
		{HalfWayLearner, FirstMentor},
		{FinishedLearner, SecondMentor},
	}
}

// assign gives the learners of the demo to those who walk beside them, where
// nobody changed that since.
func assign(tx core.App, made People, programme string, now time.Time) error {
	for _, pair := range beside() {
		learner, worker := made[pair[0]], made[pair[1]]
		role := web.Facilitator
		if pair[1] == FirstMentor || pair[1] == SecondMentor {
			role = web.Mentor
		}
		known, err := idOf(tx, "assignments", dbx.HashExp{"learner": learner, "role": string(role)})
		if err != nil {
			return err
		}
		if known != "" {
			continue
		}
		a := people.Assignment{Learner: learner, Worker: worker, Role: role, Programme: programme, Starts: now.Add(-sinceOf(pair[0]))}
		if err := people.Assign(tx, a); err != nil {
			return err
		}
	}
	return nil
}

// sinceOf is how long somebody of the cast has been there.
func sinceOf(key string) time.Duration {
	for _, p := range cast() {
		if p.key == key {
			return p.since
		}
	}
	return 0
}
