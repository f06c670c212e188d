package signin

import (
	"context"
	"fmt"

	"alongside/hooks/audit"
	"alongside/hooks/people"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// A Keeper is this room's part of what is kept of people: where they were
// signed in, their cards and other ways in, and forms that came too late. No
// secret is ever told, nor what one was hashed to.
type Keeper struct{ desk *Desk }

// Keeper is this desk's.
func (d *Desk) Keeper() *Keeper { return &Keeper{d} }

// Kinds of things that this room keeps.
const (
	kindSignIns = "sign-ins"
	kindCards   = "cards"
	kindCodes   = "codes"
	kindSecond  = "second-factor"
	kindLate    = "late-forms"
)

const heldSQL = `SELECT
	(SELECT COUNT(*) FROM sessions WHERE user = {:person}) AS sessions,
	(SELECT COUNT(*) FROM cards WHERE user = {:person}) AS cards,
	(SELECT COUNT(*) FROM codes WHERE user = {:person}) AS codes,
	(SELECT COUNT(*) FROM second_factors WHERE user = {:person}) AS second,
	(SELECT COUNT(*) FROM kept_posts WHERE user = {:person}) AS late`

// Held counts them.
func (k *Keeper) Held(ctx context.Context, person string) ([]people.Holding, error) {
	var n struct {
		Sessions int `db:"sessions"`
		Cards    int `db:"cards"`
		Codes    int `db:"codes"`
		Second   int `db:"second"`
		Late     int `db:"late"`
	}
	err := k.desk.app.ConcurrentDB().NewQuery(heldSQL).Bind(dbx.Params{"person": person}).WithContext(ctx).One(&n)
	if err != nil {
		return nil, fmt.Errorf("count ways in: %w", err)
	}
	return []people.Holding{
		{Kind: kindSignIns, Count: n.Sessions},
		{Kind: kindCards, Count: n.Cards},
		{Kind: kindCodes, Count: n.Codes},
		{Kind: kindSecond, Count: n.Second},
		{Kind: kindLate, Count: n.Late},
	}, nil
}

// Erase removes every way in first, and what came too late.
func (k *Keeper) Erase(tx core.App, person string, most int) (int, error) {
	return people.Remove(tx, dbx.Params{"person": person}, most,
		"DELETE FROM sessions WHERE id IN (SELECT id FROM sessions WHERE user = {:person} LIMIT {:most})",
		"DELETE FROM cards WHERE id IN (SELECT id FROM cards WHERE user = {:person} LIMIT {:most})",
		"DELETE FROM codes WHERE id IN (SELECT id FROM codes WHERE user = {:person} LIMIT {:most})",
		"DELETE FROM second_factors WHERE id IN (SELECT id FROM second_factors WHERE user = {:person} LIMIT {:most})",
		"DELETE FROM recovery_codes WHERE id IN (SELECT id FROM recovery_codes WHERE user = {:person} LIMIT {:most})",
		"DELETE FROM kept_posts WHERE id IN (SELECT id FROM kept_posts WHERE user = {:person} LIMIT {:most})")
}

// Clocks are those of sign-ins and cards, and of what waits for a day only.
func (k *Keeper) Clocks() []people.Clock {
	app := k.desk.app
	return []people.Clock{
		people.NewClock(app, people.Clock{Name: "sign-ins", Days: 90, Least: 1},
			sessionsDueSQL, "DELETE FROM sessions WHERE id IN ("+sessionsDueSQL+" LIMIT {:most})"),
		people.NewClock(app, people.Clock{Name: "cards", Days: 365, Least: 30},
			cardsDueSQL, "DELETE FROM cards WHERE id IN ("+cardsDueSQL+" LIMIT {:most})"),
		people.NewClock(app, people.Clock{Name: "waiting", Days: 1, Least: 1, Fixed: true},
			lateDueSQL+" UNION ALL "+codesDueSQL,
			"DELETE FROM kept_posts WHERE id IN ("+lateDueSQL+" LIMIT {:most})",
			"DELETE FROM codes WHERE id IN ("+codesDueSQL+" LIMIT {:most})"),
	}
}

// What ended before {:before}. What waits for a day only is nobody's record, so
// no hold keeps it.
const (
	sessionsDueSQL = "SELECT id FROM sessions WHERE expires < {:before} AND user NOT IN (" + audit.OnHold + ")"
	cardsDueSQL    = "SELECT id FROM cards WHERE (ended != '' AND ended < {:before} OR expires < {:before}) AND user NOT IN (" + audit.OnHold + ")"
	lateDueSQL     = "SELECT id FROM kept_posts WHERE created < {:before}"
	codesDueSQL    = "SELECT id FROM codes WHERE expires < {:before}"
)
