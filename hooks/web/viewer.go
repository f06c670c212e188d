// Package web is the ground floor of every page: who asks (the Viewer), the
// site's settings, forms, errors, headers, and how a page struct becomes bytes.
//
// It knows no room. What a page says stands in package templates, what it means
// in the room whose page it is.
package web

import (
	"slices"
	"time"

	"github.com/pocketbase/pocketbase/core"
)

// A Role is what a person is in a programme, between two dates.
type Role string

// The roles of DESIGN §2. A manager of no programme is the site manager.
const (
	Learner     Role = "learner"
	Mentor      Role = "mentor"
	Facilitator Role = "facilitator"
	Lead        Role = "lead"
	Manager     Role = "manager"
)

// A Membership is one role that holds now.
type Membership struct {
	Role      Role
	Programme string // record id; "" for the site manager
	Cohort    string // record id; "" where the role is not tied to one
}

// A Viewer is the person who asks, as their session says. Pages know people
// only from here, never from an Authorization header.
type Viewer struct {
	ID          string // of users
	Username    string // neutral: maple-48
	Name        string // what they want to be called; may be empty
	Language    string // BCP 47; "" for the browser's choice
	Memberships []Membership
	Session     string    // of sessions
	OwnDevice   bool      // "this is my own phone"
	IdleEnd     time.Time // when the session ends if nothing happens

	// Closed says that text which is kept only for them stays closed now: staff
	// replaced what they sign in with, or nobody gave a secret of theirs. Opens
	// decides what does.
	Closed      bool
	ClosedSince string // the moment, as the database writes it
	OnlyHere    bool   // nobody gave a secret, so only what this session wrote opens
	Way         string // apart from a card, "": so that what is written through one new way in does not open through another

	// Owes says that they hold a role which asks for a second factor that was not
	// given yet. Until then such roles are not among Memberships.
	Owes bool
}

// Is reports whether the viewer holds a role now, in whichever programme. It
// may be asked of nil, which is a guest and holds none.
func (v *Viewer) Is(role Role) bool {
	return v != nil && slices.ContainsFunc(v.Memberships, func(m Membership) bool { return m.Role == role })
}

// IsSiteManager reports whether the viewer manages the site itself.
func (v *Viewer) IsSiteManager() bool {
	return v != nil && slices.Contains(v.Memberships, Membership{Role: Manager})
}

// Called is the name to greet them by.
func (v *Viewer) Called() string {
	if v.Name != "" {
		return v.Name
	}
	return v.Username
}

// Under is what a text that the viewer writes now is written under: "" while all
// of theirs is open to them, else this closing of their texts and the way in, or
// this session where nobody gave a secret. It is sealed with the text.
func (v *Viewer) Under() string {
	switch {
	case !v.Closed:
		return ""
	case v.OnlyHere:
		return v.Session
	default:
		return v.ClosedSince + v.Way
	}
}

// Opens reports whether the viewer may read a text of theirs that is kept only
// for them, by what it was written under. It is the one place that says so: while
// their texts are closed, what they write shows to them, and neither what was
// there before nor what they write meanwhile where they are known to be themselves.
// What this very session wrote shows also once it was opened as far as their card.
func (v *Viewer) Opens(under string) bool {
	return !v.Closed || under == v.Under() || under == v.Session
}

const viewerKey = "viewer"

// Current is the viewer of a request, nil for a guest.
func Current(e *core.RequestEvent) *Viewer {
	v, _ := e.Get(viewerKey).(*Viewer)
	return v
}

// SetCurrent is for the session middleware of package signin, and for it alone.
func SetCurrent(e *core.RequestEvent, v *Viewer) { e.Set(viewerKey, v) }
