package signin

import (
	"fmt"

	"alongside/hooks/audit"
	"alongside/hooks/web"

	"github.com/pocketbase/pocketbase/core"
)

// voidCard stops a card that was lost. Whoever got in with it is out.
func (d *Desk) voidCard(e *core.RequestEvent) error {
	learner, err := d.holder(e)
	if err != nil {
		return err
	}
	state, err := d.CardOf(e.Request.Context(), learner.ID)
	if err != nil {
		return err
	}
	err = e.App.RunInTransaction(func(tx core.App) error {
		had, err := d.endCard(tx, learner.ID)
		if err != nil || !had {
			return err
		}
		return d.audit.Record(tx, audit.Act{
			Kind: audit.CardVoided, Actor: web.Current(e).ID, Subject: learner.ID, Item: state.ID, Programme: learner.Programme,
		})
	})
	if err != nil {
		return fmt.Errorf("void the card of %s: %w", learner.ID, err)
	}
	return backToLearner(e, learner, "card-voided")
}
