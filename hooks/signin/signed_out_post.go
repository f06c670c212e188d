package signin

import (
	"database/sql"
	"errors"
	"fmt"
	"net/url"

	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

const deskKey = "signin.desk"

// AskToSave answers a form that came while nobody is signed in. Where its page
// was of somebody who signed out in another tab, what they typed is sealed for
// them and waits, as after an idle end. Then the browser goes to sign in.
func AskToSave(e *core.RequestEvent, form url.Values) error {
	return e.App.Store().Get(deskKey).(*Desk).askToSave(e, form)
}

func (d *Desk) askToSave(e *core.RequestEvent, form url.Values) error {
	user, err := d.signedOut(web.SessionOf(form))
	if err != nil {
		return err
	}
	if user == "" || web.IsAnothers(form, user) {
		web.Notify(e, "post-not-kept")
		return web.AskToSignInFor(e, e.Request.URL.Path)
	}
	return d.keepAndAsk(e, user, form, nil)
}

// signedOut is who had a session that was ended in its own browser in the last
// day, "" where there is none. A session that its owner ended from elsewhere, or
// by a new password, may have been in a stranger's hands: nothing more is taken
// from its pages.
func (d *Desk) signedOut(session string) (user string, err error) {
	if session == "" {
		return "", nil
	}
	err = d.app.DB().NewQuery(`SELECT user FROM sessions
		WHERE id = {:id} AND ended > {:since} AND why IN ({:out}, {:left}, {:replaced})`).
		Bind(dbx.Params{
			"id": session, "since": databaseTime(d.now().Add(-keepFor)),
			"out": whySignedOut, "left": whyLeft, "replaced": whyReplaced,
		}).Row(&user)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	if err != nil {
		return "", fmt.Errorf("find whose session %s was: %w", session, err)
	}
	return user, nil
}
