package vault

import "encoding/binary"

// A Place is where a sealed text belongs. All of it is authenticated with the
// text: what was sealed for one place does not open in another.
type Place struct {
	Collection string // name of the collection
	Row        string // id of the record
	Visibility string // who may read it, as the row says: "only me", "shared", …
}

// These keep the uses of a cipher apart.
const (
	sealing  = "alongside text"
	filing   = "alongside file"
	wrapping = "alongside data key"
	signing  = "alongside signature"
)

// bind joins what is authenticated so that no two lists of parts come out the
// same: the number of parts, then each with its length before it.
func bind(parts ...string) []byte {
	bound := binary.AppendUvarint(nil, uint64(len(parts)))
	for _, part := range parts {
		bound = binary.AppendUvarint(bound, uint64(len(part)))
		bound = append(bound, part...)
	}
	return bound
}

func (p Place) bound(use, owner string) []byte {
	return bind(use, owner, p.Collection, p.Row, p.Visibility)
}
