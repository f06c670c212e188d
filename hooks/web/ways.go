package web

import (
	"context"

	"github.com/pocketbase/pocketbase/core"
)

// Ways are the parts of the house that the navigation leads to besides those
// that are everybody's. They are part of what a shared page depends on, so they
// stay few and comparable.
type Ways struct {
	Write    bool // /write
	Review   bool // /review
	Learners bool // /facilitate
	Manage   bool // /manage
	Concerns bool // /concerns, for those who answer for them
	MayRaise bool // /concerns/new

	MayAsk bool    // somebody can be told that they need help now
	Asked  bool    // they did, and it is open
	Called Calling // what waits for them at once

	ConcernWaits bool // one that nobody has acknowledged, for those who answer for it
}

// Calling is what every page tells somebody whom a learner called for help now. It
// names nobody.
type Calling string

// What it may be, besides nothing.
const (
	CalledNow Calling = "now" // somebody needs help now, and nobody is on it yet
	OnACall   Calling = "on"  // they said that they are on it
)

// ShowWays registers what decides which ways a viewer is shown; nil is a guest.
// It comes after Lay.
func ShowWays(app core.App, of func(*Viewer) Ways) {
	app.Store().Get(groundKey).(*ground).ways = of
}

// A Place is where people meet.
type Place struct{ ID, Name string }

// KnowPlaces registers what says which places are of a viewer's programmes: help
// numbers for a place are for them. It comes after Lay.
func KnowPlaces(app core.App, of func(context.Context, *Viewer) ([]Place, error)) {
	app.Store().Get(groundKey).(*ground).places = of
}

// A Helper is somebody who is told when a learner needs help now.
type Helper struct {
	Called string
	Away   string // their last day away, an ISO date; "" while they are here
}

// KnowHelpers registers what says who would be told if a viewer needed help now. It
// comes after Lay.
func KnowHelpers(app core.App, of func(context.Context, *Viewer) ([]Helper, error)) {
	app.Store().Get(groundKey).(*ground).helpers = of
}
