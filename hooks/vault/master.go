package vault

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// secretSize is the size of every key: AES-256.
const secretSize = 32

// A master key wraps data keys. Its id is derived from it, so that a line that
// was mistyped in the key file shows at once.
type master struct {
	id     string
	secret []byte
	wrap   cipher.AEAD
}

// errDamaged means that the key file does not read as one.
var errDamaged = errors.New("the key file is damaged")

// head explains a key file to whoever finds it.
const head = `# Alongside: the master keys. One line a key, its id and the key; newest first.
#
# Whoever has this file and the data folder can read what people wrote here.
# Without this file nobody can, and no one can make it again: keep a copy of it
# in another place, apart from the backups of the data folder.
`

func newMaster() (master, error) {
	return masterOf(newSecret())
}

func newSecret() []byte {
	secret := make([]byte, secretSize)
	rand.Read(secret) // never fails
	return secret
}

func masterOf(secret []byte) (master, error) {
	id, err := derive(secret, "alongside master id", 8)
	if err != nil {
		return master{}, err
	}
	wrapping, err := derive(secret, "alongside wrap data keys", secretSize)
	if err != nil {
		return master{}, err
	}
	wrap, err := cipherOf(wrapping)
	if err != nil {
		return master{}, err
	}
	return master{id: hex.EncodeToString(id), secret: secret, wrap: wrap}, nil
}

func derive(secret []byte, purpose string, size int) ([]byte, error) {
	return hkdf.Key(sha256.New, secret, nil, purpose, size)
}

// cipherOf is AES-256-GCM with a random nonce that stands before the text.
func cipherOf(secret []byte) (cipher.AEAD, error) {
	block, err := aes.NewCipher(secret)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCMWithRandomNonce(block)
}

func find(masters []master, id string) (master, bool) {
	i := slices.IndexFunc(masters, func(m master) bool { return m.id == id })
	if i < 0 {
		return master{}, false
	}
	return masters[i], true
}

func holdsAll(masters []master, ids []string) bool {
	return !slices.ContainsFunc(ids, func(id string) bool {
		_, ok := find(masters, id)
		return !ok
	})
}

func formatMasters(masters []master) []byte {
	var text strings.Builder
	text.WriteString(head)
	for _, m := range masters {
		fmt.Fprintf(&text, "%s %s\n", m.id, base64.StdEncoding.EncodeToString(m.secret))
	}
	return []byte(text.String())
}

// parseMasters reads a key file whole or not at all.
func parseMasters(text []byte) ([]master, error) {
	var masters []master
	for number, line := range strings.Split(string(text), "\n") {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		m, err := parseMaster(line)
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", number+1, err)
		}
		masters = append(masters, m)
	}
	if len(masters) == 0 {
		return nil, fmt.Errorf("it holds no key: %w", errDamaged)
	}
	return masters, nil
}

// parseMaster never repeats the line in its error: it is a secret.
func parseMaster(line string) (master, error) {
	id, encoded, _ := strings.Cut(line, " ")
	secret, err := base64.StdEncoding.DecodeString(strings.TrimSpace(encoded))
	if err != nil || len(secret) != secretSize {
		return master{}, errDamaged
	}
	m, err := masterOf(secret)
	if err != nil {
		return master{}, err
	}
	if m.id != id {
		return master{}, fmt.Errorf("the id does not fit the key: %w", errDamaged)
	}
	return m, nil
}
