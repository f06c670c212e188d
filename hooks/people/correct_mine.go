package people

import (
	"net/http"

	"alongside/hooks/web"

	"github.com/pocketbase/pocketbase/core"
)

func (k *Keeping) showMyName(e *core.RequestEvent) error {
	now, err := k.namesOf(e.Request.Context(), web.Current(e).ID)
	if err != nil {
		return err
	}
	return k.myNamePage(e, http.StatusOK, &NamePage{Called: now.Name, Email: now.Email})
}

func (k *Keeping) myNamePage(e *core.RequestEvent, status int, page *NamePage) error {
	var err error
	if page.Asks, err = k.proofs.Asks(e); err != nil {
		return err
	}
	page.Mine, page.Address, page.Back = true, "/me/name", "/me"
	page.Username, page.MayEmail = web.Current(e).Username, page.Asks != ""
	return web.Show(e, status, "people/name", page)
}

// saveMyName puts right what somebody is called. An e-mail lets them sign in, so
// it is changed only by whoever knows their secret: a phone left open on a table
// must not be enough.
func (k *Keeping) saveMyName(e *core.RequestEvent) error {
	in, err := typedIn(e)
	if err != nil {
		return err
	}
	viewer := web.Current(e)
	was, err := k.namesOf(e.Request.Context(), viewer.ID)
	if err != nil {
		return err
	}
	to := in.names(was, true)
	page := &NamePage{Called: to.Name, Email: to.Email}
	if in.problems == nil && to.Email != was.Email {
		right, wait, err := k.proofs.Prove(e, in.form.Get("secret"))
		if err != nil {
			return err
		}
		if wait > 0 {
			page.Wait = wait
			return k.myNamePage(e, http.StatusTooManyRequests, page)
		}
		if !right {
			in.wrong("secret", "secret-wrong")
		}
	}
	if in.problems == nil {
		if err := k.store(in, viewer.ID, viewer.ID, "", to); err != nil {
			return err
		}
	}
	if page.Errors = in.problems; page.Errors != nil {
		return k.myNamePage(e, http.StatusUnprocessableEntity, page)
	}
	web.Notify(e, "saved")
	return web.SeeOther(e, "/me")
}

// names reads what somebody is to be called. What the form does not have stays
// as it was.
func (t *typed) names(was names, mayEmail bool) names {
	to := was
	if t.form.Has("called") {
		to.Name = t.line("called", maxName, "")
	}
	if mayEmail && t.form.Has("email") {
		to.Email = t.email("email")
	}
	return to
}
