package signin

import (
	"fmt"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// open starts a session for somebody whose secret was right, and gives the
// browser its cookie. It is always a new token: one that the browser brought
// along ends.
func (d *Desk) open(e *core.RequestEvent, user string, ownDevice bool) error {
	if err := d.endOf(e, whyReplaced); err != nil {
		return err
	}
	sessions, err := e.App.FindCachedCollectionByNameOrId("sessions")
	if err != nil {
		return fmt.Errorf("open session: %w", err)
	}
	token, now := newToken(), d.now()
	device := deviceOf(e.Request.UserAgent())
	row := core.NewRecord(sessions)
	row.Set("token", hashToken(token))
	row.Set("user", user)
	row.Set("own_device", ownDevice)
	row.Set("browser", device.Browser)
	row.Set("system", device.System)
	row.Set("last_seen", databaseTime(now))
	row.Set("expires", databaseTime(now.Add(idle(ownDevice))))
	if err := e.App.Save(row); err != nil {
		return fmt.Errorf("open session of %s: %w", user, err)
	}
	setCookie(e, token, ownDevice)
	return nil
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
