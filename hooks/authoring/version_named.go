package authoring

import (
	"net/http"
	"unicode/utf8"

	"alongside/hooks/web"

	"github.com/pocketbase/pocketbase/core"
)

// messageMost is how long the message of a version may be, in letters.
const messageMost = 200

// keepNamed keeps what the draft reads now as a version, under words of whom it is of.
func (a *Authoring) keepNamed(e *core.RequestEvent) error {
	form, err := web.Form(e)
	if err != nil {
		return err
	}
	p, err := a.writePlace(e)
	if err != nil {
		return err
	}
	message := oneLine(form.Get("message"))
	if n := utf8.RuneCountInString(message); n == 0 || n > messageMost {
		return a.historyPage(e, p, http.StatusUnprocessableEntity, &HistoryPage{Message: form.Get("message"), Errors: []web.FieldError{{Field: "message", Key: "version-unnamed", Max: messageMost}}})
	}
	ctx := e.Request.Context()
	err = a.app.RunInTransaction(func(tx core.App) error {
		if p.Draft, err = a.draftByID(ctx, tx.DB(), p.Draft.ID); err != nil {
			return err
		}
		_, err = a.keepVersion(ctx, tx, p, web.Current(e).ID, message)
		return err
	})
	if err != nil {
		return err
	}
	web.Notify(e, "version-kept")
	return web.SeeOther(e, p.Address()+"/history")
}
