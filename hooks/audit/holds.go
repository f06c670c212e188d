package audit

import (
	"context"
	"fmt"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"
)

// OnHold selects the people of whom nothing may be erased or let go now, for
// statements that remove rows. A hold holds until somebody ends it: past its
// date it is looked at again, and does not lapse by itself.
const OnHold = "SELECT person FROM holds WHERE ended = ''"

// LongestHold is how far ahead a hold may be dated.
const LongestHold = 366 * 24 * time.Hour

// WhyHold lists why somebody may be on hold. Their words stand under "hold-why.".
func WhyHold() []string { return []string{"safeguarding", "legal", "funder"} }

// A Hold says that nothing of a person may be erased for now.
type Hold struct {
	ID        string `db:"id"`
	Person    string `db:"person"`    // of users
	Programme string `db:"programme"` // whose staff placed it; "" for the site
	Why       string `db:"why"`       // one of WhyHold
	By        string `db:"by"`        // of users
	Starts    string `db:"starts"`
	Until     string `db:"until"` // it is looked at again by then
}

// PlaceHold puts a person on hold, and records it.
func (l *Log) PlaceHold(tx core.App, h Hold, until time.Time) error {
	day, err := types.ParseDateTime(until)
	if err != nil {
		return fmt.Errorf("hold of %s: %w", h.Person, err)
	}
	now, err := types.ParseDateTime(l.now())
	if err != nil {
		return fmt.Errorf("hold of %s: %w", h.Person, err)
	}
	_, err = tx.NonconcurrentDB().NewQuery(`INSERT INTO holds (id, person, programme, why, by, starts, until, ended, created)
		VALUES ({:id}, {:person}, {:programme}, {:why}, {:by}, {:now}, {:until}, '', {:now})`).
		Bind(dbx.Params{
			"id": core.GenerateDefaultRandomId(), "person": h.Person, "programme": h.Programme, "why": h.Why, "by": h.By,
			"now": now.String(), "until": day.String(),
		}).Execute()
	if err != nil {
		return fmt.Errorf("hold of %s: %w", h.Person, err)
	}
	return l.Record(tx, Act{Kind: HoldPlaced, Actor: h.By, Subject: h.Person, Programme: h.Programme, Detail: h.Why})
}

// EndHold ends a hold, and records who did. It reports whether there was one to
// end.
func (l *Log) EndHold(tx core.App, h Hold, by string) (bool, error) {
	now, err := types.ParseDateTime(l.now())
	if err != nil {
		return false, fmt.Errorf("end hold %s: %w", h.ID, err)
	}
	done, err := tx.NonconcurrentDB().NewQuery(`UPDATE holds SET ended = {:now} WHERE id = {:id} AND person = {:person} AND ended = ''`).
		Bind(dbx.Params{"now": now.String(), "id": h.ID, "person": h.Person}).Execute()
	if err != nil {
		return false, fmt.Errorf("end hold %s: %w", h.ID, err)
	}
	if rows, err := done.RowsAffected(); err != nil || rows == 0 {
		return false, err
	}
	return true, l.Record(tx, Act{Kind: HoldEnded, Actor: by, Subject: h.Person, Programme: h.Programme, Item: h.ID})
}

// HoldsOf lists what holds somebody now, the oldest first. app may be a
// transaction.
func HoldsOf(ctx context.Context, app core.App, person string) ([]Hold, error) {
	var holds []Hold
	err := app.DB().NewQuery(`SELECT id, person, programme, why, by, starts, until FROM holds
		WHERE person = {:person} AND ended = '' ORDER BY starts, id LIMIT 100`).
		Bind(dbx.Params{"person": person}).WithContext(ctx).All(&holds)
	if err != nil {
		return nil, fmt.Errorf("holds of %s: %w", person, err)
	}
	return holds, nil
}

// HoldsWhere lists the holds of which a condition is true, those first that are
// to be looked at soonest. app may be a transaction.
func HoldsWhere(ctx context.Context, app core.App, condition string, params dbx.Params) ([]Hold, error) {
	var holds []Hold
	err := app.DB().NewQuery(`SELECT id, person, programme, why, by, starts, until FROM holds
		WHERE ended = '' AND (` + condition + `) ORDER BY until, id LIMIT 500`).
		Bind(params).WithContext(ctx).All(&holds)
	if err != nil {
		return nil, fmt.Errorf("list holds: %w", err)
	}
	return holds, nil
}
