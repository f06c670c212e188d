package signin

import (
	"fmt"

	"alongside/hooks/audit"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// signOutDevice ends one session of the viewer, at its next request. One of
// somebody else is as if it was not there.
func (d *Desk) signOutDevice(e *core.RequestEvent) error {
	viewer, session := web.Current(e), e.Request.PathValue("session")
	if session == viewer.Session {
		return d.signOut(e)
	}
	if err := e.App.RunInTransaction(func(tx core.App) error { return d.endDevice(tx, viewer.ID, session) }); err != nil {
		return err
	}
	web.Notify(e, "device-signed-out")
	return web.SeeOther(e, "/me")
}

func (d *Desk) endDevice(tx core.App, user, session string) error {
	which := dbx.HashExp{"id": session, "user": user, "ended": ""}
	var running int
	if err := tx.DB().Select("COUNT(*)").From("sessions").Where(which).Row(&running); err != nil {
		return fmt.Errorf("find session %s: %w", session, err)
	}
	if running == 0 {
		return nil
	}
	if err := end(tx, d.now(), whyElsewhere, which); err != nil {
		return err
	}
	return d.audit.Record(tx, audit.Act{Kind: audit.SignedOutOther, Actor: user, Subject: user, Item: session})
}
