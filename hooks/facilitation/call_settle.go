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
