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
	Activity string
	Revision string // that it was written to
	State    string
	Typed    map[int]string // by prompt; 0 where there are no prompts
	Updated  types.DateTime
	Closed   bool // it is there and cannot be opened now
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
	text, err := json.Marshal(r.Typed)
	if err != nil {
		return "", fmt.Errorf("reflection %s: %w", r.Activity, err)
	}
	return v.Seal(app, r.User, r.place(), text)
}

const storeSQL = `INSERT INTO reflections (id, user, module, activity, revision, state, sealed, created, updated)
	VALUES ({:id}, {:user}, {:module}, {:activity}, {:revision}, {:state}, {:sealed}, {:now}, {:now})
	ON CONFLICT (id) DO UPDATE SET revision = excluded.revision, sealed = excluded.sealed, updated = excluded.updated,
		state = CASE WHEN state = 'draft' THEN excluded.state ELSE state END`

// Store writes a sealed reflection. What was kept once does not become a draft
// again. It may run twice.
func (r Reflection) Store(tx core.App, sealed string, now types.DateTime) error {
	_, err := tx.NonconcurrentDB().NewQuery(storeSQL).Bind(dbx.Params{
		"id": RowID(r.User, r.Module, r.Activity), "user": r.User, "module": r.Module, "activity": r.Activity,
		"revision": r.Revision, "state": r.State, "sealed": sealed, "now": now.String(),
	}).Execute()
	return err
}

// Read opens sealed words. Words that cannot be opened come back closed, which
// is no error: they are safe, and the page says so.
func (r Reflection) Read(app core.App, v *vault.Vault, sealed string) (Reflection, error) {
	text, err := v.Open(app, r.User, r.place(), sealed)
	if errors.Is(err, vault.ErrNoKey) || errors.Is(err, vault.ErrTampered) {
		r.Closed = true
		return r, nil
	}
	if err != nil {
		return r, err
	}
	return r, json.Unmarshal(text, &r.Typed)
}

const ofModuleSQL = `SELECT activity, revision, state, sealed, updated FROM reflections
	WHERE user = {:user} AND module = {:module} AND state IN ('draft', 'kept', 'shared') ORDER BY created, id`

// OfModule reads everything that a person wrote in a module. It is for that
// person's own pages.
func OfModule(ctx context.Context, app core.App, v *vault.Vault, user, module string) ([]Reflection, error) {
	var rows []struct {
		Activity string         `db:"activity"`
		Revision string         `db:"revision"`
		State    string         `db:"state"`
		Sealed   string         `db:"sealed"`
		Updated  types.DateTime `db:"updated"`
	}
	err := app.ConcurrentDB().NewQuery(ofModuleSQL).Bind(dbx.Params{"user": user, "module": module}).WithContext(ctx).All(&rows)
	if err != nil {
		return nil, fmt.Errorf("reflections in module %s: %w", module, err)
	}
	all := make([]Reflection, 0, len(rows))
	for _, row := range rows {
		r := Reflection{User: user, Module: module, Activity: row.Activity, Revision: row.Revision, State: row.State, Updated: row.Updated}
		if r, err = r.Read(app, v, row.Sealed); err != nil {
			return nil, fmt.Errorf("reflection %s: %w", row.Activity, err)
		}
		all = append(all, r)
	}
	return all, nil
}
