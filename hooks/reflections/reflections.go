// Package reflections is what a learner writes or says for themselves, sealed
// under their own key; who may read something of it, because they said so, and
// what is written back; and the concerns of those who read.
package reflections

import (
	"context"
	"crypto/sha256"
	"encoding/base32"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"alongside/hooks/vault"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"
)

// States of a reflection, DESIGN §2. One that is taken back from all readers is
// kept again.
const (
	Draft   = "draft"   // saved while it was being typed
	Kept    = "kept"    // the learner went on: it is theirs to keep
	IsShown = "shared"  // somebody else may read something of it
	Gone    = "deleted" // the learner deleted it; it is there only because of a hold
)

// How something was given besides by typing, as values of the column `how`.
const (
	ByVoice = "voice"
	OnPaper = "paper"
)

// visibility is authenticated with the text: nobody turns "only me" into
// something else by hand.
const visibility = "only me"

// A Reflection is one learner's words to one reflection of a module.
type Reflection struct {
	User     string // record id
	Module   string // record id
	Activity string // the name under which it is stored, content.Outline.Name
	Revision string // that it was written to
	State    string
	How      string // "" for typed, or OnPaper; what was said stays said whatever stands here
	Words    Words
	Lock     Lock
	Was      string // the stamp of what these words take the place of; "" where nothing was there
}

// Words are what a learner typed to one activity. They are only ever stored
// sealed.
type Words struct {
	Typed map[int]string `json:"typed,omitempty"` // by prompt or gap; 0 where there are none
	Kept  []string       `json:"kept,omitempty"`  // typed to prompts that are not there any more, as it was
	By    string         `json:"by,omitempty"`    // the open page that sent them, as its script calls it
	Under string         `json:"under,omitempty"` // web.Viewer.Under of their writer, then

	Feelings  []string `json:"feelings,omitempty"`  // ids of feeling words; see Felt
	RatherNot bool     `json:"ratherNot,omitempty"` // they would rather not say how it felt
}

// RowID is the id of the row, made from what makes it unique, so that the text
// can be sealed for it before it is there.
func RowID(user, module, activity string) string {
	sum := sha256.Sum256([]byte(user + "\x00" + module + "\x00" + activity))
	return strings.ToLower(base32.StdEncoding.EncodeToString(sum[:]))[:15]
}

func (r Reflection) place() vault.Place {
	return vault.Place{Collection: "reflections", Row: RowID(r.User, r.Module, r.Activity), Visibility: visibility}
}

// Seal closes the words, outside of any transaction. It returns vault.ErrNoKey
// where nothing can be kept private now, and so nothing may be kept.
func (r Reflection) Seal(app core.App, v *vault.Vault) (string, error) {
	text, err := json.Marshal(r.Words)
	if err != nil {
		return "", fmt.Errorf("reflection %s: %w", r.Activity, err)
	}
	return v.Seal(app, r.User, r.place(), text)
}

// storeSQL leaves it to recordings to say that something was said, and that it is
// not any more. Over what was deleted it begins anew.
const storeSQL = `INSERT INTO reflections (id, user, module, activity, revision, state, how, sealed, created, updated)
	VALUES ({:id}, {:user}, {:module}, {:activity}, {:revision}, {:state}, {:how}, {:sealed}, {:now}, {:now})
	ON CONFLICT (id) DO UPDATE SET revision = excluded.revision, sealed = excluded.sealed, updated = excluded.updated,
		how = CASE WHEN how = 'voice' AND state != 'deleted' THEN how ELSE excluded.how END,
		created = CASE WHEN state = 'deleted' THEN excluded.created ELSE created END,
		state = CASE WHEN state IN ('kept', 'shared') THEN state ELSE excluded.state END
		WHERE substr(sealed, -{:length}) = {:was} OR state IN ('withdrawn', 'deleted')`

// ErrChanged says that a reflection is not any more what somebody's words were to
// take the place of. Nothing was written: look at what is there now first.
var ErrChanged = errors.New("the reflection was written elsewhere meanwhile")

// Store writes a sealed reflection over the one that has the stamp r.Was, else it
// returns ErrChanged. What was kept once does not become a draft again. It may
// run again in another transaction.
func (r Reflection) Store(tx core.App, sealed string, now types.DateTime) error {
	written, err := web.Changes(tx, storeSQL, dbx.Params{
		"id": RowID(r.User, r.Module, r.Activity), "user": r.User, "module": r.Module, "activity": r.Activity,
		"revision": r.Revision, "state": r.State, "how": r.How, "sealed": sealed, "now": now.String(), "was": r.Was, "length": stampLength,
	})
	if err == nil && !written {
		return ErrChanged
	}
	return err
}

// stampLength is in letters of base64: 72 bits, which never come twice.
const stampLength = 12

// Stamp tells one state of a reflection from every other, and nothing of its
// words: it is the end of what they were sealed to.
func Stamp(sealed string) string { return sealed[max(0, len(sealed)-stampLength):] }

// Read opens sealed words for the viewer whose they are, as OpenWords does.
func (r Reflection) Read(app core.App, v *vault.Vault, viewer *web.Viewer, sealed string) (Reflection, error) {
	var err error
	r.Words, r.Lock, err = OpenWords(app, v, viewer, r.place(), sealed)
	return r, err
}

// A Stored is a row of `reflections` as it stands, its words still sealed.
type Stored struct {
	Module   string `db:"module"`
	Activity string `db:"activity"`
	Revision string `db:"revision"`
	State    string `db:"state"`
	How      string `db:"how"`
	Sealed   string `db:"sealed"`
	Updated  string `db:"updated"`
}

const listSQL = `SELECT module, activity, revision, state, how, sealed, updated FROM reflections
	WHERE user = {:user} AND {:module} IN ('', module) AND state IN ('draft', 'kept', 'shared') ORDER BY created, id`

// List reads what a person wrote in one module, or with "" in all. It is for
// that person's own pages.
func List(ctx context.Context, app core.App, user, module string) ([]Stored, error) {
	var rows []Stored
	err := app.ConcurrentDB().NewQuery(listSQL).Bind(dbx.Params{"user": user, "module": module}).WithContext(ctx).All(&rows)
	if err != nil {
		return nil, fmt.Errorf("list reflections: %w", err)
	}
	return rows, nil
}
