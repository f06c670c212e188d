package signin

import (
	"fmt"

	"alongside/hooks/web"

	"github.com/pocketbase/pocketbase/core"
)

// makeCard gives a learner a card. One that they had stops at once.
func (d *Desk) makeCard(e *core.RequestEvent) error {
	learner, err := d.holder(e)
	if err != nil {
		return err
	}
	card, err := d.PrepareCard()
	if err != nil {
		return err
	}
	err = e.App.RunInTransaction(func(tx core.App) error {
		return d.StoreCard(tx, card, learner.ID, learner.Called, web.Current(e).ID)
	})
	if err != nil {
		return fmt.Errorf("make a card: %w", err)
	}
	return d.ShowCards(e, card)
}
