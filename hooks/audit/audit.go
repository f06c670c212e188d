// Package audit is the record of acts: who did what to whose things, and when;
// never what was in them. It only grows. Each row is chained to the one before
// by a keyed MAC, and where the chain ends is kept beside the keys as well, so a
// row that is changed, removed, put in, moved or cut off the end shows.
package audit

import (
	"sync"
	"time"

	"alongside/hooks/vault"

	"github.com/pocketbase/pocketbase/core"
)

// A Kind is what was done, as a row says it and as the key of its words, below
// "act.".
type Kind string

// An Act is one thing that somebody did. It holds ids and kinds, and nothing
// that anybody wrote.
type Act struct {
	Kind      Kind
	Actor     string // of users; "" for the site itself, and for somebody who is not known
	Subject   string // of users: whose things; "" where nobody's
	Item      string // id of the row it was done to; "" for none
	Programme string // where it was done; "" for the site
	Detail    string // a word that says more, such as a role or a number; never free text
}

// A Log is where acts are recorded. One serves the whole house.
type Log struct {
	app   core.App
	vault *vault.Vault
	now   func() time.Time
	head  *headFile
	mu    sync.Mutex // one head at a time
}
