package signin

import (
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
	err := end(e.App, d.now(), whyElsewhere, dbx.HashExp{"id": session, "user": viewer.ID})
	if err != nil {
		return err
	}
	web.Notify(e, "device-signed-out")
	return web.SeeOther(e, "/me")
}
