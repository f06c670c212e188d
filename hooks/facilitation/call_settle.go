package facilitation

import (
	"alongside/hooks/web"

	"github.com/pocketbase/pocketbase/core"
)

// settleCall ends the call of somebody who was stuck: the viewer helped.
func (f *Facilitation) settleCall(e *core.RequestEvent) error {
	if _, err := web.Form(e); err != nil {
		return err
	}
	if err := f.written.Settle(e.Request.Context(), web.Current(e), e.Request.PathValue("call")); err != nil {
		return err
	}
	web.Notify(e, "call-settled")
	return web.SeeOther(e, "/facilitate")
}

// helpAgain puts back a call that the viewer settled a short while ago: it was not
// settled yet.
func (f *Facilitation) helpAgain(e *core.RequestEvent) error {
	if _, err := web.Form(e); err != nil {
		return err
	}
	if err := f.written.Unsettle(e.Request.Context(), web.Current(e), e.Request.PathValue("call")); err != nil {
		return err
	}
	web.Notify(e, "call-unsettled")
	return web.SeeOther(e, "/facilitate")
}
