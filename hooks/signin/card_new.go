package signin

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"alongside/hooks/audit"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"golang.org/x/crypto/bcrypt"
)

// cardLife is how long a card opens anything.
const cardLife = 180 * 24 * time.Hour

// A NewCard is a card that was just drawn, with its secrets: they are in memory
// until it is printed, and nowhere else.
type NewCard struct {
	Username string // whose it is; StoreCard fills both
	Called   string

	secret, words, pin string
	hashes             cardHashes
}

// cardHashes are what the database knows of a card.
type cardHashes struct{ secret, words, pin string }

// PrepareCard draws the secrets of a card and hashes them. That is slow, so it
// is done before a transaction begins; several may run at the same time.
func (d *Desk) PrepareCard() (*NewCard, error) {
	return d.prepareCard(newToken(), drawWords(), drawPIN())
}

func (d *Desk) prepareCard(secret, words, pin string) (*NewCard, error) {
	card := &NewCard{secret: secret, words: words, pin: pin}
	var err error
	if card.hashes.words, err = d.hash(foldWords(words)); err != nil {
		return nil, err
	}
	if card.hashes.pin, err = d.hash(pin); err != nil {
		return nil, err
	}
	card.hashes.secret = hashToken(secret)
	return card, nil
}

// hash hashes what is short as a password.
func (d *Desk) hash(short string) (string, error) {
	hashed, err := bcrypt.GenerateFromPassword([]byte(short), d.cost)
	if err != nil {
		return "", fmt.Errorf("hash for a card: %w", err)
	}
	return string(hashed), nil
}

func fits(hashed, short string) bool {
	return bcrypt.CompareHashAndPassword([]byte(hashed), []byte(short)) == nil
}

// StoreCard gives a prepared card to somebody, as part of the caller's
// transaction. The card that they had is void from then on, and sessions that
// began with it end. Where they had anything of their own, text that is kept only
// for them is closed until they say who they are. called is what the
// page beside the card calls them, by who made it.
func (d *Desk) StoreCard(tx core.App, card *NewCard, user, called, by string) error {
	if err := tx.DB().NewQuery("SELECT username FROM users WHERE id = {:id}").Bind(dbx.Params{"id": user}).Row(&card.Username); err != nil {
		return fmt.Errorf("card for %s: %w", user, err)
	}
	card.Called = called
	kind := audit.CardMade
	had, err := d.endCard(tx, user)
	if err != nil {
		return err
	}
	if had {
		kind = audit.CardReplaced
	}
	if err := d.closeTexts(tx, user, by); err != nil {
		return err
	}
	id, err := card.store(tx, user, by, d.now())
	if err != nil {
		return err
	}
	programme, err := d.programmeOf(tx, user)
	if err != nil {
		return err
	}
	return d.audit.Record(tx, audit.Act{Kind: kind, Actor: by, Subject: user, Item: id, Programme: programme})
}

// programmeOf is where somebody learns now, for the record; "" for nowhere.
func (d *Desk) programmeOf(tx core.App, user string) (programme string, err error) {
	err = tx.DB().NewQuery(`
		SELECT programme FROM memberships WHERE user = {:user} AND role = 'learner' AND starts <= {:now} AND (ends = '' OR ends > {:now})
		ORDER BY starts DESC LIMIT 1`).Bind(dbx.Params{"user": user, "now": databaseTime(d.now())}).Row(&programme)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return "", fmt.Errorf("find the programme of %s: %w", user, err)
	}
	return programme, nil
}

func (c *NewCard) store(tx core.App, user, by string, now time.Time) (id string, err error) {
	cards, err := tx.FindCachedCollectionByNameOrId("cards")
	if err != nil {
		return "", fmt.Errorf("card for %s: %w", user, err)
	}
	row := core.NewRecord(cards)
	row.Set("user", user)
	row.Set("secret", c.hashes.secret)
	row.Set("words", c.hashes.words)
	row.Set("pin", c.hashes.pin)
	row.Set("state", cardActive)
	row.Set("expires", databaseTime(now.Add(cardLife)))
	row.Set("made_by", by)
	if err := tx.Save(row); err != nil {
		return "", fmt.Errorf("card for %s: %w", user, err)
	}
	return row.Id, nil
}

// endCard makes the card that somebody has in use void, if they have one, and
// ends what was opened with cards and codes.
func (d *Desk) endCard(tx core.App, user string) (had bool, err error) {
	now := databaseTime(d.now())
	done, err := tx.DB().Update("cards", dbx.Params{"state": cardVoid, "ended": now, "updated": now},
		dbx.HashExp{"user": user, "ended": ""}).Execute()
	if err != nil {
		return false, fmt.Errorf("end the card of %s: %w", user, err)
	}
	if n, err := done.RowsAffected(); err != nil || n == 0 {
		return false, err
	}
	return true, end(tx, d.now(), whyCard, dbx.HashExp{"user": user, "how": []any{byCard, byWords, byCode}})
}

