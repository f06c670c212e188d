package vault

import (
	"crypto/hmac"
	"crypto/sha256"
	"database/sql"
	"encoding/base64"
	"errors"

	"github.com/pocketbase/pocketbase/core"
)

// signer owns the key that signs. Its row also tells which master key is in
// use, so that a missing or wrong key file shows before anybody wrote a word.
const signer = "signatures"

// Sign gives a keyed MAC (HMAC-SHA-256) over a purpose and some parts, in
// order, each apart from the others. It is "" without the right master key, and
// "" never verifies: what has no signature says so.
//
// The key that signs is itself wrapped by the master key: signatures outlast a
// rotation.
func (v *Vault) Sign(purpose string, parts ...string) string {
	secret, err := v.signingKey()
	if err != nil {
		return ""
	}
	return version + "." + base64.RawURLEncoding.EncodeToString(mac(secret, purpose, parts))
}

// Verify reports whether a signature is what Sign gives for the same.
func (v *Vault) Verify(signature, purpose string, parts ...string) bool {
	wanted := v.Sign(purpose, parts...)
	return wanted != "" && hmac.Equal([]byte(signature), []byte(wanted))
}

func mac(secret []byte, purpose string, parts []string) []byte {
	hash := hmac.New(sha256.New, secret)
	hash.Write(bind(append([]string{purpose}, parts...)...))
	return hash.Sum(nil)
}

// signingKey is in memory since New, or since the first signature after the key
// file was put back. It is read outside of any transaction, by a connection that
// waits for no writer: its row is there since New.
func (v *Vault) signingKey() ([]byte, error) {
	if held := v.signing.Load(); held != nil {
		return *held, nil
	}
	row, err := findKeyOf(v.app, signer)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, ErrNoKey
	}
	if err != nil {
		return nil, err
	}
	secret, err := v.unwrap(v.app, row)
	if err != nil {
		return nil, err
	}
	derived, err := derive(secret, signing, secretSize)
	if err != nil {
		return nil, err
	}
	v.signing.Store(&derived)
	return derived, nil
}

// beginSigning makes the key that signs where there is none, wrapped by the
// master key in use, or by the newest where none is.
func (v *Vault) beginSigning(tx core.App, masters []master, known []string) error {
	m := masters[0]
	if len(known) > 0 {
		m, _ = find(masters, known[0])
	}
	return insertKey(tx, wrapNew(m, signer))
}
