package signin

import (
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"alongside/hooks/audit"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// lockAfter is how many wrong PINs a card takes, in all, until one is right. They
// are stored: waiting does not help, and neither does a restart.
const lockAfter = 10

// admit asks to look at a try under the limits. Where its address has to wait, it
// waits here; where it may not be looked at, it returns when to come back.
func (d *Desk) admit(e *core.RequestEvent, account string) (comeBack time.Time) {
	wait, comeBack := d.tries.take(account, e.RealIP(), d.now())
	if comeBack.IsZero() && wait > 0 {
		d.pause(e.Request.Context(), wait)
	}
	return comeBack
}

// foldName is how a username or an e-mail is compared and counted.
func foldName(typed string) string { return strings.ToLower(strings.TrimSpace(typed)) }

// A refusal is a try that was wrong.
type refusal struct {
	how  string
	user string // whose account it was; "" where there is none
	card string // whose PIN was wrong; "" where it was not only that
}

// refuse counts a wrong try and records it. It does the same work where there is
// no such account and no such card.
func (d *Desk) refuse(e *core.RequestEvent, r refusal) error {
	d.tries.wrong(e.RealIP(), d.now())
	err := e.App.RunInTransaction(func(tx core.App) error {
		locked, err := countWrong(tx, r.card)
		if err != nil {
			return err
		}
		act := audit.Act{Kind: audit.SignInRefused, Subject: r.user, Item: r.card, Detail: r.how}
		if err := d.audit.Record(tx, act); err != nil || !locked {
			return err
		}
		return d.audit.Record(tx, audit.Act{Kind: audit.CardLocked, Subject: r.user, Item: r.card})
	})
	if err != nil {
		return fmt.Errorf("refuse a sign-in: %w", err)
	}
	return nil
}

// countWrong counts a wrong PIN, and reports whether the card is locked by it.
func countWrong(tx core.App, card string) (locked bool, err error) {
	err = tx.NonconcurrentDB().NewQuery(`
		UPDATE cards SET wrong = wrong + 1, state = CASE WHEN state = 'active' AND wrong + 1 >= {:most} THEN 'locked' ELSE state END
		WHERE id = {:card} AND ended = '' RETURNING state = 'locked' AND wrong = {:most}`).
		Bind(dbx.Params{"card": card, "most": lockAfter}).Row(&locked)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return locked, err
}
