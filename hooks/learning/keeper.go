package learning

import (
	"context"
	"fmt"

	"alongside/hooks/audit"
	"alongside/hooks/people"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// A Keeper is this room's part of what is kept of people: the courses that they
// take, how far they are, and what they answered.
type Keeper struct{ *Learning }

// Keeper is this room's.
func (l *Learning) Keeper() *Keeper { return &Keeper{l} }

// Kinds of things that this room keeps.
const (
	kindCourses = "courses"
	kindModules = "modules"
	kindAnswers = "answers"
	kindEarlier = "earlier-answers"
)

const heldSQL = `SELECT
	(SELECT COUNT(*) FROM enrolments WHERE user = {:person}) AS courses,
	(SELECT COUNT(*) FROM (` + progressOfPersonSQL + `)) AS modules,
	(SELECT COUNT(*) FROM (` + answersOfPersonSQL + `)) AS answers,
	(SELECT COUNT(*) FROM (` + earlierOfPersonSQL + `)) AS earlier`

// The rows of a person, by their ids.
const (
	progressOfPersonSQL = "SELECT p.id FROM enrolments e JOIN progress p ON p.enrolment = e.id WHERE e.user = {:person}"
	answersOfPersonSQL  = "SELECT a.id FROM enrolments e JOIN answers a ON a.enrolment = e.id WHERE e.user = {:person}"
	earlierOfPersonSQL  = "SELECT h.id FROM enrolments e JOIN answers a ON a.enrolment = e.id JOIN answer_history h ON h.answer = a.id WHERE e.user = {:person}"
)

// Held counts them.
func (k *Keeper) Held(ctx context.Context, person string) ([]people.Holding, error) {
	var n struct {
		Courses int `db:"courses"`
		Modules int `db:"modules"`
		Answers int `db:"answers"`
		Earlier int `db:"earlier"`
	}
	err := k.app.ConcurrentDB().NewQuery(heldSQL).Bind(dbx.Params{"person": person}).WithContext(ctx).One(&n)
	if err != nil {
		return nil, fmt.Errorf("count what was learned: %w", err)
	}
	return []people.Holding{
		{Kind: kindCourses, Count: n.Courses},
		{Kind: kindModules, Count: n.Modules},
		{Kind: kindAnswers, Count: n.Answers},
		{Kind: kindEarlier, Count: n.Earlier},
	}, nil
}

// Erase removes the latest first of what others hang on.
func (k *Keeper) Erase(tx core.App, person string, most int) (int, error) {
	return people.Remove(tx, dbx.Params{"person": person}, most,
		"DELETE FROM answer_history WHERE id IN ("+earlierOfPersonSQL+" LIMIT {:most})",
		"DELETE FROM answers WHERE id IN ("+answersOfPersonSQL+" LIMIT {:most})",
		"DELETE FROM progress WHERE id IN ("+progressOfPersonSQL+" LIMIT {:most})",
		"DELETE FROM enrolments WHERE id IN (SELECT id FROM enrolments WHERE user = {:person} LIMIT {:most})")
}

// What goes a while after somebody left: what they gave. That they finished a
// module stays, for their record of learning.
const (
	hasLeftSQL     = "e.user IN (" + people.Left + ") AND e.user NOT IN (" + audit.OnHold + ")"
	answersLeftSQL = "SELECT a.id FROM enrolments e JOIN answers a ON a.enrolment = e.id WHERE " + hasLeftSQL
	earlierLeftSQL = "SELECT h.id FROM enrolments e JOIN answers a ON a.enrolment = e.id JOIN answer_history h ON h.answer = a.id WHERE " + hasLeftSQL
)

// Clocks has the one of those who have left.
func (k *Keeper) Clocks() []people.Clock {
	return []people.Clock{people.NewClock(k.app, people.AfterLeaving(), earlierLeftSQL+" UNION ALL "+answersLeftSQL,
		"DELETE FROM answer_history WHERE id IN ("+earlierLeftSQL+" LIMIT {:most})",
		"DELETE FROM answers WHERE id IN ("+answersLeftSQL+" LIMIT {:most})")}
}
