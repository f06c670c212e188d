package web

import "github.com/pocketbase/pocketbase/core"

// Ways are the parts of the house that the navigation leads to besides those
// that are everybody's. They are part of what a shared page depends on, so they
// stay few and comparable.
type Ways struct {
	Learners bool // /facilitate
	Manage   bool // /manage
}

// ShowWays registers what decides which ways a viewer is shown; nil is a guest.
// It comes after Lay.
func ShowWays(app core.App, of func(*Viewer) Ways) {
	app.Store().Get(groundKey).(*ground).ways = of
}
