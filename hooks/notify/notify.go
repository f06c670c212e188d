// Package notify tells people by mail that something waits for them here, and
// nothing of what it is: no name, no content, no programme. It holds the outbox
// and what is sent from it.
//
// It stands above the rooms whose things wait. What it needs of them it asks
// through the interfaces below, which are registered in hooks.go.
package notify

import (
	"context"
	"sync"
	"time"

	"alongside/hooks/audit"
	"alongside/hooks/vault"

	"github.com/pocketbase/pocketbase/core"
)

// A Post sends what waits in the outbox. One serves the whole house.
type Post struct {
	app     core.App
	vault   *vault.Vault
	audit   *audit.Log
	people  Recipients
	sources []Source
	now     func() time.Time
	wake    chan struct{} // something is to go out at once
	most    time.Duration // that one mail may take
	made    string        // the day of which the daily mails were made; only the worker touches it

	sending sync.Mutex // one works at the outbox at a time
	rests   time.Time  // nothing is tried until then; under sending
}

// Recipients knows where people's mail goes. Package people has it.
type Recipients interface {
	// Recipient is one person; of somebody who is not here any more, an empty one.
	// app may be a transaction.
	Recipient(ctx context.Context, app core.App, person string) (Recipient, error)
	// WantDigest are those who have an e-mail and did not turn the daily mail off.
	WantDigest(ctx context.Context) ([]Recipient, error)
	// SetDigest turns somebody's daily mail on or off. It reports whether that
	// changed anything.
	SetDigest(tx core.App, person string, on bool) (bool, error)
}

// A Recipient is what mail needs to know of somebody.
type Recipient struct {
	ID         string // of users
	Email      string // "" where they have none
	Language   string // BCP 47; "" for the site's first
	NoDigest   bool   // they turned the daily mail off
	QuietFrom  string // "21:00": no daily mail from then; "" for the usual
	QuietUntil string // "08:00": until then
}

// A Source counts what waits for people: one kind of thing, in one statement for
// all of them.
type Source interface {
	// Waiting gives counts by person, of users.
	Waiting(ctx context.Context, now time.Time) ([]Count, error)
}

// A Count is how many things of a kind wait for somebody.
type Count struct {
	Person string `db:"person"` // of users
	Kind   string `db:"kind"`   // its words stand under "digest."
	Count  int    `db:"count"`
}

// New makes the post of an app whose migrations have run. now is the clock.
func New(app core.App, v *vault.Vault, log *audit.Log, people Recipients, now func() time.Time) *Post {
	return &Post{app: app, vault: v, audit: log, people: people, now: now, wake: make(chan struct{}, 1), most: patience}
}

// Ask adds rooms whose things the daily mail counts, in the order of its lines.
func (p *Post) Ask(sources ...Source) { p.sources = append(p.sources, sources...) }
