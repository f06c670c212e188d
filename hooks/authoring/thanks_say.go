package authoring

import (
	"fmt"

	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// sayThanks thanks those who wrote a module, once for each learner who has finished it.
// Those who wrote it see how many did, and not who.
func (a *Authoring) sayThanks(e *core.RequestEvent) error {
	if _, err := web.Form(e); err != nil {
		return err
	}
	module, address, err := a.learning.FinishedAt(e)
	if err != nil {
		return err
	}
	err = web.Exec(a.app, "INSERT INTO thanks (id, module, learner, created) VALUES ({:id}, {:module}, {:learner}, {:now}) ON CONFLICT DO NOTHING", dbx.Params{
		"id": web.NewRowID(a.now()), "module": module, "learner": web.Current(e).ID, "now": stamp(a.now()),
	})
	if err != nil {
		return fmt.Errorf("thanks for module %s: %w", module, err)
	}
	web.Notify(e, "thanks-said")
	return web.SeeOther(e, address)
}
