package notify

import (
	"context"
	"fmt"
	"time"

	"alongside/hooks/audit"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// A Standing is how the outbox stands, for whoever looks after mail.
type Standing struct {
	Waits    int    `db:"waits"`    // mails that are to go out
	Since    string `db:"since"`    // of those that were tried already, the oldest; "" for none
	Trouble  string `db:"trouble"`  // why that one did not go; its words stand under "mail.trouble."
	Stuck    int    `db:"stuck"`    // mails that are not tried any more
	LastSent string `db:"lastSent"` // when a mail last went; "" for never
}

const tried = "state = 'waiting' AND trouble != ''"

const standingSQL = `SELECT (SELECT COUNT(*) FROM outbox WHERE state = 'waiting') AS waits,
	COALESCE((SELECT created FROM outbox WHERE ` + tried + ` ORDER BY created, id LIMIT 1), '') AS since,
	COALESCE((SELECT trouble FROM outbox WHERE ` + tried + ` ORDER BY created, id LIMIT 1), '') AS trouble,
	(SELECT COUNT(*) FROM outbox WHERE state = 'stuck') AS stuck,
	COALESCE((SELECT MAX(sent) FROM outbox WHERE state = 'sent'), '') AS lastSent`

// Standing counts what is in the outbox.
func (p *Post) Standing(ctx context.Context) (s Standing, err error) {
	err = p.app.ConcurrentDB().NewQuery(standingSQL).WithContext(ctx).One(&s)
	if err != nil {
		return Standing{}, fmt.Errorf("count outbox: %w", err)
	}
	return s, nil
}

// UrgentTogether stands where a person does for the urgent mail of all: to whom that
// goes would tell somebody who is named in a concern that there is one.
const UrgentTogether = "urgent"

// A Stuck is mail that is not tried any more: to one person, or what is urgent to
// all.
type Stuck struct {
	Person  string `db:"whose"` // of users, or UrgentTogether
	Kind    string `db:"kind"`  // its words stand under "mail.kind."
	Trouble string `db:"trouble"`
	Count   int    `db:"count"`
	Since   string `db:"since"` // the moment, as the database writes it
}

// Stuck lists what is stuck, the urgent first and then the oldest, at most so
// many.
func (p *Post) Stuck(ctx context.Context, most int) (all []Stuck, err error) {
	err = p.app.ConcurrentDB().NewQuery(`SELECT CASE kind WHEN 'urgent' THEN {:together} ELSE person END AS whose, kind, trouble, COUNT(*) AS count, MIN(created) AS since
		FROM outbox WHERE state = 'stuck' GROUP BY whose, kind, CASE kind WHEN 'urgent' THEN '' ELSE trouble END
		ORDER BY kind = 'urgent' DESC, since, whose LIMIT {:most}`).
		Bind(dbx.Params{"most": most, "together": UrgentTogether}).WithContext(ctx).All(&all)
	if err != nil {
		return nil, fmt.Errorf("list stuck mail: %w", err)
	}
	return all, nil
}

// Again lets stuck mail go once more, and once only: as one of Stuck names it, or
// with "" all. It says how much that is.
func (p *Post) Again(tx core.App, person string) (int, error) {
	n, err := p.unstick(tx, person, "state = 'waiting', due = {:now}")
	if n > 0 {
		p.wakeAfter(tx)
	}
	return n, err
}

// LetGo gives stuck mail up, as one of Stuck names it, or with "" all. It says how
// much that is.
func (p *Post) LetGo(tx core.App, person string) (int, error) {
	return p.unstick(tx, person, "state = 'dropped'")
}

func (p *Post) unstick(tx core.App, person, set string) (int, error) {
	return rows(tx, "UPDATE outbox SET "+set+", updated = {:now} WHERE state = 'stuck' AND {:person} IN ('', CASE kind WHEN 'urgent' THEN {:together} ELSE person END)",
		dbx.Params{"person": person, "together": UrgentTogether, "now": moment(p.now())})
}

// A Mailed is one mail to somebody, for their own eyes: there is no text of it.
type Mailed struct {
	ID    string `db:"id"`
	Kind  string `db:"kind"`
	State string `db:"state"`
	At    string `db:"created"`
}

// Held counts the rows of somebody.
func (p *Post) Held(ctx context.Context, person string) (n int, err error) {
	err = p.app.ConcurrentDB().NewQuery("SELECT COUNT(*) FROM outbox WHERE person = {:person}").
		Bind(dbx.Params{"person": person}).WithContext(ctx).Row(&n)
	if err != nil {
		return 0, fmt.Errorf("count mails of %s: %w", person, err)
	}
	return n, nil
}

// Mails gives the rows of somebody, the oldest first.
func (p *Post) Mails(ctx context.Context, person string) (all []Mailed, err error) {
	err = p.app.ConcurrentDB().NewQuery("SELECT id, kind, state, created FROM outbox WHERE person = {:person} ORDER BY created, id").
		Bind(dbx.Params{"person": person}).WithContext(ctx).All(&all)
	if err != nil {
		return nil, fmt.Errorf("mails of %s: %w", person, err)
	}
	return all, nil
}

// Erase removes rows of somebody, at most so many, and says how many.
func (p *Post) Erase(tx core.App, person string, most int) (int, error) {
	return rows(tx, "DELETE FROM outbox WHERE id IN (SELECT id FROM outbox WHERE person = {:person} LIMIT {:most})",
		dbx.Params{"person": person, "most": most})
}

// DaysKept is how long a row is kept once nothing is tried any more.
const DaysKept = 30

const oldSQL = "SELECT id FROM outbox WHERE state != 'waiting' AND updated < {:before} AND person NOT IN (" + audit.OnHold + ")"

// Due counts rows that ended before a moment.
func (p *Post) Due(ctx context.Context, before time.Time) (n int, err error) {
	err = p.app.ConcurrentDB().NewQuery("SELECT COUNT(*) FROM (" + oldSQL + ")").Bind(dbx.Params{"before": moment(before)}).WithContext(ctx).Row(&n)
	if err != nil {
		return 0, fmt.Errorf("count old mails: %w", err)
	}
	return n, nil
}

// Retire lets at most so many of them go, and says how many.
func (p *Post) Retire(before time.Time, most int) (n int, err error) {
	err = p.app.RunInTransaction(func(tx core.App) (err error) {
		n, err = rows(tx, "DELETE FROM outbox WHERE id IN ("+oldSQL+" LIMIT {:most})", dbx.Params{"before": moment(before), "most": most})
		return err
	})
	return n, err
}

// rows runs a statement and says how many rows it changed.
func rows(tx core.App, sql string, params dbx.Params) (int, error) {
	done, err := tx.NonconcurrentDB().NewQuery(sql).Bind(params).Execute()
	if err != nil {
		return 0, fmt.Errorf("change outbox: %w", err)
	}
	n, err := done.RowsAffected()
	return int(n), err
}
