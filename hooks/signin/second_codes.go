package signin

import (
	"net/http"

	"alongside/hooks/web"

	"github.com/pocketbase/pocketbase/core"
)

// showRecovery shows new recovery codes until they are written down, ten minutes
// at most. They are nowhere else in words.
func (d *Desk) showRecovery(e *core.RequestEvent) error {
	codes, _, ok := d.second.codes.get(web.Current(e).Session, d.now())
	if !ok {
		return web.SeeOther(e, secondPath)
	}
	return web.Show(e, http.StatusOK, "signin/second-codes", &RecoveryPage{
		Codes: codes,
		Back:  web.LocalOr(e.Request.URL.Query().Get("back"), ""),
	})
}

// wroteRecovery forgets the words of recovery codes.
func (d *Desk) wroteRecovery(e *core.RequestEvent) error {
	form, err := web.Form(e)
	if err != nil {
		return err
	}
	d.second.codes.drop(web.Current(e).Session)
	web.Notify(e, "second-ready")
	return web.SeeOther(e, web.LocalOr(form.Get("back"), secondPath))
}
