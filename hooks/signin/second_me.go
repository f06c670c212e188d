package signin

import (
	"fmt"
	"net/http"
	"time"

	"alongside/hooks/audit"
	"alongside/hooks/vault"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// seconds is what is remembered around second factors, in memory and for ten
// minutes.
type seconds struct {
	asked  *waiting[asked]    // who is asked for theirs, by a token of their browser
	setUps *waiting[string]   // secrets that a phone is to learn, by session
	codes  *waiting[[]string] // recovery codes that are to be written down, by session
}

func newSeconds() *seconds {
	return &seconds{asked: newWaiting[asked](), setUps: newWaiting[string](), codes: newWaiting[[]string]()}
}

// showMySecond is where staff set up their second factor, and see how it stands.
func (d *Desk) showMySecond(e *core.RequestEvent) error {
	page := &MySecondPage{Back: web.LocalOr(e.Request.URL.Query().Get("back"), "")}
	return d.showMine(e, http.StatusOK, page)
}

// showMine fills the page: as it stands, or the way to set it up.
func (d *Desk) showMine(e *core.RequestEvent, status int, page *MySecondPage) error {
	viewer := web.Current(e)
	f, err := factorOf(e.App, viewer.ID)
	if err != nil {
		return err
	}
	if f == nil && !mayHaveSecond(viewer) {
		return web.ErrNotFound
	}
	page.Needed, page.Required = viewer.Owes, d.isRequired(viewer)
	_, _, changing := d.second.setUps.get(viewer.Session, d.now())
	switch {
	case f != nil && !givenSecond(e):
		page.State = SecondNotGiven
	case f != nil && !changing:
		page.State = SecondSet
		err = d.fillSet(e.App, viewer.ID, f, page)
	case d.vault.State().Standing != vault.Ready:
		page.State = SecondNoKey
	default:
		page.State = SecondSetUp
		err = d.fillSetUp(e, viewer, f != nil, page)
	}
	if err != nil {
		return err
	}
	return web.Show(e, status, "signin/second-me", page)
}

func (d *Desk) fillSet(app core.App, user string, f *factor, page *MySecondPage) (err error) {
	page.Since = f.Confirmed.Time().Format(time.RFC3339)
	page.Left, err = recoveryLeft(app, user)
	return err
}

// fillSetUp shows the same secret for as long as somebody is at it: their phone
// may have read it already.
func (d *Desk) fillSetUp(e *core.RequestEvent, viewer *web.Viewer, changing bool, page *MySecondPage) (err error) {
	secret, _, ok := d.second.setUps.get(viewer.Session, d.now())
	if !ok {
		secret = newPhoneSecret()
	}
	d.second.setUps.keep(viewer.Session, secret, d.now())
	page.Changing = changing
	page.Secret = inFours(secret)
	if page.QR, err = newQR(phoneAddress(web.SiteOf(e).Name, viewer.Username, secret)); err != nil {
		return err
	}
	if !changing {
		page.Reset, page.ResetBy, err = wasReset(e.App, viewer.ID)
	}
	return err
}

// wasReset reports whether somebody's last second factor was taken away by
// somebody else, and by whom: "" for the operator.
func wasReset(app core.App, user string) (reset bool, by string, err error) {
	var last []struct {
		Kind audit.Kind `db:"kind"`
		By   string     `db:"name"`
	}
	err = app.DB().NewQuery(`
		SELECT a.kind, COALESCE(NULLIF(u.name, ''), u.username, '') AS name
		FROM audit a LEFT JOIN users u ON u.id = a.actor
		WHERE a.subject = {:user} AND a.kind IN ({:set}, {:off}, {:reset})
		ORDER BY a.number DESC LIMIT 1`).
		Bind(dbx.Params{"user": user, "set": audit.SecondSet, "off": audit.SecondOff, "reset": audit.SecondReset}).All(&last)
	if err != nil {
		return false, "", fmt.Errorf("read who reset the second factor of %s: %w", user, err)
	}
	if len(last) == 0 || last[0].Kind != audit.SecondReset {
		return false, "", nil
	}
	return true, last[0].By, nil
}

// mayHaveSecond leaves out those who only learn: they have cards.
func mayHaveSecond(v *web.Viewer) bool {
	return v.Owes || v.Is(web.Mentor) || v.Is(web.Facilitator) || v.Is(web.Lead) || v.Is(web.Manager)
}

// secondOnMe is how it stands on /me: "on" or "off", "" where it is not offered.
func secondOnMe(app core.App, v *web.Viewer) (string, error) {
	f, err := factorOf(app, v.ID)
	switch {
	case err != nil:
		return "", err
	case f != nil:
		return "on", nil
	case mayHaveSecond(v):
		return "off", nil
	default:
		return "", nil
	}
}

// isRequired reports whether a role of theirs asks for it.
func (d *Desk) isRequired(v *web.Viewer) bool {
	return d.asksSecond && (v.Owes || v.Is(web.Lead) || v.Is(web.Manager))
}

// givenSecond reports whether this session gave a second factor.
func givenSecond(e *core.RequestEvent) bool {
	v := visitOf(e)
	return v != nil && v.found.second
}
