// Package vault keeps private text private: it seals text under a data key of
// its owner, opens it again, and signs what must not be changed by hand.
//
// Three layers of keys. The master key is in a file beside the data folder and
// never inside it. Each owner (a person, by id; concerns and the like by a name
// of their own) has a data key, wrapped by the master key, as a row of `keys`.
// Text is sealed under the data key together with where it stands, so that a
// sealed text that is moved, or whose visibility is changed, does not open.
//
// Without its master key the server runs, and what is sealed stays closed:
// nothing here ever overwrites a key.
package vault

import (
	"errors"
	"sync/atomic"

	"github.com/pocketbase/pocketbase/core"
)

// ErrNoKey means that the master key is missing or is another one. What is
// sealed is whole, and opens again when the right key file is back.
var ErrNoKey = errors.New("the master key for this is not in the key file")

// ErrTampered means that a sealed text is not what was sealed for this owner
// and place, or that its owner's key is gone.
var ErrTampered = errors.New("this was changed, or was not sealed here")

// cachedKeys bounds the data keys in memory: about a kilobyte each.
const cachedKeys = 4096

// A Vault seals and opens. It may be used by any number of callers at once.
type Vault struct {
	app      core.App // outside of every transaction
	file     string   // absolute path of the master keys
	masters  atomic.Pointer[[]master]
	keys     *keyCache
	signing  atomic.Pointer[[]byte]
	made     string   // id of the first master key, where New made it
	listener Listener // nil for none
}

// New opens the vault of a data folder whose migrations have run. keyFile is
// where the master keys are; with "" it is ALONGSIDE_KEYS, and without that the
// data folder's name with ".keys" after it.
//
// Where the database knows no key and the file is not there, it makes the first
// master key. A key file that is missing, wrong or damaged is no error: State
// says so. It fails where the key file would be inside the data folder
// (ErrInside) and where the database does not answer.
func New(app core.App, keyFile string) (*Vault, error) {
	file, err := locate(keyFile, app.DataDir())
	if err != nil {
		return nil, err
	}
	v := &Vault{app: app, file: file, keys: newKeyCache(cachedKeys)}
	if err := v.begin(); err != nil {
		return nil, err
	}
	_, _ = v.signingKey() // in memory before anybody signs inside a transaction; without the key State tells
	return v, nil
}

// begin makes what a data folder needs once: its first master key, and the key
// that signs, whose row then tells which master key is the one in use.
func (v *Vault) begin() error {
	return lockKeys(v.app, func(tx core.App) error {
		known, err := mastersInUse(tx)
		if err != nil {
			return err
		}
		masters, err := v.read()
		if len(known) == 0 && isMissing(err) {
			if masters, err = makeFirst(v.file); err == nil {
				v.made = masters[0].id
			}
		}
		if err != nil || !holdsAll(masters, known) {
			return nil // State tells, Seal and Open refuse
		}
		return v.beginSigning(tx, masters, known)
	})
}

// read takes the master keys from their file, and keeps them. Callers never
// change the list: others read it at the same time.
func (v *Vault) read() ([]master, error) {
	masters, err := readMasters(v.file)
	if err != nil {
		return nil, err
	}
	v.masters.Store(&masters)
	return masters, nil
}

// master finds a master key by its id. The file is read again for one that is
// not known, since it may have been rotated, or put back, while we run.
func (v *Vault) master(id string) (master, error) {
	if held := v.masters.Load(); held != nil {
		if m, ok := find(*held, id); ok {
			return m, nil
		}
	}
	masters, err := v.read()
	if err != nil {
		return master{}, errors.Join(ErrNoKey, err)
	}
	if m, ok := find(masters, id); ok {
		return m, nil
	}
	return master{}, ErrNoKey
}
