package learning

import (
	"crypto/sha256"
	"encoding/base32"
	"strings"
)

// rowID makes the id of a row from what makes the row unique. The same answer
// always has the same id, so two saves at once meet in one row, and text can be
// sealed for a row that is not there yet.
func rowID(parts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return strings.ToLower(base32.StdEncoding.EncodeToString(sum[:]))[:15]
}
