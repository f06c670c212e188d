package vault

import (
	"fmt"
	"slices"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// A Rotation is what a change of the master key did.
type Rotation struct {
	Master    string // id of the master key in use now
	Rewrapped int    // data keys that it wraps since
	Left      int    // data keys that could not be opened, and stay as they were
	Former    int    // former master keys that stay in the key file
}

// Rotate puts a new master key in use. It may run beside a server, and be cut
// off at any moment: the new key is in the file before anything needs it, all
// data keys change in one transaction, and the former keys stay in the file.
// What was cut off is carried on by the next Rotate.
//
// Backups made before still need the former keys. With forget, those that
// nothing in this data folder needs are taken out of the file, at the end.
// It returns ErrNoKey, and changes nothing, unless the vault is ready.
func (v *Vault) Rotate(forget bool) (Rotation, error) {
	if standing, err := v.standing(); standing != Ready {
		return Rotation{}, fmt.Errorf("rotate: %w", err)
	}
	done, err := v.changeMaster()
	if err != nil {
		return Rotation{}, fmt.Errorf("rotate: %w", err)
	}
	if forget {
		if err := v.forgetFormer(); err != nil {
			return Rotation{}, fmt.Errorf("forget former keys: %w", err)
		}
	}
	masters, err := v.read()
	done.Former = len(masters) - 1
	return done, err
}

func (v *Vault) changeMaster() (Rotation, error) {
	var done Rotation
	err := lockKeys(v.app, func(tx core.App) error {
		m, err := v.nextMaster(tx)
		if err != nil {
			return err
		}
		done, err = rewrapAll(tx, *v.masters.Load(), m)
		if err == nil && v.listener != nil {
			err = v.listener.KeysRotated(tx, done)
		}
		return err
	})
	return done, err
}

// nextMaster is the master key to change to, already in the file: the newest
// one where an earlier change was cut off before its transaction, else a new one.
func (v *Vault) nextMaster(tx core.App) (master, error) {
	masters, err := v.read()
	if err != nil {
		return master{}, err
	}
	known, err := mastersInUse(tx)
	if err != nil {
		return master{}, err
	}
	if !slices.Contains(known, masters[0].id) {
		return masters[0], nil
	}
	next, err := newMaster()
	if err != nil {
		return master{}, err
	}
	if err := writeMasters(v.file, append([]master{next}, masters...)); err != nil {
		return master{}, err
	}
	_, err = v.read()
	return next, err
}

// rewrapAll wraps every data key by one master key. One that does not unwrap
// is left for whoever may still put it right. Without the signing key it fails:
// that row says which master key is in use.
func rewrapAll(tx core.App, masters []master, next master) (Rotation, error) {
	done := Rotation{Master: next.id}
	var rows []keyRow
	err := tx.DB().NewQuery("SELECT id, owner, wrapped, master FROM keys WHERE master <> {:master}").
		Bind(dbx.Params{"master": next.id}).All(&rows)
	if err != nil {
		return done, err
	}
	update := tx.NonconcurrentDB().NewQuery("UPDATE keys SET wrapped = {:wrapped}, master = {:master} WHERE id = {:id}").Prepare()
	defer update.Close()
	for _, row := range rows {
		again, err := rewrap(masters, row, next)
		if err != nil && row.Owner != signer {
			done.Left++
			continue
		}
		if err != nil {
			return done, err
		}
		if _, err := update.Bind(dbx.Params{"wrapped": again.Wrapped, "master": again.Master, "id": again.ID}).Execute(); err != nil {
			return done, err
		}
		done.Rewrapped++
	}
	return done, nil
}

func rewrap(masters []master, row keyRow, next master) (keyRow, error) {
	m, ok := find(masters, row.Master)
	if !ok {
		return row, ErrNoKey
	}
	secret, err := m.unwrap(row)
	if err != nil {
		return row, err
	}
	return next.wrapped(row, secret), nil
}

// forgetFormer takes the master keys out of the file that no data key needs.
func (v *Vault) forgetFormer() error {
	return lockKeys(v.app, func(tx core.App) error {
		masters, err := v.read()
		if err != nil {
			return err
		}
		known, err := mastersInUse(tx)
		if err != nil {
			return err
		}
		needed := slices.DeleteFunc(slices.Clone(masters), func(m master) bool { return !slices.Contains(known, m.id) })
		if len(needed) == 0 || !holdsAll(needed, known) {
			return ErrNoKey
		}
		return writeMasters(v.file, needed)
	})
}
