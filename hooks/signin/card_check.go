package signin

import (
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"
)

// A heldCard is what has to be known of a card to let somebody in with it.
type heldCard struct {
	ID      string         `db:"id"`
	User    string         `db:"user"`
	Words   string         `db:"words"`
	PIN     string         `db:"pin"`
	OwnPIN  bool           `db:"own_pin"`
	State   string         `db:"state"`
	Expires types.DateTime `db:"expires"`
	MadeBy  string         `db:"made_by"`
	Staff   bool           `db:"staff"` // they work here now, so no card of theirs opens anything
}

// opens reports whether a card lets anybody in now.
func (c *heldCard) opens(now time.Time) bool {
	return c.State == cardActive && now.Before(c.Expires.Time()) && !c.Staff
}

// stillOpens is the condition that a card opens in the moment in which something
// is done with it: it was not stopped, replaced, locked or given another PIN since
// its PIN was compared, and its owner has not come to work here.
func (c *heldCard) stillOpens(now time.Time) dbx.Expression {
	return dbx.And(
		dbx.HashExp{"id": c.ID, "pin": c.PIN, "own_pin": c.OwnPIN, "state": cardActive, "ended": ""},
		dbx.NewExp("expires > {:now} AND NOT "+worksHere("cards.user"), dbx.Params{"now": databaseTime(now)}),
	)
}

var heldCardSQL = "SELECT c.id, c.user, c.words, c.pin, c.own_pin, c.state, c.expires, c.made_by, " + worksHere("c.user") + " AS staff FROM cards c "

// worksHere is the condition that somebody is staff who see others' things, now.
// Whoever made a card or a code of theirs could be them.
func worksHere(user string) string {
	return `EXISTS (SELECT 1 FROM memberships w WHERE w.user = ` + user + ` AND w.role IN ('facilitator', 'lead', 'manager')
		AND w.starts <= {:now} AND (w.ends = '' OR w.ends > {:now}))`
}

// checkLink checks the PIN of a card whose link was opened. It returns nil where
// it does not fit, and where the card is locked, void, expired or not there: from
// outside that is all the same, and takes as long.
func (d *Desk) checkLink(e *core.RequestEvent, secret, pin string) (card *heldCard, comeBack time.Time, err error) {
	hashed := hashToken(secret)
	if comeBack = d.admit(e, "card "+hashed); !comeBack.IsZero() {
		return nil, comeBack, nil
	}
	card, err = d.card(e.App, heldCardSQL+"WHERE c.secret = {:secret}", dbx.Params{"secret": hashed})
	if err != nil {
		return nil, time.Time{}, err
	}
	if !fits(card.PIN, pin) || !card.opens(d.now()) {
		return nil, time.Time{}, d.refuse(e, refusal{how: byCard, user: card.User, card: card.ID})
	}
	d.tries.right("card " + hashed)
	return card, time.Time{}, nil
}

// checkWords checks a card that was typed. Words and PIN are both compared,
// whether or not there is such a name, and whichever of them is wrong.
func (d *Desk) checkWords(e *core.RequestEvent, who, words, pin string) (card *heldCard, comeBack time.Time, err error) {
	account := foldName(who)
	if comeBack = d.admit(e, account); !comeBack.IsZero() {
		return nil, comeBack, nil
	}
	card, err = d.card(e.App, heldCardSQL+"JOIN users u ON u.id = c.user WHERE u.username = {:who} COLLATE NOCASE AND c.ended = ''", dbx.Params{"who": account})
	if err != nil {
		return nil, time.Time{}, err
	}
	wordsFit := fits(card.Words, foldWords(words))
	pinFits := fits(card.PIN, pin)
	if wordsFit && pinFits && card.opens(d.now()) {
		d.tries.right(account)
		return card, time.Time{}, nil
	}
	wrong := refusal{how: byWords, user: card.User}
	if wordsFit { // whoever does not have the card cannot lock it
		wrong.card = card.ID
	}
	return nil, time.Time{}, d.refuse(e, wrong)
}

// card finds a card, or gives one that is nobody's, which takes as long to
// compare and opens nothing.
func (d *Desk) card(app core.App, query string, params dbx.Params) (*heldCard, error) {
	card := &heldCard{}
	params["now"] = databaseTime(d.now())
	err := app.DB().NewQuery(query).Bind(params).One(card)
	if errors.Is(err, sql.ErrNoRows) {
		unknown := d.dummy.GetString("password:hash")
		return &heldCard{Words: unknown, PIN: unknown}, nil
	}
	if err != nil {
		return nil, fmt.Errorf("find a card: %w", err)
	}
	return card, nil
}

// used notes that somebody got in with a card: to the day, and what was wrong
// before is forgiven. It returns errCardGone where the card opens nothing any more.
func (c *heldCard) used(tx core.App, now time.Time) error {
	done, err := tx.DB().Update("cards", dbx.Params{"wrong": 0, "used": databaseTime(now.UTC().Truncate(24 * time.Hour))},
		c.stillOpens(now)).Execute()
	if err != nil {
		return fmt.Errorf("card %s is used: %w", c.ID, err)
	}
	if n, err := done.RowsAffected(); err != nil || n == 0 {
		return errors.Join(err, errCardGone)
	}
	return nil
}
