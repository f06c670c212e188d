package signin

import (
	"fmt"
	"net/http"
	"time"

	"alongside/hooks/people"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"
)

func (d *Desk) showMe(e *core.RequestEvent) error {
	viewer := web.Current(e)
	page := &MePage{}
	var err error
	if page.Email, page.HasPassword, err = waysOf(e.App, viewer.ID); err != nil {
		return err
	}
	if page.Roles, err = rolesOf(e.App, viewer, d.now()); err != nil {
		return err
	}
	if page.Workers, err = people.WorkersOf(e.Request.Context(), e.App, viewer.ID, d.now()); err != nil {
		return err
	}
	if page.Devices, err = d.devicesOf(e.App, viewer); err != nil {
		return err
	}
	if page.Second, err = secondOnMe(e.App, viewer); err != nil {
		return err
	}
	if viewer.Is(web.Lead) {
		if page.Holds, err = people.HoldsLate(e); err != nil {
			return err
		}
	}
	return web.Show(e, http.StatusOK, "signin/me", page)
}

// waysOf is somebody's e-mail, and whether they ever chose a password: many have
// a card only, and nothing to change.
func waysOf(app core.App, user string) (email string, password bool, err error) {
	err = app.DB().NewQuery(`
		SELECT email, own_password OR EXISTS (SELECT 1 FROM codes l WHERE l.user = users.id AND l.kind = 'link' AND l.used != '')
		FROM users WHERE id = {:id}`).Bind(dbx.Params{"id": user}).Row(&email, &password)
	if err != nil {
		return "", false, fmt.Errorf("read how %s gets in: %w", user, err)
	}
	return email, password, nil
}

func rolesOf(app core.App, viewer *web.Viewer, now time.Time) ([]RoleInList, error) {
	var rows []struct {
		Role  string `db:"role"`
		Label string `db:"label"`
	}
	err := app.DB().NewQuery(`
		SELECT m.role, COALESCE(p.label, '') AS label
		FROM memberships m LEFT JOIN programmes p ON p.id = m.programme
		WHERE m.user = {:user} AND m.starts <= {:now} AND (m.ends = '' OR m.ends > {:now})
		ORDER BY m.starts, m.id LIMIT 50`).
		Bind(dbx.Params{"user": viewer.ID, "now": databaseTime(now)}).All(&rows)
	if err != nil {
		return nil, fmt.Errorf("read roles of %s: %w", viewer.ID, err)
	}
	roles := make([]RoleInList, len(rows))
	for i, row := range rows {
		roles[i] = RoleInList{Role: web.Role(row.Role), Label: row.Label}
	}
	return roles, nil
}

type deviceRow struct {
	ID        string         `db:"id"`
	OwnDevice bool           `db:"own_device"`
	Browser   string         `db:"browser"`
	System    string         `db:"system"`
	LastSeen  types.DateTime `db:"last_seen"`
}

// devicesOf lists where somebody is signed in, this device first.
func (d *Desk) devicesOf(app core.App, viewer *web.Viewer) ([]DeviceInList, error) {
	var rows []deviceRow
	err := app.DB().NewQuery(`
		SELECT id, own_device, browser, system, last_seen FROM sessions
		WHERE user = {:user} AND ended = '' AND (expires > {:now} OR id = {:this})
		ORDER BY id = {:this} DESC, last_seen DESC LIMIT 50`).
		Bind(dbx.Params{"user": viewer.ID, "this": viewer.Session, "now": databaseTime(d.now())}).All(&rows)
	if err != nil {
		return nil, fmt.Errorf("read devices of %s: %w", viewer.ID, err)
	}
	devices := make([]DeviceInList, len(rows))
	for i, row := range rows {
		devices[i] = row.inList(viewer.Session)
	}
	return devices, nil
}

func (r deviceRow) inList(this string) DeviceInList {
	return DeviceInList{
		Device:    Device{Browser: r.Browser, System: r.System},
		ID:        r.ID,
		This:      r.ID == this,
		OwnDevice: r.OwnDevice,
		LastSeen:  r.LastSeen.Time().Format(time.RFC3339),
	}
}
