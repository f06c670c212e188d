package signin

import (
	"context"
	"fmt"
	"time"

	"alongside/hooks/audit"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/tools/types"
)

// What somebody opens their own text with, as it is recorded.
const (
	withPIN      = "pin"
	withPassword = "password"
	withStaff    = "staff"
)

// mostWrongPINs is how many are looked at until something else opens it.
const mostWrongPINs = 10

// A proof is what the database knows of somebody's own secrets, of those that
// staff cannot have made.
type proof struct {
	Closed      types.DateTime `db:"closed"`
	Former      string         `db:"former_pin"`
	OwnPassword bool           `db:"own_password"`
	Card        string         `db:"card_pin"`
	Wrong       int            `db:"wrong"` // PINs since it was last opened
}

// The wrong ones are counted in the record of acts, which no restart forgives.
const proofSQL = `SELECT u.closed, u.former_pin, u.own_password,
	COALESCE((SELECT c.pin FROM cards c WHERE c.user = u.id AND c.own_pin AND c.state = 'active' AND c.ended = ''), '') AS card_pin,
	(SELECT COUNT(*) FROM audit a WHERE a.subject = u.id AND a.kind = {:refused} AND a.detail = {:pin} AND a.number > ` + lastReopened + `) AS wrong
	FROM users u WHERE u.id = {:user}`

// lastReopened is the number of the act by which a person u last opened all.
const lastReopened = `COALESCE((SELECT MAX(r.number) FROM audit r WHERE r.subject = u.id AND r.kind = '` + string(audit.Reopened) + `'), 0)`

func (d *Desk) proofOf(ctx context.Context, user string) (proof, error) {
	var p proof
	err := d.app.ConcurrentDB().NewQuery(proofSQL).
		Bind(dbx.Params{"user": user, "refused": audit.ReopenRefused, "pin": withPIN}).WithContext(ctx).One(&p)
	if err != nil {
		return proof{}, fmt.Errorf("what opens the texts of %s: %w", user, err)
	}
	return p, nil
}

// pin is the hash of the PIN that opens what is closed for a viewer, "" for none.
// After staff replaced a card it is the one before: a PIN that was chosen since
// may be staff's own.
func (p proof) pin() string {
	switch {
	case p.Wrong >= mostWrongPINs:
		return ""
	case !p.Closed.IsZero():
		return p.Former
	default:
		return p.Card
	}
}

func (p proof) ways(viewer *web.Viewer) Ways {
	w := Ways{Closed: viewer.Closed, PIN: p.pin() != "", CardPIN: p.Closed.IsZero(), Password: p.OwnPassword}
	w.Tired = p.Wrong >= mostWrongPINs
	if since, err := types.ParseDateTime(viewer.ClosedSince); err == nil {
		w.Since = since.Time().Format(time.RFC3339)
	}
	return w
}
