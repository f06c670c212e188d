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

// What somebody opens their own text with, as it is recorded. Where it opened no
// more than a session that began with a code, onlySession stands before it.
const (
	withPIN      = "pin"
	withPassword = "password"
	withStaff    = "staff"

	onlySession = "session-"
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
	Others      bool           `db:"others"` // something was written since that neither PIN says anything of
	Wrong       int            `db:"wrong"`  // PINs since it was last opened or closed
}

// The wrong ones are counted in the record of acts, which no restart forgives.
var proofSQL = `SELECT u.closed, u.former_pin, u.own_password,
	COALESCE((SELECT c.pin FROM cards c WHERE c.user = u.id AND c.own_pin AND c.state = 'active' AND c.ended = ''), '') AS card_pin,
	` + writtenOtherwise + ` AS others,
	(SELECT COUNT(*) FROM audit a WHERE a.subject = u.id AND a.kind = {:refused} AND a.detail = {:pin}
		AND a.number > ` + lastReopened + ` AND a.number > ` + lastClosed + `) AS wrong
	FROM users u WHERE u.id = {:user}`

// lastReopened and lastClosed are the numbers of the acts by which the texts of a
// person u were opened and closed last. One that opened a session only is not
// among them.
const (
	lastReopened = `COALESCE((SELECT MAX(r.number) FROM audit r WHERE r.subject = u.id AND r.kind = '` + string(audit.Reopened) + `'
		AND r.detail IN ('` + withPIN + `', '` + withPassword + `', '` + withStaff + `')), 0)`
	lastClosed = `COALESCE((SELECT MAX(x.number) FROM audit x WHERE x.subject = u.id AND x.kind = '` + string(audit.TextsClosed) + `'), 0)`
)

// writtenOtherwise is the condition that somebody got in as a person u since their
// texts were closed in another way than this session, or goes on in a session from
// before with a password, which the closing did not end.
var writtenOtherwise = `(EXISTS (SELECT 1 FROM audit i WHERE i.subject = u.id AND i.kind = '` + string(audit.SignedIn) + `' AND i.item != {:session}
		AND i.number > ` + lastClosed + ` AND ` + wayIn("i.detail") + ` != {:way})
	OR EXISTS (SELECT 1 FROM sessions s WHERE s.user = u.id AND s.id != {:session} AND s.how IN ('` + byPassword + `', '` + byLink + `')
		AND s.last_seen >= u.closed AND ` + wayIn("s.how") + ` != {:way}))`

// proofOf stores first who was here in the last minute: they may have written.
func (d *Desk) proofOf(ctx context.Context, viewer *web.Viewer) (proof, error) {
	var p proof
	if err := d.seen.write(d.app); err != nil {
		return proof{}, err
	}
	err := d.app.ConcurrentDB().NewQuery(proofSQL).Bind(dbx.Params{
		"user": viewer.ID, "session": viewer.Session, "way": viewer.Way, "refused": audit.ReopenRefused, "pin": withPIN,
	}).WithContext(ctx).One(&p)
	if err != nil {
		return proof{}, fmt.Errorf("what opens the texts of %s: %w", viewer.ID, err)
	}
	return p, nil
}

// pin is the hash of the PIN that opens what is closed for a viewer, "" for none.
// A PIN says who wrote while it was in use, and nothing of what was written later.
// So a session that began with a code is opened by the PIN of the card in use, as
// far as that card goes. What staff closed is opened by the PIN before, in a
// session that has written what was written since.
func (p proof) pin(viewer *web.Viewer) string {
	switch {
	case p.Wrong >= mostWrongPINs:
		return ""
	case viewer.OnlyHere:
		return p.Card
	case p.Others:
		return ""
	default:
		return p.Former
	}
}

func (p proof) ways(viewer *web.Viewer) Openers {
	w := Openers{Closed: viewer.Closed, PIN: p.pin(viewer) != "", CardPIN: viewer.OnlyHere, Password: p.OwnPassword}
	w.Tired = p.Wrong >= mostWrongPINs
	if since, err := types.ParseDateTime(viewer.ClosedSince); err == nil {
		w.Since = since.Time().Format(time.RFC3339)
	}
	return w
}
