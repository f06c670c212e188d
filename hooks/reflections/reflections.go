// Package reflections is what a learner writes for themselves: sealed under
// their own key, read by nobody else. Sharing, the thread and concerns will
// live here too.
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

// States of a reflection, DESIGN §2.
const (
	Draft = "draft" // saved while it was being typed
	Kept  = "kept"  // the learner went on: it is theirs to keep
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

const storeSQL = `INSERT INTO reflections (id, user, module, activity, revision, state, sealed, created, updated)
	VALUES ({:id}, {:user}, {:module}, {:activity}, {:revision}, {:state}, {:sealed}, {:now}, {:now})
	ON CONFLICT (id) DO UPDATE SET revision = excluded.revision, sealed = excluded.sealed, updated = excluded.updated,
		state = CASE WHEN state = 'draft' THEN excluded.state ELSE state END
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
		"revision": r.Revision, "state": r.State, "sealed": sealed, "now": now.String(), "was": r.Was, "length": stampLength,
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
	Sealed   string `db:"sealed"`
	Updated  string `db:"updated"`
}

const listSQL = `SELECT module, activity, revision, state, sealed, updated FROM reflections
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
