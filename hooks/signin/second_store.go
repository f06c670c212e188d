package signin

import (
	"database/sql"
	"errors"
	"fmt"
	"time"

	"alongside/hooks/vault"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"
)

// A factor is somebody's phone, as it is stored.
type factor struct {
	ID        string         `db:"id"`
	Sealed    string         `db:"sealed"`
	Confirmed types.DateTime `db:"confirmed"`
}

// factorOf is somebody's second factor, nil where they have none.
func factorOf(app core.App, user string) (*factor, error) {
	var f factor
	err := app.DB().NewQuery("SELECT id, sealed, confirmed FROM second_factors WHERE user = {:user}").
		Bind(dbx.Params{"user": user}).One(&f)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read second factor of %s: %w", user, err)
	}
	return &f, nil
}

func factorPlace(row string) vault.Place {
	return vault.Place{Collection: "second_factors", Row: row, Visibility: "own"}
}

// errSecondClosed is returned where codes of a phone cannot be checked: the key
// is missing, or the row was changed by hand. Recovery codes still work.
var errSecondClosed = errors.New("the second factor cannot be opened")

// phoneSecret opens what the phone and this site share.
func (d *Desk) phoneSecret(user string, f *factor) (string, error) {
	secret, err := d.vault.Open(d.app, user, factorPlace(f.ID), f.Sealed)
	if err != nil {
		return "", fmt.Errorf("%w: %w", errSecondClosed, err)
	}
	return string(secret), nil
}

// takeCode checks what a phone showed. Each step is taken once, also by two who
// ask at the same moment: whoever saw the code over a shoulder comes too late.
func (d *Desk) takeCode(app core.App, user, typed string) (bool, error) {
	f, err := factorOf(app, user)
	if f == nil || err != nil {
		return false, err
	}
	secret, err := d.phoneSecret(user, f)
	if err != nil {
		return false, err
	}
	step, ok := stepOf(secret, typed, d.now())
	if !ok {
		return false, nil
	}
	taken, err := web.Changes(app, "UPDATE second_factors SET step = {:step} WHERE id = {:id} AND step < {:step}",
		dbx.Params{"id": f.ID, "step": step})
	if err != nil {
		return false, fmt.Errorf("take code of %s: %w", user, err)
	}
	return taken, nil
}

// A newFactor is a phone that showed a right code, sealed and ready to store.
type newFactor struct {
	id     string
	user   string
	sealed string
	step   int64
}

// sealFactor seals a phone's secret for the row that it will have.
func (d *Desk) sealFactor(user, secret string, step int64) (newFactor, error) {
	n := newFactor{id: core.GenerateDefaultRandomId(), user: user, step: step}
	var err error
	n.sealed, err = d.vault.Seal(d.app, user, factorPlace(n.id), []byte(secret))
	return n, err
}

// store puts it in the place of a former one.
func (n newFactor) store(tx core.App, now time.Time) error {
	if err := dropFactor(tx, n.user); err != nil {
		return err
	}
	factors, err := tx.FindCachedCollectionByNameOrId("second_factors")
	if err != nil {
		return fmt.Errorf("store second factor: %w", err)
	}
	row := core.NewRecord(factors)
	row.Id = n.id
	row.Set("user", n.user)
	row.Set("sealed", n.sealed)
	row.Set("step", n.step)
	row.Set("confirmed", databaseTime(now))
	if err := tx.Save(row); err != nil {
		return fmt.Errorf("store second factor of %s: %w", n.user, err)
	}
	return nil
}

func dropFactor(tx core.App, user string) error {
	if _, err := tx.DB().Delete("second_factors", dbx.HashExp{"user": user}).Execute(); err != nil {
		return fmt.Errorf("drop second factor of %s: %w", user, err)
	}
	return nil
}
