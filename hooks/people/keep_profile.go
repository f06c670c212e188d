package people

import (
	"context"
	"fmt"
	"strings"
	"time"

	"alongside/hooks/audit"
	"alongside/templates"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// profile is this room's part of what is kept of somebody: who they are, what
// they are in which programme, and who walks beside them. The row of users
// itself goes last of all, see erase.
type profile struct{ app core.App }

// Kinds of things that this room keeps.
const (
	kindProfile  = "profile"
	kindRoles    = "roles"
	kindWorkers  = "workers"
	kindLearners = "learners"
	kindAbsences = "absences"
)

const profileHeldSQL = `SELECT
	(SELECT COUNT(*) FROM users WHERE id = {:person}) AS profile,
	(SELECT COUNT(*) FROM memberships WHERE user = {:person}) AS roles,
	(SELECT COUNT(*) FROM assignments WHERE learner = {:person}) AS workers,
	(SELECT COUNT(*) FROM assignments WHERE worker = {:person}) AS learners,
	(SELECT COUNT(*) FROM absences WHERE worker = {:person}) AS absences`

// Held counts the account, roles, and who walks beside whom.
func (p *profile) Held(ctx context.Context, person string) ([]Holding, error) {
	var n struct {
		Profile  int `db:"profile"`
		Roles    int `db:"roles"`
		Workers  int `db:"workers"`
		Learners int `db:"learners"`
		Absences int `db:"absences"`
	}
	err := p.app.ConcurrentDB().NewQuery(profileHeldSQL).Bind(dbx.Params{"person": person}).WithContext(ctx).One(&n)
	if err != nil {
		return nil, fmt.Errorf("count profile: %w", err)
	}
	return []Holding{
		{Kind: kindProfile, Count: n.Profile},
		{Kind: kindRoles, Count: n.Roles},
		{Kind: kindWorkers, Count: n.Workers},
		{Kind: kindLearners, Count: n.Learners},
		{Kind: kindAbsences, Count: n.Absences},
	}, nil
}

// Tell gives the account first.
func (p *profile) Tell(ctx context.Context, t Telling) error {
	for _, part := range []func(context.Context, Telling) error{p.tellAccount, p.tellRoles, p.tellWorkers, p.tellLearners, p.tellAbsences} {
		if err := part(ctx, t); err != nil {
			return err
		}
	}
	return nil
}

func (p *profile) tellAccount(ctx context.Context, t Telling) error {
	var row struct {
		Username string `db:"username"`
		Name     string `db:"name"`
		Email    string `db:"email"`
		Language string `db:"language"`
		Created  string `db:"created"`
	}
	err := p.app.ConcurrentDB().NewQuery("SELECT username, name, email, language, created FROM users WHERE id = {:person}").
		Bind(dbx.Params{"person": t.Viewer.ID}).WithContext(ctx).One(&row)
	if err != nil {
		return fmt.Errorf("tell account: %w", err)
	}
	return t.Item(Item{Kind: kindProfile, At: Moment(row.Created), Fields: []Field{
		{Name: "username", Text: row.Username},
		{Name: "name", Text: row.Name},
		{Name: "email", Text: row.Email},
		{Name: "language", Text: templates.LanguageOf(row.Language).Name},
	}})
}

const (
	rolesInOrderSQL = "SELECT id FROM memberships WHERE user = {:person} ORDER BY starts, id"
	rolesToTellSQL  = `SELECT m.role, COALESCE(p.label, '') AS programme, COALESCE(c.name, '') AS cohort, m.starts, m.ends, '' AS worker
		FROM json_each({:ids}) j JOIN memberships m ON m.id = j.value
		LEFT JOIN programmes p ON p.id = m.programme LEFT JOIN cohorts c ON c.id = m.cohort ORDER BY j.key`
)

func (p *profile) tellRoles(ctx context.Context, t Telling) error {
	return p.tellSpans(ctx, t, kindRoles, rolesInOrderSQL, rolesToTellSQL)
}

const (
	workersInOrderSQL = "SELECT id FROM assignments WHERE learner = {:person} ORDER BY starts, id"
	workersToTellSQL  = `SELECT a.role, COALESCE(p.label, '') AS programme, '' AS cohort, a.starts, a.ends,
		COALESCE(NULLIF(w.name, ''), w.username, '') AS worker
		FROM json_each({:ids}) j JOIN assignments a ON a.id = j.value
		LEFT JOIN programmes p ON p.id = a.programme LEFT JOIN users w ON w.id = a.worker ORDER BY j.key`
)

func (p *profile) tellWorkers(ctx context.Context, t Telling) error {
	return p.tellSpans(ctx, t, kindWorkers, workersInOrderSQL, workersToTellSQL)
}

// Whom somebody walks beside is those learners' own: only that they did, in
// which programme and from when to when, is told.
const (
	learnersInOrderSQL = "SELECT id FROM assignments WHERE worker = {:person} ORDER BY starts, id"
	learnersToTellSQL  = `SELECT a.role, COALESCE(p.label, '') AS programme, '' AS cohort, a.starts, a.ends, '' AS worker
		FROM json_each({:ids}) j JOIN assignments a ON a.id = j.value LEFT JOIN programmes p ON p.id = a.programme ORDER BY j.key`
)

func (p *profile) tellLearners(ctx context.Context, t Telling) error {
	return p.tellSpans(ctx, t, kindLearners, learnersInOrderSQL, learnersToTellSQL)
}

// Who covered is somebody else's.
const (
	absencesInOrderSQL = "SELECT id FROM absences WHERE worker = {:person} ORDER BY starts, id"
	absencesToTellSQL  = `SELECT '' AS role, COALESCE(p.label, '') AS programme, '' AS cohort, b.starts, b.ends, '' AS worker
		FROM json_each({:ids}) j JOIN absences b ON b.id = j.value LEFT JOIN programmes p ON p.id = b.programme ORDER BY j.key`
)

func (p *profile) tellAbsences(ctx context.Context, t Telling) error {
	return p.tellSpans(ctx, t, kindAbsences, absencesInOrderSQL, absencesToTellSQL)
}

// A span is what held between two dates.
type span struct {
	Role      string `db:"role"`
	Programme string `db:"programme"`
	Cohort    string `db:"cohort"`
	Starts    string `db:"starts"`
	Ends      string `db:"ends"`
	Worker    string `db:"worker"`
}

func (p *profile) tellSpans(ctx context.Context, t Telling, kind, ids, rows string) error {
	return Each(ctx, p.app, t.Viewer.ID, ids, rows, func(row span) error {
		return t.Item(Item{Kind: kind, At: Moment(row.Starts), Fields: []Field{
			{Name: "role", Text: row.Role, Words: wordsOfRole(row.Role)},
			{Name: "who", Text: row.Worker},
			{Name: "programme", Text: row.Programme},
			{Name: "cohort", Text: row.Cohort},
			{Name: "until", At: Moment(row.Ends)},
		}})
	})
}

func wordsOfRole(role string) string {
	if role == "" {
		return ""
	}
	return "role." + role
}

// Erase removes roles, who walked beside whom, and when they were away. Whoever they
// covered for has nobody who covers, and nobody flags them any more.
func (p *profile) Erase(tx core.App, person string, most int) (int, error) {
	return Remove(tx, dbx.Params{"person": person}, most,
		"DELETE FROM absences WHERE id IN (SELECT id FROM absences WHERE worker = {:person} LIMIT {:most})",
		"UPDATE absences SET cover = '' WHERE id IN (SELECT id FROM absences WHERE cover = {:person} LIMIT {:most})",
		"UPDATE programmes SET on_call = '' WHERE id IN (SELECT id FROM programmes WHERE on_call = {:person} LIMIT {:most})",
		"DELETE FROM assignments WHERE id IN (SELECT id FROM assignments WHERE learner = {:person} OR worker = {:person} LIMIT {:most})",
		"DELETE FROM memberships WHERE id IN (SELECT id FROM memberships WHERE user = {:person} LIMIT {:most})")
}

// Clocks has one that is only said: copies of the data are made and deleted by
// whoever runs the site.
//
// When somebody was away says something about their health, so it is not kept for
// longer than it is of use.
func (p *profile) Clocks() []Clock {
	const over = "SELECT id FROM absences WHERE ends < {:before} AND worker NOT IN (" + audit.OnHold + ")"
	away := NewClock(p.app, Clock{Name: "away", Days: 180, Least: 30}, over, "DELETE FROM absences WHERE id IN ("+over+" LIMIT {:most})")
	return []Clock{copies(), away}
}

// copies is how long copies of the data folder are kept.
func copies() Clock { return Clock{Name: "copies", Days: 30, Least: 1} }

// Left selects those who were in a programme until before {:before}, and are in
// none since: for statements of rooms that keep something until a while after.
const Left = `SELECT l.user FROM memberships l GROUP BY l.user HAVING MIN(l.ends != '') = 1 AND MAX(l.ends) < {:before}`

// AfterLeaving is the clock of what somebody gave, once they have left.
func AfterLeaving() Clock { return Clock{Name: "left", Days: 365, Least: 30} }

// Moment is a stored moment as RFC 3339.
func Moment(stored string) string { return strings.Replace(stored, " ", "T", 1) }

// Before is a moment as the database compares it, for {:before}.
func Before(t time.Time) string { return stored(t).String() }
