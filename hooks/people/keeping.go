package people

import (
	"context"
	"fmt"
	"sync"
	"time"

	"alongside/hooks/audit"
	"alongside/hooks/vault"

	"github.com/pocketbase/pocketbase/core"
)

// Keeping is all that the house keeps of people: it shows it to them, gives it
// to them, erases it, and lets go what was kept long enough. One serves the
// whole house.
type Keeping struct {
	app      core.App
	audit    *audit.Log
	vault    *vault.Vault
	now      func() time.Time
	proofs   Proofs
	keepers  []Keeper
	leads    Leads
	shutting sync.Mutex // over the list of erasures and the transaction that a line of it belongs to
}

// Proofs asks somebody who is signed in for their own secret once more. Package
// signin has it.
type Proofs interface {
	// Asks says what they are asked for: "pin" or "password".
	Asks(e *core.RequestEvent) (string, error)
	// Prove compares a secret under the limits of signing in. It returns the
	// minutes until another try is looked at, 0 where this one was.
	Prove(e *core.RequestEvent, secret string) (right bool, wait int, err error)
}

// NewKeeping makes the keeping of an app whose migrations have run, with the
// parts of the rooms in the order in which they are shown and erased.
func NewKeeping(app core.App, log *audit.Log, v *vault.Vault, now func() time.Time, proofs Proofs, rooms ...Keeper) *Keeping {
	k := &Keeping{app: app, audit: log, vault: v, now: now, proofs: proofs}
	k.keepers = append([]Keeper{&profile{app}}, rooms...)
	k.keepers = append(k.keepers, &acts{app, log})
	return k
}

// held is what is kept of somebody, by kind; kinds of which nothing is are left
// out.
func (k *Keeping) held(ctx context.Context, person string) ([]Holding, error) {
	var all []Holding
	for _, keeper := range k.keepers {
		some, err := keeper.Held(ctx, person)
		if err != nil {
			return nil, fmt.Errorf("what is kept of %s: %w", person, err)
		}
		for _, one := range some {
			if one.Count > 0 {
				all = append(all, one)
			}
		}
	}
	return all, nil
}
