package people

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"alongside/hooks/audit"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// States of an erasure.
const (
	erasureAsked = "asked"
	erasureBack  = "taken back"
	erasureDone  = "done"
)

// An erasure is a wish to be erased, and what became of it.
type erasure struct {
	ID      string `db:"id"`
	Person  string `db:"person"`
	AskedBy string `db:"asked_by"`
	Asked   string `db:"asked"`
	Begun   string `db:"done"` // when its first transaction went through; "" before
}

// hasBegun reports whether an erasure can be stopped no more: the data key is
// gone, so nothing is left that a hold or a change of mind could keep.
func (e *erasure) hasBegun() bool { return e != nil && e.Begun != "" }

// openErasure is what somebody asked for and nobody has carried out; nil where
// nothing is. app may be a transaction.
func openErasure(ctx context.Context, app core.App, person string) (*erasure, error) {
	var row erasure
	err := app.DB().NewQuery("SELECT id, person, asked_by, asked, done FROM erasures WHERE person = {:person} AND state = 'asked'").
		Bind(dbx.Params{"person": person}).WithContext(ctx).One(&row)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("open erasure of %s: %w", person, err)
	}
	return &row, nil
}

// ask notes that somebody is to be erased, by their own wish or told by another.
// Asked twice it stays asked once.
func (k *Keeping) ask(person, by string) error {
	err := k.app.RunInTransaction(func(tx core.App) error {
		done, err := tx.NonconcurrentDB().NewQuery(`INSERT INTO erasures (id, person, asked_by, asked, state, done, done_by, counts)
			VALUES ({:id}, {:person}, {:by}, {:now}, 'asked', '', '', 'null') ON CONFLICT DO NOTHING`).
			Bind(dbx.Params{"id": core.GenerateDefaultRandomId(), "person": person, "by": by, "now": Before(k.now())}).Execute()
		if err != nil {
			return err
		}
		if rows, err := done.RowsAffected(); err != nil || rows == 0 {
			return err
		}
		return k.audit.Record(tx, audit.Act{Kind: audit.ErasureAsked, Actor: by, Subject: person})
	})
	if err != nil {
		return fmt.Errorf("ask for the erasure of %s: %w", person, err)
	}
	return nil
}

// noteBegun says of a wish that it is being carried out.
func (k *Keeping) noteBegun(tx core.App, person string) error {
	_, err := tx.NonconcurrentDB().NewQuery("UPDATE erasures SET done = {:now} WHERE person = {:person} AND state = 'asked' AND done = ''").
		Bind(dbx.Params{"person": person, "now": Before(k.now())}).Execute()
	if err != nil {
		return fmt.Errorf("note that the erasure of %s has begun: %w", person, err)
	}
	return nil
}

// takeBack ends a wish to be erased. It reports whether there was one that had
// not begun.
func (k *Keeping) takeBack(person, by string) (was bool, err error) {
	err = k.app.RunInTransaction(func(tx core.App) error {
		done, err := tx.NonconcurrentDB().NewQuery("UPDATE erasures SET state = {:state}, done = {:now} WHERE person = {:person} AND state = 'asked' AND done = ''").
			Bind(dbx.Params{"person": person, "state": erasureBack, "now": Before(k.now())}).Execute()
		if err != nil {
			return err
		}
		if rows, err := done.RowsAffected(); err != nil || rows == 0 {
			return err
		}
		was = true
		return k.audit.Record(tx, audit.Act{Kind: audit.ErasureBack, Actor: by, Subject: person})
	})
	if err != nil {
		return false, fmt.Errorf("take back the erasure of %s: %w", person, err)
	}
	return was, nil
}

// close notes that a person is erased, with how much of what went.
func (k *Keeping) close(tx core.App, person, by string, gone map[string]int) error {
	counts, err := json.Marshal(gone)
	if err != nil {
		return err
	}
	params := dbx.Params{
		"id": core.GenerateDefaultRandomId(), "person": person, "by": by, "counts": string(counts), "now": Before(k.now()),
	}
	done, err := tx.NonconcurrentDB().NewQuery(`UPDATE erasures SET state = 'done', done = {:now}, done_by = {:by}, counts = {:counts}
		WHERE person = {:person} AND state = 'asked'`).Bind(params).Execute()
	if err != nil {
		return fmt.Errorf("close erasure of %s: %w", person, err)
	}
	if rows, err := done.RowsAffected(); err != nil || rows > 0 {
		return err
	}
	_, err = tx.NonconcurrentDB().NewQuery(`INSERT INTO erasures (id, person, asked_by, asked, state, done, done_by, counts)
		VALUES ({:id}, {:person}, {:asker}, {:now}, 'done', {:now}, {:by}, {:counts})`).
		Bind(params).Bind(dbx.Params{"asker": orThemself(by, person)}).Execute()
	if err != nil {
		return fmt.Errorf("close erasure of %s: %w", person, err)
	}
	return nil
}

// orThemself names who asked, where nobody is known to have.
func orThemself(by, person string) string {
	if by == "" {
		return person
	}
	return by
}
