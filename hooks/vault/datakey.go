package vault

import (
	"crypto/cipher"
	"database/sql"
	"encoding/base64"
	"errors"
	"fmt"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// A dataKey closes one owner's texts. Its id is never used for another key.
type dataKey struct {
	id     string
	owner  string
	cipher cipher.AEAD
}

// A keyRow is a data key as `keys` holds it.
type keyRow struct {
	ID      string `db:"id"`
	Owner   string `db:"owner"`
	Wrapped string `db:"wrapped"`
	Master  string `db:"master"`
}

// keyToOpen is the key by which a text was sealed. Known ones cost no query.
func (v *Vault) keyToOpen(app core.App, owner, id string) (*dataKey, error) {
	if key, ok := v.keys.get(id); ok && key.owner == owner {
		return key, nil
	}
	row, err := findKey(app, "id = {:id} AND owner = {:owner}", dbx.Params{"id": id, "owner": owner})
	if errors.Is(err, sql.ErrNoRows) {
		return nil, fmt.Errorf("its key is gone: %w", ErrTampered)
	}
	if err != nil {
		return nil, err
	}
	return v.load(app, row)
}

// keyToSeal is the key of an owner as the database has it now. It asks each
// time, since a command beside us may have erased the one that we remember.
func (v *Vault) keyToSeal(app core.App, owner string) (*dataKey, error) {
	if owner == "" || owner == signer {
		return nil, fmt.Errorf("%q cannot own a text", owner)
	}
	row, err := findKeyOf(app, owner)
	if errors.Is(err, sql.ErrNoRows) {
		row, err = v.makeKey(app, owner)
	}
	if err != nil {
		return nil, err
	}
	if key, ok := v.keys.get(row.ID); ok && key.owner == owner {
		return key, nil
	}
	return v.load(app, row)
}

// load unwraps a key and remembers it, but only once its row is there to stay:
// what was sealed under a key that is rolled back could never be opened.
func (v *Vault) load(app core.App, row keyRow) (*dataKey, error) {
	secret, err := v.unwrap(app, row)
	if err != nil {
		return nil, err
	}
	closes, err := cipherOf(secret)
	if err != nil {
		return nil, err
	}
	key := &dataKey{id: row.ID, owner: row.Owner, cipher: closes}
	tx := app.TxInfo()
	if tx == nil {
		v.keys.put(key)
		return key, nil
	}
	tx.OnComplete(func(failed error) error {
		if failed == nil {
			v.keys.put(key)
		}
		return nil
	})
	return key, nil
}

// makeKey makes the key of an owner who has none. Of two at once one wins, and
// both get the winner's.
//
// It holds the write lock from before it looks which master key is in use until
// the row is there: no rotation can end in between and leave a key behind that
// only a former master key opens.
func (v *Vault) makeKey(app core.App, owner string) (row keyRow, err error) {
	err = lockKeys(app, func(tx core.App) error {
		signing, err := findKeyOf(tx, signer)
		if errors.Is(err, sql.ErrNoRows) {
			return ErrNoKey
		}
		if err != nil {
			return err
		}
		m, err := v.master(signing.Master)
		if err != nil {
			return err
		}
		if err := insertKey(tx, wrapNew(m, owner)); err != nil {
			return err
		}
		row, err = findKeyOf(tx, owner)
		return err
	})
	return row, err
}

func wrapNew(m master, owner string) keyRow {
	row := keyRow{ID: core.GenerateDefaultRandomId(), Owner: owner}
	return m.wrapped(row, newSecret())
}

// wrapped is a row with its key wrapped by this master key. Owner and id are
// authenticated: a key that was moved to another owner does not unwrap.
func (m master) wrapped(row keyRow, secret []byte) keyRow {
	closed := m.wrap.Seal(nil, nil, secret, bind(wrapping, row.Owner, row.ID))
	row.Wrapped, row.Master = base64.RawURLEncoding.EncodeToString(closed), m.id
	return row
}

// unwrap opens a data key. Where its master key is unknown it looks at the row
// once more: a rotation may have ended since it was read.
func (v *Vault) unwrap(app core.App, row keyRow) ([]byte, error) {
	m, err := v.master(row.Master)
	if errors.Is(err, ErrNoKey) {
		if row, err = findKeyOf(app, row.Owner); err == nil {
			m, err = v.master(row.Master)
		}
	}
	if err != nil {
		return nil, err
	}
	return m.unwrap(row)
}

func (m master) unwrap(row keyRow) ([]byte, error) {
	closed, err := base64.RawURLEncoding.DecodeString(row.Wrapped)
	if err != nil {
		return nil, fmt.Errorf("key %s: %w", row.ID, ErrTampered)
	}
	secret, err := m.wrap.Open(nil, nil, closed, bind(wrapping, row.Owner, row.ID))
	if err != nil {
		return nil, fmt.Errorf("key %s: %w", row.ID, ErrTampered)
	}
	return secret, nil
}

func findKeyOf(app core.App, owner string) (keyRow, error) {
	return findKey(app, "owner = {:owner}", dbx.Params{"owner": owner})
}

func findKey(app core.App, where string, params dbx.Params) (keyRow, error) {
	var row keyRow
	err := app.DB().NewQuery("SELECT id, owner, wrapped, master FROM keys WHERE " + where).Bind(params).One(&row)
	return row, err
}

// insertKey adds a row, unless its owner has one.
func insertKey(app core.App, row keyRow) error {
	_, err := app.NonconcurrentDB().NewQuery(`
		INSERT INTO keys (id, owner, wrapped, master, created)
		VALUES ({:id}, {:owner}, {:wrapped}, {:master}, strftime('%Y-%m-%d %H:%M:%fZ', 'now'))
		ON CONFLICT (owner) DO NOTHING`).
		Bind(dbx.Params{"id": row.ID, "owner": row.Owner, "wrapped": row.Wrapped, "master": row.Master}).
		Execute()
	return err
}

// mastersInUse lists the ids of the master keys that wrap something.
func mastersInUse(app core.App) ([]string, error) {
	var ids []string
	err := app.DB().NewQuery("SELECT DISTINCT master FROM keys").Column(&ids)
	return ids, err
}

// lockKeys runs a transaction that holds the database's write lock from its
// start, so that no other process changes keys, or their file, meanwhile.
func lockKeys(app core.App, do func(tx core.App) error) error {
	return app.RunInTransaction(func(tx core.App) error {
		if _, err := tx.NonconcurrentDB().NewQuery("UPDATE keys SET master = master WHERE id = ''").Execute(); err != nil {
			return err
		}
		return do(tx)
	})
}
