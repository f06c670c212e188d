package signin

import (
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// A GivenCard is a card whose secrets are no secrets, such as the demo's.
type GivenCard struct {
	User               string // of users
	Secret, Words, PIN string
	Until              time.Time
}

// Path is where its link leads on a site.
func (g GivenCard) Path() string { return cardPath + "/" + g.Secret }

// GiveCard makes it the card that somebody has in use, with a PIN that they chose
// already; one that they had is void, and nothing of theirs is closed.
func (d *Desk) GiveCard(app core.App, given GivenCard) error {
	card, err := d.prepareCard(given.Secret, given.Words, given.PIN)
	if err != nil {
		return err
	}
	return app.RunInTransaction(func(tx core.App) error {
		if _, err := d.endCard(tx, given.User); err != nil {
			return err
		}
		id, err := card.there(tx)
		if err == nil && id == "" {
			id, err = card.store(tx, given.User, "", d.now())
		}
		if err != nil {
			return err
		}
		_, err = tx.DB().Update("cards", dbx.Params{
			"words": card.hashes.words, "pin": card.hashes.pin, "own_pin": true, "state": cardActive, "wrong": 0, "ended": "", "expires": databaseTime(given.Until),
		}, dbx.HashExp{"id": id, "user": given.User}).Execute()
		if err != nil {
			return fmt.Errorf("give a card to %s: %w", given.User, err)
		}
		_, err = tx.DB().Update("users", dbx.Params{"closed": "", "closed_by": "", "former_pin": ""}, dbx.HashExp{"id": given.User}).Execute()
		return err
	})
}

// there is the id of a card that has these secrets already, "" for none.
func (c *NewCard) there(tx core.App) (id string, err error) {
	err = tx.DB().NewQuery("SELECT id FROM cards WHERE secret = {:secret}").Bind(dbx.Params{"secret": c.hashes.secret}).Row(&id)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return id, err
}
