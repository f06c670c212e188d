package signin

import (
	"fmt"

	"alongside/hooks/audit"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// unlockCard lets a locked card open again, and forgives all wrong tries of its
// learner: somebody who works here has seen who they are.
func (d *Desk) unlockCard(e *core.RequestEvent) error {
	learner, err := d.holder(e)
	if err != nil {
		return err
	}
	card, err := d.card(e.App, heldCardSQL+"WHERE c.user = {:user} AND c.ended = ''", dbx.Params{"user": learner.ID})
	if err != nil {
		return err
	}
	secret, err := d.unlock(e.App, web.Current(e).ID, learner, card.ID)
	if err != nil {
		return fmt.Errorf("unlock the card of %s: %w", learner.ID, err)
	}
	d.forgive(learner, secret)
	return backToLearner(e, learner, "card-unlocked")
}

func (d *Desk) unlock(app core.App, by string, learner *cardHolder, card string) (secret string, err error) {
	if card == "" {
		return "", nil
	}
	err = app.RunInTransaction(func(tx core.App) error {
		err := tx.NonconcurrentDB().NewQuery(`
			UPDATE cards SET wrong = 0, state = CASE state WHEN 'locked' THEN 'active' ELSE state END, updated = {:now}
			WHERE id = {:card} AND ended = '' RETURNING secret`).
			Bind(dbx.Params{"card": card, "now": databaseTime(d.now())}).Row(&secret)
		if err != nil {
			return err
		}
		return d.audit.Record(tx, audit.Act{Kind: audit.CardUnlocked, Actor: by, Subject: learner.ID, Item: card, Programme: learner.Programme})
	})
	return secret, err
}

// forgive forgets wrong tries of a learner, by whichever way. secret is the hash
// of their card's; "" where there is none.
func (d *Desk) forgive(learner *cardHolder, secret string) {
	d.tries.right(foldName(learner.Username))
	d.tries.right("card of " + learner.ID)
	if secret != "" {
		d.tries.right("card " + secret)
	}
}
