package vault

import "github.com/pocketbase/pocketbase/core"

// A Listener hears what becomes of the master keys, to keep a record of it.
type Listener interface {
	// KeyMade is told of the first master key, by its id.
	KeyMade(master string) error
	// KeyMissing is told at the opening of a vault that is not ready.
	KeyMissing(how Standing) error
	// KeysRotated is told as part of the transaction that changes the keys.
	KeysRotated(tx core.App, done Rotation) error
}

// Listen tells l what happened when this vault was opened, and from then on what
// happens. It is called once, before others use the vault.
func (v *Vault) Listen(l Listener) error {
	v.listener = l
	if v.made != "" {
		return l.KeyMade(v.made)
	}
	if how, _ := v.standing(); how != Ready {
		return l.KeyMissing(how)
	}
	return nil
}
