package facilitation

import (
	"fmt"
	"time"

	"alongside/hooks/audit"
	"alongside/hooks/people"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// caseloads are whose learners the viewer may hand over: their own, and as a
// manager everybody's in the programme.
func (f *Facilitation) caseloads(e *core.RequestEvent) ([]Caseload, error) {
	viewer := web.Current(e)
	q := newQuery(web.Now(e))
	own, all := handsOverAs(viewer)
	q.params["viewer"] = viewer.ID
	var rows []struct {
		ID        string `db:"id"`
		Username  string `db:"username"`
		Name      string `db:"name"`
		Role      string `db:"role"`
		Programme string `db:"programme"`
		Label     string `db:"label"`
		Learners  int    `db:"learners"`
	}
	err := f.app.ConcurrentDB().NewQuery(`
		SELECT u.id, u.username, u.name, a.role, a.programme, p.label, COUNT(DISTINCT a.learner) AS learners
		FROM assignments a JOIN users u ON u.id = a.worker JOIN programmes p ON p.id = a.programme
		WHERE ` + holds("a") + ` AND (a.programme IN (` + q.list("all", all) + `)
			OR a.worker = {:viewer} AND a.programme || '.' || a.role IN (` + q.list("own", own) + `))
			AND ` + learnsThere + ` AND ` + worksThere + `
		GROUP BY u.id, a.role, a.programme
		ORDER BY CASE WHEN u.name = '' THEN u.username ELSE u.name END COLLATE NOCASE, u.id, a.role LIMIT 500`).
		Bind(q.params).WithContext(e.Request.Context()).All(&rows)
	if err != nil {
		return nil, fmt.Errorf("list caseloads: %w", err)
	}
	loads, err := f.alone(e)
	if err != nil {
		return nil, err
	}
	for _, r := range rows {
		loads = append(loads, Caseload{
			Person: Person{r.ID, r.Username, r.Name}, Role: web.Role(r.Role), Programme: r.Programme, Label: r.Label,
			Learners: r.Learners, Mine: r.ID == viewer.ID,
		})
	}
	return loads, nil
}

// learnsThere is the condition that the learner of an assignment a is one there.
// + has SQLite look for the person, and not through everybody of the programme.
var learnsThere = `EXISTS (SELECT 1 FROM memberships l WHERE l.user = a.learner AND l.role = 'learner' AND +l.programme = a.programme AND ` + holds("l") + `)`

// worksThere is the condition that the worker of an assignment a still is what
// they were to the learner: a role that had a last day leaves assignments open.
var worksThere = `EXISTS (SELECT 1 FROM memberships w WHERE w.user = a.worker AND w.role = a.role AND +w.programme = a.programme AND ` + holds("w") + `)`

// learnersWith are the learners of a caseload.
func (f *Facilitation) learnersWith(e *core.RequestEvent, c Caseload) ([]LearnerChoice, error) {
	sql := `
		SELECT DISTINCT u.id, u.username, u.name FROM assignments a JOIN users u ON u.id = a.learner
		WHERE a.worker = {:worker} AND a.role = {:role} AND a.programme = {:programme} AND ` + holds("a") + ` AND ` + learnsThere + ` AND ` + worksThere + `
		ORDER BY CASE WHEN u.name = '' THEN u.username ELSE u.name END COLLATE NOCASE, u.id LIMIT 1000`
	if c.IsAlone() {
		sql = `
		SELECT DISTINCT u.id, u.username, u.name FROM memberships l JOIN users u ON u.id = l.user
		WHERE l.programme = {:programme} AND ` + aloneThere + `
		ORDER BY CASE WHEN u.name = '' THEN u.username ELSE u.name END COLLATE NOCASE, u.id LIMIT 1000`
	}
	rows, err := f.persons(e, sql, c)
	if err != nil {
		return nil, fmt.Errorf("learners of %s: %w", c.ID, err)
	}
	var all []LearnerChoice
	for _, r := range rows {
		all = append(all, LearnerChoice{Person: r})
	}
	return all, nil
}

// receivers are who may take over a caseload: whoever has the same role in the
// programme, and for those who have nobody its facilitators and its mentors.
func (f *Facilitation) receivers(e *core.RequestEvent, c Caseload) ([]WorkerChoice, error) {
	if !c.IsAlone() {
		return f.receiversAs(e, c)
	}
	var all []WorkerChoice
	for _, role := range []web.Role{web.Facilitator, web.Mentor} {
		c.Role = role
		some, err := f.receiversAs(e, c)
		if err != nil {
			return nil, err
		}
		all = append(all, some...)
	}
	return all, nil
}

func (f *Facilitation) receiversAs(e *core.RequestEvent, c Caseload) ([]WorkerChoice, error) {
	rows, err := f.persons(e, `
		SELECT DISTINCT u.id, u.username, u.name FROM memberships m JOIN users u ON u.id = m.user
		WHERE m.programme = {:programme} AND m.role = {:role} AND m.user != {:worker} AND `+holds("m")+`
		ORDER BY CASE WHEN u.name = '' THEN u.username ELSE u.name END COLLATE NOCASE, u.id LIMIT 200`, c)
	if err != nil {
		return nil, fmt.Errorf("who may take over from %s: %w", c.ID, err)
	}
	var all []WorkerChoice
	for _, r := range rows {
		all = append(all, WorkerChoice{Person: r, Role: c.Role})
	}
	return all, nil
}

func (f *Facilitation) persons(e *core.RequestEvent, sql string, c Caseload) ([]Person, error) {
	var rows []struct {
		ID       string `db:"id"`
		Username string `db:"username"`
		Name     string `db:"name"`
	}
	params := dbx.Params{"now": moment(web.Now(e)), "worker": c.ID, "role": string(c.Role), "programme": c.Programme}
	if err := f.app.ConcurrentDB().NewQuery(sql).Bind(params).WithContext(e.Request.Context()).All(&rows); err != nil {
		return nil, err
	}
	var all []Person
	for _, r := range rows {
		all = append(all, Person{r.ID, r.Username, r.Name})
	}
	return all, nil
}

// give ends what was and begins what will be, for all at the same moment: that
// is how people.Changes knows who it was before. One of a pair that was
// pressed twice finds nothing left to end, and does nothing.
func (f *Facilitation) give(e *core.RequestEvent, page *HandOverPage) error {
	now, by := f.now(), web.Current(e).ID
	return f.app.RunInTransaction(func(tx core.App) error {
		for _, l := range page.given() {
			if page.From.IsAlone() {
				next := people.Assignment{Learner: l.ID, Worker: page.Receiver.ID, Role: page.Receiver.Role, Programme: page.From.Programme, Starts: now}
				if err := f.giveAlone(tx, next, by); err != nil {
					return err
				}
				continue
			}
			was := people.Assignment{Learner: l.ID, Worker: page.From.ID, Role: page.From.Role, Programme: page.From.Programme}
			if err := f.giveOne(tx, was, page.Receiver.ID, now, by); err != nil {
				return err
			}
		}
		return nil
	})
}

func (f *Facilitation) giveOne(tx core.App, was people.Assignment, to string, now time.Time, by string) error {
	held, err := people.Unassign(tx, was, now)
	if err != nil || !held {
		return err
	}
	act := audit.Act{Kind: audit.Unassigned, Actor: by, Subject: was.Learner, Item: was.Worker, Programme: was.Programme, Detail: string(was.Role)}
	if err := f.audit.Record(tx, act); err != nil {
		return err
	}
	if err := f.written.EndWishes(tx, was.Learner, was.Worker, was.Programme, by); err != nil {
		return err
	}
	next := was
	next.Worker, next.Starts = to, now
	if held, err = holdsIn(tx, next, now); err != nil || held {
		return err
	}
	return f.assign(tx, next, by)
}

// holdsIn reports whether an assignment holds, inside a transaction.
func holdsIn(tx core.App, a people.Assignment, now time.Time) (held bool, err error) {
	err = tx.DB().NewQuery(`SELECT EXISTS (SELECT 1 FROM assignments a WHERE a.learner = {:learner} AND a.worker = {:worker}
		AND a.role = {:role} AND a.programme = {:programme} AND ` + holds("a") + `)`).
		Bind(dbx.Params{"learner": a.Learner, "worker": a.Worker, "role": string(a.Role), "programme": a.Programme, "now": moment(now)}).Row(&held)
	if err != nil {
		return false, fmt.Errorf("assignment of %s: %w", a.Learner, err)
	}
	return held, nil
}
