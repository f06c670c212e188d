package audit

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"strconv"
	"strings"
)

// purpose keeps these signatures apart from all others.
const purpose = "audit"

// unkeyed begins what ties a row to the one before while the master key is not
// there: a plain hash. Whoever can write the database can make one, so Verify
// names such rows; but once a keyed row follows, they are fixed as well.
const unkeyed = "v0."

// link ties a row to the one before: a keyed MAC, or without the key a hash.
func (l *Log) link(before string, r row) string {
	if mac := l.vault.Sign(purpose, r.parts(before)...); mac != "" {
		return mac
	}
	return hashed(before, r)
}

// isLinked reports whether a row is tied to one whose MAC is before.
func (l *Log) isLinked(before string, r row) bool {
	wanted := hashed(before, r)
	if !isUnkeyed(r.MAC) {
		wanted = l.vault.Sign(purpose, r.parts(before)...)
	}
	return wanted != "" && hmac.Equal([]byte(wanted), []byte(r.MAC))
}

func (r row) parts(before string) []string {
	return []string{before, strconv.Itoa(r.Number), r.At, r.Kind, r.Actor, r.Subject, r.Item, r.Programme, r.Detail}
}

func hashed(before string, r row) string {
	hash := sha256.New()
	for _, part := range r.parts(before) {
		fmt.Fprintf(hash, "%d:%s", len(part), part)
	}
	return unkeyed + base64.RawURLEncoding.EncodeToString(hash.Sum(nil))
}

func isUnkeyed(mac string) bool { return strings.HasPrefix(mac, unkeyed) }
