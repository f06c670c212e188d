package web

import (
	"context"
	"net/http"
	"time"

	"github.com/pocketbase/pocketbase/core"
)

// ground is what the ground floor keeps for one app: in its store, so that no
// package variable does, and so that any number of apps run side by side.
type ground struct {
	settings    settingsCache
	crossOrigin *http.CrossOriginProtection
	behindProxy bool
	now         func() time.Time
	ways        func(*Viewer) Ways
	places      func(context.Context, *Viewer) ([]Place, error)
	helpers     func(context.Context, *Viewer) ([]Helper, error)
	late        LateForms
}

const groundKey = "web.ground"

// Lay makes the ground floor of an app. behindProxy says that a proxy in front
// ends TLS and names the visitor's address; now is the clock. It comes before
// every other room.
func Lay(app core.App, behindProxy bool, now func() time.Time) {
	app.Store().Set(groundKey, &ground{
		crossOrigin: http.NewCrossOriginProtection(),
		behindProxy: behindProxy,
		now:         now,
		ways:        func(*Viewer) Ways { return Ways{} },
		places:      func(context.Context, *Viewer) ([]Place, error) { return nil, nil },
		helpers:     func(context.Context, *Viewer) ([]Helper, error) { return nil, nil },
	})
	countChanges(app)
	trustProxy(app, behindProxy)
}

// trustProxy takes visitors' addresses from the proxy, whatever the dashboard
// says: without that all would share one, and its limits. It is the rightmost
// address, the one that the proxy itself saw. Where there is no proxy nothing is
// trusted, also where settings that were saved behind one say so: whoever asks
// would choose their own address.
func trustProxy(app core.App, behindProxy bool) {
	var headers []string
	if behindProxy {
		headers = []string{"X-Forwarded-For"}
	}
	trust := func() { app.Settings().TrustedProxy.Headers = headers }
	trust()
	app.OnSettingsReload().BindFunc(func(e *core.SettingsReloadEvent) error {
		err := e.Next()
		trust()
		return err
	})
}

// Now is what time it is for a request.
func Now(e *core.RequestEvent) time.Time { return groundOf(e).now() }

func groundOf(e *core.RequestEvent) *ground {
	return e.App.Store().Get(groundKey).(*ground)
}

// IsSecure reports whether the browser speaks to this site over TLS.
func IsSecure(e *core.RequestEvent) bool {
	return e.IsTLS() || groundOf(e).behindProxy
}

// RefuseCrossSite returns ErrCrossSite for a write that another site's page
// sends. Every use of a cookie comes after it.
func RefuseCrossSite(e *core.RequestEvent) error {
	if err := groundOf(e).crossOrigin.Check(e.Request); err != nil {
		return ErrCrossSite
	}
	return nil
}
