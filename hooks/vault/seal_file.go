package vault

import (
	"bytes"
	"fmt"

	"github.com/pocketbase/pocketbase/core"
)

// fileVersion begins every sealed file.
const fileVersion = "alongside sealed file 1\n"

// SealFile closes what is to be a file of its own, a recording, as Seal closes a
// text: whole, under the same keys, and bound to its place. What comes back is 68
// bytes longer, and not printable. Neither of the two ever opens as the other.
func (v *Vault) SealFile(app core.App, owner string, place Place, content []byte) ([]byte, error) {
	key, err := v.keyToSeal(app, owner)
	if err != nil {
		return nil, fmt.Errorf("seal file %s %s: %w", place.Collection, place.Row, err)
	}
	begun := make([]byte, 0, len(fileVersion)+len(key.id)+1+len(content)+key.cipher.Overhead())
	begun = append(begun, fileVersion...)
	begun = append(append(begun, key.id...), '\n')
	return key.cipher.Seal(begun, nil, content, place.bound(filing, owner)), nil
}

// OpenFile gives back what SealFile closed for this owner and place, with the
// errors of Open.
func (v *Vault) OpenFile(app core.App, owner string, place Place, sealed []byte) ([]byte, error) {
	content, err := v.openFile(app, owner, place, sealed)
	if err != nil {
		return nil, fmt.Errorf("open file %s %s: %w", place.Collection, place.Row, err)
	}
	return content, nil
}

func (v *Vault) openFile(app core.App, owner string, place Place, sealed []byte) ([]byte, error) {
	rest, ok := bytes.CutPrefix(sealed, []byte(fileVersion))
	if !ok {
		return nil, ErrTampered
	}
	id, closed, ok := bytes.Cut(rest, []byte("\n"))
	if !ok || len(id) > maxKeyID {
		return nil, ErrTampered
	}
	key, err := v.keyToOpen(app, owner, string(id))
	if err != nil {
		return nil, err
	}
	content, err := key.cipher.Open(nil, nil, closed, place.bound(filing, owner))
	if err != nil {
		return nil, ErrTampered
	}
	return content, nil
}

// maxKeyID bounds what is looked for in the database: ids are this long.
const maxKeyID = 15
