package reflections

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"time"

	"alongside/hooks/vault"

	"github.com/pocketbase/pocketbase/core"
)

// A Recording is a row of `recordings`: what somebody said. The sound is a file of
// its own, sealed under the learner's key. The row says what it hangs on, which is
// exactly one of three; what counts is sealed with the sound.
type Recording struct {
	ID         string `db:"id"`
	Owner      string `db:"owner"` // the learner
	Maker      string `db:"maker"` // who speaks; leads nowhere once their account is erased
	Reflection string `db:"reflection"`
	Share      string `db:"share"`
	Reply      string `db:"reply"`
	Type       string `db:"type"`
	Seconds    int    `db:"seconds"` // 0 where nobody knows
	Bytes      int    `db:"bytes"`
	File       string `db:"file"` // on the shelf
	Created    string `db:"created"`
}

const columnsOfRecording = "id, owner, maker, reflection, share, reply, type, seconds, bytes, file, created"

// A stand is what a recording hangs on, and so who may hear it.
type stand struct {
	column     string // of the row: reflection, share or reply
	id         string // of what it hangs on
	owner      string // the learner
	speaker    string // who speaks there
	visibility string // as the vault binds it
}

// standOfReflection is where a learner speaks for themselves.
func standOfReflection(learner, reflection string) stand {
	return stand{column: "reflection", id: reflection, owner: learner, speaker: learner, visibility: visibility}
}

// spoken is where the reader's own copy of what the learner said stands.
func (s Share) spoken() stand {
	return stand{column: "share", id: s.ID, owner: s.Learner, speaker: s.Learner, visibility: "shared with " + s.Reader}
}

// spokenReply is where a reply of a thread is spoken, by one of the two.
func (s Share) spokenReply(reply, writer string) stand {
	return stand{column: "reply", id: reply, owner: s.Learner, speaker: writer, visibility: "by " + writer + " in thread of " + s.ID}
}

func (on stand) place(recording string) vault.Place {
	return vault.Place{Collection: "recordings", Row: recording, Visibility: on.visibility}
}

// A sound is what somebody said, as it is sealed: the sound, and what is known of it.
type sound struct {
	Of      string `json:"of"` // the stand: a row that was hung elsewhere by hand does not open
	Type    string `json:"type"`
	Seconds int    `json:"seconds,omitempty"`
	Under   string `json:"under,omitempty"` // web.Viewer.Under of the learner, then

	data []byte
}

func (on stand) mark() string { return on.column + " " + on.id }

// sealSound closes a sound for its stand. It returns vault.ErrNoKey where nothing
// can be kept private now.
func sealSound(app core.App, v *vault.Vault, on stand, recording string, s sound) ([]byte, error) {
	s.Of = on.mark()
	known, err := json.Marshal(s)
	if err != nil {
		return nil, fmt.Errorf("recording %s: %w", recording, err)
	}
	whole := make([]byte, 0, binary.MaxVarintLen64+len(known)+len(s.data))
	whole = append(append(binary.AppendUvarint(whole, uint64(len(known))), known...), s.data...)
	return v.SealFile(app, on.owner, on.place(recording), whole)
}

// openSound opens it again. It does not ask who may hear it. What hung elsewhere
// when it was sealed is vault.ErrTampered.
func openSound(app core.App, v *vault.Vault, on stand, recording string, sealed []byte) (s sound, err error) {
	whole, err := v.OpenFile(app, on.owner, on.place(recording), sealed)
	if err != nil {
		return sound{}, err
	}
	size, width := binary.Uvarint(whole)
	if width <= 0 || size > uint64(len(whole)-width) {
		return sound{}, vault.ErrTampered
	}
	known := whole[width : width+int(size)]
	if err := json.Unmarshal(known, &s); err != nil {
		return sound{}, fmt.Errorf("recording %s: %w", recording, err)
	}
	if s.Of != on.mark() {
		return sound{}, vault.ErrTampered
	}
	s.data = whole[width+int(size):]
	return s, nil
}

// A Heard is a recording as a page offers it: the partial "heard".
type Heard struct {
	ID      string
	Seconds int    // 0 where nobody knows
	Bytes   int    // of what a browser fetches
	Who     string // what who speaks is called; "" for the viewer
	At      string // when it was kept, as the database writes moments
	Lock    Lock
}

// Length is how long it is, in minutes and seconds; "" where nobody knows.
func (h Heard) Length() string {
	if h.Seconds <= 0 {
		return ""
	}
	return fmt.Sprintf("%d:%02d", h.Seconds/60, h.Seconds%60)
}

// KB is how much a browser fetches, in kilobytes.
func (h Heard) KB() int { return max(1, (h.Bytes+512)/1024) }

// LongestTake is how long somebody records at a time.
const LongestTake = 3 * time.Minute
