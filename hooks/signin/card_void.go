package signin

import (
	"fmt"

	"alongside/hooks/audit"
	"alongside/hooks/web"

	"github.com/pocketbase/pocketbase/core"
)

// voidCard stops a card that was lost, of anybody whose account the door lets the
// viewer see, whatever they are by now. Whoever got in with it is out.
func (d *Desk) voidCard(e *core.RequestEvent) error {
	learner := e.Request.PathValue("learner")
	state, err := d.CardOf(e.Request.Context(), learner)
	if err != nil {
		return err
	}
	err = e.App.RunInTransaction(func(tx core.App) error {
		had, err := d.endCard(tx, learner)
		if err != nil || !had {
			return err
		}
		programme, err := d.programmeOf(tx, learner)
		if err != nil {
			return err
		}
		return d.audit.Record(tx, audit.Act{
			Kind: audit.CardVoided, Actor: web.Current(e).ID, Subject: learner, Item: state.ID, Programme: programme,
		})
	})
	if err != nil {
		return fmt.Errorf("void the card of %s: %w", learner, err)
	}
	web.Notify(e, "card-voided")
	return web.SeeOther(e, pageOf(learner))
}
