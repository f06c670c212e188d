package vault

import (
	"encoding/base64"
	"fmt"
	"strings"

	"github.com/pocketbase/pocketbase/core"
)

// version stands before every sealed text, so that another way of sealing can
// come later and both open.
const version = "v1"

// Seal closes a text for its owner and place. What comes back is printable and
// about four thirds as long and 60 bytes more: set the Max of its field so.
//
// app may be a transaction, and must be where the caller is inside one: the
// first text of an owner makes their key. It returns ErrNoKey without the
// right master key; the caller then keeps nothing and says so.
func (v *Vault) Seal(app core.App, owner string, place Place, text []byte) (string, error) {
	key, err := v.keyToSeal(app, owner)
	if err != nil {
		return "", fmt.Errorf("seal %s %s: %w", place.Collection, place.Row, err)
	}
	closed := key.cipher.Seal(nil, nil, text, place.bound(sealing, owner))
	return version + "." + key.id + "." + base64.RawURLEncoding.EncodeToString(closed), nil
}

// Open gives back what was sealed for this owner and place. It returns
// ErrTampered for anything else, and ErrNoKey without the right master key.
//
// It does not ask who may read: the caller did, and left a trace.
func (v *Vault) Open(app core.App, owner string, place Place, sealed string) ([]byte, error) {
	text, err := v.open(app, owner, place, sealed)
	if err != nil {
		return nil, fmt.Errorf("open %s %s: %w", place.Collection, place.Row, err)
	}
	return text, nil
}

func (v *Vault) open(app core.App, owner string, place Place, sealed string) ([]byte, error) {
	id, closed, err := split(sealed)
	if err != nil {
		return nil, err
	}
	key, err := v.keyToOpen(app, owner, id)
	if err != nil {
		return nil, err
	}
	text, err := key.cipher.Open(nil, nil, closed, place.bound(sealing, owner))
	if err != nil {
		return nil, ErrTampered
	}
	return text, nil
}

// split takes a sealed text apart: the id of its data key, and what is closed.
func split(sealed string) (id string, closed []byte, err error) {
	rest, ok := strings.CutPrefix(sealed, version+".")
	if !ok {
		return "", nil, ErrTampered
	}
	id, encoded, ok := strings.Cut(rest, ".")
	if !ok {
		return "", nil, ErrTampered
	}
	closed, err = base64.RawURLEncoding.Strict().DecodeString(encoded)
	if err != nil || strings.ContainsAny(encoded, "\r\n") { // which the decoder skips
		return "", nil, ErrTampered
	}
	return id, closed, nil
}
