package signin

import (
	"fmt"
	"time"

	"alongside/hooks/audit"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// How somebody got in, as it is stored and recorded.
const (
	byPassword = "password"
	byCard     = "card"  // the link of the card, and its PIN
	byWords    = "words" // the card, typed
	byCode     = "code"  // a code that staff made in the room
	byLink     = "link"  // a link on which they chose a password
)

// An entry is how a session begins.
type entry struct {
	How       string
	OwnDevice bool
	Second    bool   // a second factor was given
	Closed    bool   // no secret of their own was given: text kept only for them stays closed
	With      string // of users: the member of staff whose code or link it was
	Card      *heldCard
}

// holds returns errCardGone or errCodeUsed where a card or a code opens nothing at
// the moment in which its session begins: a second factor may have been asked for
// since it was compared.
func (in entry) holds(tx core.App, user string, now time.Time) error {
	if in.Card != nil {
		return in.Card.used(tx, now)
	}
	if in.How != byCode {
		return nil
	}
	var works bool
	err := tx.DB().NewQuery("SELECT " + worksHere("{:user}")).Bind(dbx.Params{"user": user, "now": databaseTime(now)}).Row(&works)
	if err != nil {
		return fmt.Errorf("may a code of %s still open: %w", user, err)
	}
	if works {
		return errCodeUsed
	}
	return nil
}

// open starts a session for somebody whose secret was right, and gives the
// browser its cookie.
func (d *Desk) open(e *core.RequestEvent, user string, in entry) error {
	var token string
	err := e.App.RunInTransaction(func(tx core.App) (err error) {
		token, err = d.openIn(tx, e, user, in)
		return err
	})
	if err != nil {
		return err
	}
	setCookie(e, token, in.OwnDevice)
	return nil
}

// openIn is open as part of a transaction: once it is committed, the token goes
// into the browser's cookie. It is always a new one; a session that the browser
// brought along ends. Where somebody has a second factor it was asked for before.
func (d *Desk) openIn(tx core.App, e *core.RequestEvent, user string, in entry) (token string, err error) {
	if old := cookieToken(e); old != "" {
		if err := end(tx, d.now(), whyReplaced, dbx.HashExp{"token": hashToken(old)}); err != nil {
			return "", err
		}
	}
	if err := d.gaveAll(tx, user, in); err != nil {
		return "", err
	}
	if err := in.holds(tx, user, d.now()); err != nil {
		return "", err
	}
	sessions, err := tx.FindCachedCollectionByNameOrId("sessions")
	if err != nil {
		return "", fmt.Errorf("open session: %w", err)
	}
	token, now := newToken(), d.now()
	device := deviceOf(e.Request.UserAgent())
	row := core.NewRecord(sessions)
	row.Set("token", hashToken(token))
	row.Set("user", user)
	row.Set("how", in.How)
	row.Set("own_device", in.OwnDevice)
	row.Set("second", in.Second)
	row.Set("closed", in.Closed)
	row.Set("with", in.With)
	row.Set("browser", device.Browser)
	row.Set("system", device.System)
	row.Set("last_seen", databaseTime(now))
	row.Set("expires", databaseTime(now.Add(idle(in.OwnDevice))))
	if err := tx.Save(row); err != nil {
		return "", fmt.Errorf("open session of %s: %w", user, err)
	}
	return token, d.audit.Record(tx, audit.Act{Kind: audit.SignedIn, Actor: user, Subject: user, Item: row.Id, Detail: in.How})
}

// endOf ends the session that a request's cookie stands for, if it still runs.
func (d *Desk) endOf(e *core.RequestEvent, why string) error {
	token := cookieToken(e)
	if token == "" {
		return nil
	}
	return end(e.App, d.now(), why, dbx.HashExp{"token": hashToken(token)})
}

// end ends sessions at once: each page reads its session anew.
func end(app core.App, now time.Time, why string, which dbx.Expression) error {
	_, err := app.DB().Update("sessions",
		dbx.Params{"ended": databaseTime(now), "why": why},
		dbx.And(which, dbx.HashExp{"ended": ""})).Execute()
	if err != nil {
		return fmt.Errorf("end sessions, %s: %w", why, err)
	}
	return nil
}
