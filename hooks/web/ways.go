package web

import (
	"context"

	"github.com/pocketbase/pocketbase/core"
)

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

// A Place is where people meet.
type Place struct{ ID, Name string }

// KnowPlaces registers what says which places are of a viewer's programmes: help
// numbers for a place are for them. It comes after Lay.
func KnowPlaces(app core.App, of func(context.Context, *Viewer) ([]Place, error)) {
	app.Store().Get(groundKey).(*ground).places = of
}
