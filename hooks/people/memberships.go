package people

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"alongside/hooks/audit"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"
)

var (
	errHeldAlready = errors.New("they hold this role at that time already")
	errLastManager = errors.New("nobody else would manage it")
)

// give makes a membership that does not overlap with the same one, and says how
// it is recorded.
func give(tx core.App, m Membership) (audit.Act, error) {
	params := dbx.Params{
		"user": m.User, "role": string(m.Role), "programme": m.Programme, "cohort": m.Cohort,
		"starts": stored(m.Starts).String(), "ends": stored(m.Ends).String(),
	}
	held, err := there(context.Background(), tx, `SELECT EXISTS (SELECT 1 FROM memberships
		WHERE user = {:user} AND role = {:role} AND programme = {:programme} AND cohort = {:cohort}
			AND (ends = '' OR ends > {:starts}) AND ({:ends} = '' OR starts < {:ends}))`, params)
	if err != nil {
		return audit.Act{}, err
	}
	if held {
		return audit.Act{}, errHeldAlready
	}
	act := audit.Act{Kind: audit.RoleGiven, Subject: m.User, Programme: m.Programme, Item: m.Cohort, Detail: string(m.Role)}
	return act, Join(tx, m)
}

// membershipRow is one membership as it is stored.
type membershipRow struct {
	ID        string         `db:"id"`
	User      string         `db:"user"`
	Role      web.Role       `db:"role"`
	Programme string         `db:"programme"`
	Cohort    string         `db:"cohort"`
	Name      string         `db:"cohort_name"`
	Starts    types.DateTime `db:"starts"`
	Ends      types.DateTime `db:"ends"`
	Paused    types.DateTime `db:"paused"`
	Resumes   types.DateTime `db:"resumes"`
}

const membershipColumns = `m.id, m.user, m.role, m.programme, m.cohort, COALESCE(c.name, '') AS cohort_name,
	m.starts, m.ends, m.paused, m.resumes FROM memberships m LEFT JOIN cohorts c ON c.id = m.cohort`

// membership finds one that is not over, of a programme ("" for the site) and a
// person ("" for anybody's).
func membership(app core.App, id, programme, person string, now time.Time) (membershipRow, error) {
	var row membershipRow
	err := app.DB().NewQuery("SELECT " + membershipColumns + ` WHERE m.id = {:id} AND m.programme = {:programme}
		AND ({:person} = '' OR m.user = {:person}) AND (m.ends = '' OR m.ends > {:now})`).
		Bind(dbx.Params{"id": id, "programme": programme, "person": person, "now": stored(now).String()}).One(&row)
	if errors.Is(err, sql.ErrNoRows) {
		return row, web.ErrNotFound
	}
	if err != nil {
		return row, fmt.Errorf("read membership: %w", err)
	}
	return row, nil
}

func (r membershipRow) held(now time.Time) RoleHeld {
	return RoleHeld{
		Membership: r.ID, Role: r.Role, Cohort: r.Name, First: dayOf(r.Starts), Last: lastDay(r.Ends),
		Later: r.Starts.Time().After(now), Paused: dayOf(r.Paused), Resumes: dayOf(r.Resumes),
	}
}

// end ends a membership at a moment that is now or later. What hung on it (as a
// learner who walks beside them, as a facilitator or mentor whom they walk beside)
// ends with it where it is over now. Before a last day that is to come it is left
// as it is: each reader asks for the role too, and the day may still be moved.
func (r membershipRow) end(tx core.App, at, now time.Time) error {
	if r.Role == web.Manager {
		if last, err := r.isLastManager(tx); err != nil || last {
			return errors.Join(err, errLastManager)
		}
	}
	ends := stored(at)
	if r.Starts.Time().After(at) {
		ends = r.Starts // what never began held for no time
	}
	_, err := tx.DB().NewQuery("UPDATE memberships SET ends = {:ends}, updated = {:ends} WHERE id = {:id}").
		Bind(dbx.Params{"ends": ends.String(), "id": r.ID}).Execute()
	if err != nil {
		return fmt.Errorf("end membership %s: %w", r.ID, err)
	}
	if at.After(now) {
		return nil
	}
	return r.endAssignments(tx, at)
}

// isLastManager reports whether nobody else manages the same without an end.
func (r membershipRow) isLastManager(tx core.App) (bool, error) {
	others, err := there(context.Background(), tx, `SELECT EXISTS (SELECT 1 FROM memberships
		WHERE role = 'manager' AND programme = {:programme} AND user != {:user} AND ends = '')`,
		dbx.Params{"programme": r.Programme, "user": r.User})
	return !others, err
}

// endAssignments ends those that rest on this membership alone.
func (r membershipRow) endAssignments(tx core.App, at time.Time) error {
	_, err := tx.DB().NewQuery(`UPDATE assignments SET ends = {:at}, updated = {:at}
		WHERE ` + sideOf(r.Role) + ` AND programme = {:programme} AND (ends = '' OR ends > {:at})
			AND NOT EXISTS (SELECT 1 FROM memberships m WHERE m.user = {:user} AND m.role = {:role}
				AND m.programme = {:programme} AND m.id != {:id} AND (m.ends = '' OR m.ends > {:at}))`).
		Bind(dbx.Params{"user": r.User, "role": string(r.Role), "programme": r.Programme, "id": r.ID, "at": stored(at).String()}).Execute()
	if err != nil {
		return fmt.Errorf("end assignments of membership %s: %w", r.ID, err)
	}
	return nil
}