// closeTexts closes what is kept only for somebody, after staff made them a new
// way in: staff cannot become the learner quietly. Where it is closed already,
// what was written since is closed too. A session that began with a code ends, so
// that what is written before and what is written after stay apart.
func (d *Desk) closeTexts(tx core.App, user, by string) error {
	done, err := tx.DB().NewQuery(`
		UPDATE users AS u SET closed = {:now}, closed_by = CASE closed WHEN '' THEN {:by} ELSE closed_by END, former_pin = ` + formerPIN + `
		WHERE u.id = {:user} AND ` + hasOwn).
		Bind(dbx.Params{"now": databaseTime(d.now()), "by": by, "user": user}).Execute()
	if err != nil {
		return fmt.Errorf("close the texts of %s: %w", user, err)
	}
	if n, err := done.RowsAffected(); err != nil || n == 0 {
		return err
	}
	if err := end(tx, d.now(), whyCard, dbx.HashExp{"user": user, "how": byCode}); err != nil {
		return err
	}
	return d.audit.Record(tx, audit.Act{Kind: audit.TextsClosed, Actor: by, Subject: user})
}

// closeAtFirstUse closes what somebody wrote since they were made a card that
// closed nothing, because nothing was there then: its maker may have kept it. Where
// anything was closed since, that was for this card too, also if it was opened.
func (d *Desk) closeAtFirstUse(tx core.App, card heldCard) error {
	var closedBefore bool
	err := tx.DB().NewQuery("SELECT " + lastClosed + " > 0 FROM users u WHERE u.id = {:user}").
		Bind(dbx.Params{"user": card.User}).Row(&closedBefore)
	if err != nil {
		return fmt.Errorf("was anything of %s closed: %w", card.User, err)
	}
	if closedBefore {
		return nil
	}
	return d.closeTexts(tx, card.User, card.MadeBy)
}

// formerPIN is the PIN that says who wrote all that a closing closes: that of the
// newest card, if nobody got in otherwise after it was stopped. Where it was closed
// already it stays what it was, as long as nobody got in since; else some of it was
// written by whoever had the card or code meanwhile, and no one PIN says who wrote
// all of it. An earlier card never counts: its PIN may be staff's own.
const formerPIN = `CASE
	WHEN u.closed = '' THEN COALESCE((SELECT CASE WHEN c.own_pin AND (c.ended = '' OR NOT EXISTS (
			SELECT 1 FROM audit i WHERE i.subject = c.user AND i.kind = 'signed-in' AND i.at > c.ended)) THEN c.pin ELSE '' END
		FROM cards c WHERE c.user = u.id ORDER BY c.created DESC, c.id DESC LIMIT 1), '')
	WHEN EXISTS (SELECT 1 FROM audit i WHERE i.subject = u.id AND i.kind = 'signed-in' AND i.number > ` + lastClosed + `) THEN ''
	ELSE u.former_pin END`

// hasOwn is the condition that a person u has something of their own which a new
// way in could take: a secret that they chose, or text. Whoever got in with codes
// of the room alone has no secret, and nothing to lose until they write.
const hasOwn = `(u.own_password OR u.closed != '' OR u.former_pin != ''
	OR EXISTS (SELECT 1 FROM keys k WHERE k.owner = u.id)
	OR EXISTS (SELECT 1 FROM cards o WHERE o.user = u.id AND o.own_pin)
	OR EXISTS (SELECT 1 FROM audit i WHERE i.subject = u.id AND i.kind = '` + string(audit.SignedIn) + `' AND i.detail != '` + byCode + `')
	OR EXISTS (SELECT 1 FROM codes l WHERE l.user = u.id AND l.kind = 'link' AND l.used != ''))`

// States of a card, as they are stored.
const (
	cardActive  = "active"
	cardLocked  = "locked"
	cardVoid    = "void"
	cardExpired = "expired"
)

// A CardState is what staff may know of somebody's card. Its words are under
// "card.state.<State>".
type CardState struct {
	ID      string
	State   string    // "none", "active", "locked", "void" or "expired"
	Made    time.Time // zero where there is none, like the rest
	Expires time.Time
	OwnPIN  bool      // they have chosen a PIN: it is in use
	Used    time.Time // to the day

	// Since when text that is kept only for them is closed, and who made them the
	// new way in; zero where it is open.
	Closed   time.Time
	ClosedBy string // of users
}

// CardOf is the card that somebody has, or had last.
func (d *Desk) CardOf(ctx context.Context, user string) (CardState, error) {
	var row cardRow
	err := d.app.ConcurrentDB().NewQuery(`
		SELECT u.closed, u.closed_by, COALESCE(c.id, '') AS id, COALESCE(c.state, '') AS state, COALESCE(c.created, '') AS made,
			COALESCE(c.expires, '') AS expires, COALESCE(c.own_pin, 0) AS own_pin, COALESCE(c.used, '') AS used
		FROM users u LEFT JOIN cards c ON c.user = u.id
		WHERE u.id = {:user} ORDER BY c.ended = '' DESC, c.created DESC LIMIT 1`).
		Bind(dbx.Params{"user": user}).WithContext(ctx).One(&row)
	if errors.Is(err, sql.ErrNoRows) {
		return CardState{State: cardNone}, nil
	}
	if err != nil {
		return CardState{}, fmt.Errorf("read the card of %s: %w", user, err)
	}
	return row.at(d.now()), nil
}
