// Package signin is how somebody gets in, is known while they are here, and
// leaves: sessions, passwords, the first manager, limits on guessing, and what
// is kept of a form that came too late.
//
// A person is known by a random token in a cookie, whose hash is a row of
// `sessions`. It is read anew for every page, in the one statement that also
// reads who they are; nothing is remembered between two requests but when
// somebody was last seen.
package signin

import (
	"context"
	"fmt"
	"time"

	"alongside/hooks/audit"
	"alongside/hooks/vault"
	"alongside/hooks/web"

	"github.com/pocketbase/pocketbase/core"
)

// A Desk is where people sign in. One serves the whole house.
type Desk struct {
	app        core.App
	vault      *vault.Vault
	audit      *audit.Log
	now        func() time.Time
	pause      func(context.Context, time.Duration) // how a slow answer waits
	reads      *web.Reads
	cost       int // of what is hashed as a password
	seen       *seen
	tries      *tries
	second     *seconds
	asksSecond bool         // of those whose role needs a second factor
	dummy      *core.Record // compared where there is nobody, so that it takes as long
	first      *firstManager
	sheets     sheets              // cards that were just made
	codes      *waiting[shownCode] // codes and links that were just made
	firstPINs  *waiting[firstPIN]  // who chooses their PIN now
}

// Means are what a desk works with.
type Means struct {
	Vault *vault.Vault
	Audit *audit.Log
	Reads *web.Reads
	Now   func() time.Time                     // the clock
	Pause func(context.Context, time.Duration) // how it waits: Pause, outside tests

	AskSecond bool // whether leads and managers need a second factor
}

// New opens the desk of an app whose migrations have run.
func New(app core.App, m Means) (*Desk, error) {
	dummy, err := nobody(app)
	if err != nil {
		return nil, fmt.Errorf("sign-in desk: %w", err)
	}
	d := &Desk{
		app:        app,
		vault:      m.Vault,
		audit:      m.Audit,
		now:        m.Now,
		pause:      m.Pause,
		reads:      m.Reads,
		cost:       costOf(dummy),
		seen:       newSeen(),
		tries:      newTries(),
		second:     newSeconds(),
		asksSecond: m.AskSecond,
		dummy:      dummy,
		first:      newFirstManager(),
		sheets:     newSheets(),
		codes:      newWaiting[shownCode](),
		firstPINs:  newWaiting[firstPIN](),
	}
	app.Store().Set(deskKey, d)
	return d, nil
}

// Pause waits for real, or until the request is gone.
func Pause(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	}
}
