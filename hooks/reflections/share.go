package reflections

import (
	"encoding/json"
	"fmt"

	"alongside/hooks/vault"
	"alongside/hooks/web"
	"alongside/templates"

	"github.com/pocketbase/pocketbase/core"
)

// A Share is a row of `shares`: one named person may read what a learner chose to
// show them. What they see is a text of its own, sealed for that reader, so it
// changes only when the learner shares again, and a part that the learner keeps
// is not in it.
type Share struct {
	ID         string   `db:"id"`
	Reflection string   `db:"reflection"`
	Learner    string   `db:"learner"` // of users
	Reader     string   `db:"reader"`  // of users; leads nowhere once their account is erased
	Role       web.Role `db:"role"`    // what the reader was to them: mentor or facilitator
	Programme  string   `db:"programme"`
	Sealed     string   `db:"sealed"` // a Shown; "" once it was withdrawn and nothing held it
	Shared     string   `db:"shared"` // moments, as the database writes them
	Promised   string   `db:"promised"`
	Seen       string   `db:"seen"`
	Answered   string   `db:"answered"`
	Waits      string   `db:"waits"` // since when it is the reader's turn; "" while it is not
	Withdrawn  string   `db:"withdrawn"`
	Talk       bool     `db:"talk"`
	MAC        string   `db:"mac"`
}

// columnsOfShare are those that a Share reads, of the table s.
const columnsOfShare = "s.id, s.reflection, s.learner, s.reader, s.role, s.programme, s.sealed, s.shared, s.promised, s.seen, s.answered, s.waits, s.withdrawn, s.talk, s.mac"

// Shown is what a reader sees. It is whole in itself: it still says what was
// asked after the course has changed.
type Shown struct {
	Module    string   `json:"module"`          // title
	Lang      string   `json:"lang,omitempty"`  // BCP 47 of what was asked
	Asked     string   `json:"asked"`           // the question, plain text
	Parts     []Part   `json:"parts,omitempty"` // in the order of the prompts
	Feelings  []string `json:"feelings,omitempty"`
	RatherNot bool     `json:"ratherNot,omitempty"`
	Paper     bool     `json:"paper,omitempty"`  // they did it on paper
	Spoken    string   `json:"spoken,omitempty"` // id of the learner's own recording, of which the reader has a copy; "" for none
	Under     string   `json:"under,omitempty"`  // web.Viewer.Under of the learner, then
	Held      []string `json:"held,omitempty"`   // keys of what the learner keeps, so that it is kept the next time too; nothing can be told from them
}

// Dir is the direction in which what was asked runs.
func (s Shown) Dir() string { return templates.Direction(s.Lang) }

// Felt is how it felt, as far as the learner shows it.
func (s Shown) Felt() Felt { return Felt{Feelings: s.Feelings, RatherNot: s.RatherNot} }

// A Part is what was said to one prompt, or one paragraph where there is none.
type Part struct {
	Asked string `json:"asked,omitempty"`
	Said  string `json:"said"`
}

// A State of a share in words: its keys stand under "share.state.".
type State string

// States of a share for its reader, DESIGN §2.
const (
	IsNew       State = "new"
	IsSeen      State = "seen"
	IsAnswered  State = "answered"
	WantsTalk   State = "talk" // the reader would like to talk
	IsWithdrawn State = "withdrawn"
)

// State says how a share stands.
func (s Share) State() State {
	switch {
	case s.Withdrawn != "":
		return IsWithdrawn
	case s.Waits == "" && s.Talk:
		return WantsTalk
	case s.Waits == "" && s.Answered != "":
		return IsAnswered
	case s.Seen != "":
		return IsSeen
	default:
		return IsNew
	}
}

// ShareID is the id of the row by which a reader reads a reflection, made from
// what makes it unique, so that its text can be sealed before it is there.
func ShareID(reflection, reader string) string { return RowID(reflection, "share", reader) }

func (s Share) place() vault.Place {
	return vault.Place{Collection: "shares", Row: s.ID, Visibility: "shared with " + s.Reader}
}

// purposeOfShares keeps these signatures apart from others.
const purposeOfShares = "share"

// sign gives a share its MAC, over the reflection, the people and the dates
// (DESIGN §3, promise 3). It is "" without the master key, and then nothing opens.
func (s *Share) sign(v *vault.Vault) { s.MAC = v.Sign(purposeOfShares, s.signed()...) }

// isTrue reports whether the row is as it was signed: nobody changed by hand who
// may read what, or until when.
func (s Share) isTrue(v *vault.Vault) bool { return v.Verify(s.MAC, purposeOfShares, s.signed()...) }

func (s Share) signed() []string {
	return []string{s.ID, s.Reflection, s.Learner, s.Reader, string(s.Role), s.Programme, s.Shared, s.Withdrawn}
}

// seal closes what the reader will see, under the learner's key. It returns
// vault.ErrNoKey where nothing can be kept private now.
func (s Share) seal(app core.App, v *vault.Vault, shown Shown) (string, error) {
	text, err := json.Marshal(shown)
	if err != nil {
		return "", fmt.Errorf("share %s: %w", s.ID, err)
	}
	return v.Seal(app, s.Learner, s.place(), text)
}

// open gives what the reader sees. It does not ask who may, and records nothing:
// its callers do both first. It returns vault.ErrTampered for a row that was
// changed by hand.
func (s Share) open(app core.App, v *vault.Vault) (shown Shown, err error) {
	if !s.isTrue(v) {
		return Shown{}, closedBy(v)
	}
	text, err := v.Open(app, s.Learner, s.place(), s.Sealed)
	if err != nil {
		return Shown{}, err
	}
	return shown, json.Unmarshal(text, &shown)
}

// closedBy is why a row's signature does not hold: without the key nobody can tell.
func closedBy(v *vault.Vault) error {
	if v.Sign(purposeOfShares) == "" {
		return vault.ErrNoKey
	}
	return vault.ErrTampered
}
