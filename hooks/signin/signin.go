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

	"alongside/hooks/vault"
	"alongside/hooks/web"

	"github.com/pocketbase/pocketbase/core"
)

// A Desk is where people sign in. One serves the whole house.
type Desk struct {
	app   core.App
	vault *vault.Vault
	now   func() time.Time
	pause func(context.Context, time.Duration) // how a slow answer waits
	reads *web.Reads
	seen  *seen
	tries *tries
	dummy *core.Record // compared where there is nobody, so that it takes as long
	first *firstManager
}

// New opens the desk of an app whose migrations have run. now is the clock,
// and pause how it waits: time.Now and Pause outside tests.
func New(app core.App, v *vault.Vault, reads *web.Reads, now func() time.Time, pause func(context.Context, time.Duration)) (*Desk, error) {
	dummy, err := nobody(app)
	if err != nil {
		return nil, fmt.Errorf("sign-in desk: %w", err)
	}
	d := &Desk{
		app:   app,
		vault: v,
		now:   now,
		pause: pause,
		reads: reads,
		seen:  newSeen(),
		tries: newTries(),
		dummy: dummy,
		first: newFirstManager(),
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
