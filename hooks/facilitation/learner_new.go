package facilitation

import (
	"errors"

	"alongside/hooks/audit"
	"alongside/hooks/learning"
	"alongside/hooks/people"
	"alongside/hooks/signin"
	"alongside/hooks/web"

	"github.com/pocketbase/pocketbase/core"
)

// errThere says that a form made somebody before.
var errThere = errors.New("this form made somebody before")

// A newLearner is somebody who is about to be made, with all that takes time
// done already.
type newLearner struct {
	id        string // made from the form
	called    string
	language  string
	locked    string // hash of a password that nobody knows
	programme string
	cohort    string
	course    string // "" for none yet
	beside    []WorkerChoice
	card      *signin.NewCard
}

// make makes a learner, as part of a transaction: the person, what they are and
// where, who walks beside them, their course and their card.
func (f *Facilitation) make(tx core.App, n newLearner, by string) error {
	now := f.now()
	if _, err := tx.FindRecordById("users", n.id); err == nil {
		return errThere
	}
	username, err := people.NewUsername(tx)
	if err != nil {
		return err
	}
	_, err = people.Create(tx, people.Person{ID: n.id, Username: username, Name: n.called, Language: n.language, Locked: n.locked}, "")
	if err != nil {
		return err
	}
	if err := people.Join(tx, people.Membership{User: n.id, Role: web.Learner, Programme: n.programme, Cohort: n.cohort, Starts: now}); err != nil {
		return err
	}
	if err := f.audit.Record(tx, audit.Act{Kind: audit.PersonAdded, Actor: by, Subject: n.id, Programme: n.programme, Detail: string(web.Learner)}); err != nil {
		return err
	}
	for _, w := range n.beside {
		if err := f.assign(tx, people.Assignment{Learner: n.id, Worker: w.ID, Role: w.Role, Programme: n.programme, Starts: now}, by); err != nil {
			return err
		}
	}
	if n.course != "" {
		if err := learning.Enrol(tx, n.id, n.course, now); err != nil {
			return err
		}
	}
	return f.desk.StoreCard(tx, n.card, n.id, n.called, by)
}

// assign gives a learner to somebody, and records it.
func (f *Facilitation) assign(tx core.App, a people.Assignment, by string) error {
	if err := people.Assign(tx, a); err != nil {
		return err
	}
	return f.audit.Record(tx, audit.Act{Kind: audit.Assigned, Actor: by, Subject: a.Learner, Item: a.Worker, Programme: a.Programme, Detail: string(a.Role)})
}
