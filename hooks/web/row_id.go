package web

import (
	"strconv"
	"time"

	"github.com/pocketbase/pocketbase/tools/security"
)

// NewRowID makes an id as PocketBase takes them, of 15 letters and digits, for a
// row that is only ever added. Those made later sort later, so that they end up
// side by side in the index of ids, and a save writes few pages; random ones
// would touch one each.
func NewRowID(at time.Time) string {
	when := strconv.FormatInt(at.UnixMilli(), 36) // eight places, until the year 2059
	return when + security.PseudorandomStringWithAlphabet(15-len(when), "abcdefghijklmnopqrstuvwxyz0123456789")
}
