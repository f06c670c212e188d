// Package audit is the record of acts: who did what to whose things, and when;
// never what was in them. It only grows. Each row is chained to the one before
// by a keyed MAC, and where the chain ends is kept beside the keys as well, so a
// row that is changed, removed, put in, moved or cut off the end shows.
package audit

import (
	"time"

	"alongside/hooks/vault"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/hook"
)

// A Kind is what was done, as a row says it and as the key of its words, below
// "act.".
type Kind string

// An Act is one thing that somebody did. It holds ids and kinds, and nothing
// that anybody wrote.
type Act struct {
	Kind      Kind
	Actor     string // of users, or of superusers where the kind says so; "" for the operator, for the site itself, and for somebody who is not known
	Subject   string // of users: whose things; "" where nobody's
	Item      string // id of the row it was done to; "" for none
	Programme string // where it was done; "" for the site
	Detail    string // a word that says more, such as a role or a number; never free text
}

// A Log is where acts are recorded. One serves the whole house.
type Log struct {
	app    core.App
	vault  *vault.Vault
	now    func() time.Time
	head   *head
	aside  *aside
	checks *checks
}

// New opens the log of a data folder whose migrations have run.
func New(app core.App, v *vault.Vault, now func() time.Time) *Log {
	l := &Log{app: app, vault: v, now: now, head: newHead(v.Beside(".head"), app.Logger()), checks: newChecks()}
	l.aside = newAside(l)
	app.Store().Set(storeKey, l)
	app.OnTerminate().Bind(&hook.Handler[*core.TerminateEvent]{
		Priority: last, // what others note while they end is still kept
		Func: func(e *core.TerminateEvent) error {
			l.end()
			return e.Next()
		},
	})
	return l
}

const (
	storeKey = "audit.log"
	last     = 1 << 20
)

// Of is the log of an app, for what knows nothing but a request. It is nil where
// none was opened.
func Of(app core.App) *Log {
	l, _ := app.Store().Get(storeKey).(*Log)
	return l
}

// end stores what waits and brings the head to disk, before the database closes.
func (l *Log) end() {
	l.checks.end()
	l.aside.end()
	l.head.sync()
}
