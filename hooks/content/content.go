// Package content is what can be learned: courses with their modules, every
// text as a revision, media, and the way in and out as folders.
//
// A live revision never changes. What is compiled from one is kept in memory by
// its id and is never out of date; a change makes a new id.
package content

import (
	"context"

	"alongside/courses"

	"github.com/pocketbase/pocketbase/core"
)

// Origins of a course.
const (
	Shipped  = "shipped"  // came with the binary
	Imported = "imported" // came in as a folder
)

// States of a revision, DESIGN §2.
const (
	draft     = "draft"
	live      = "live"
	replaced  = "replaced"
	withdrawn = "withdrawn"
)

// Content reads and stores courses. One serves the whole house.
type Content struct {
	app      core.App
	compiled *memory[compiledKey, *Compiled]
	bare     *memory[string, *bareModule]
	outlined *memory[string, *Outline]
	covers   *memory[string, courses.Cover]
	maps     *memory[mapKey, mapping]
	kept     *memory[keptKey, any] // what other rooms make of compiled modules
	tells    Tells
}

// Tells reports whether somebody is the teller of a story that shows a file of a course,
// which is not live yet: whoever knows who tells what gives it to LetTellers.
type Tells func(ctx context.Context, person, course, path string) (bool, error)

// LetTellers lets those who tell a story see and hear what is shown with it, before it
// is live: that is what they say yes to. It is called before anything is served.
func (c *Content) LetTellers(tells Tells) { c.tells = tells }

// New makes the content of an app. It reads nothing yet.
func New(app core.App) *Content {
	return &Content{
		app:      app,
		compiled: newMemory[compiledKey, *Compiled](512),
		bare:     newMemory[string, *bareModule](256),
		outlined: newMemory[string, *Outline](2048),
		covers:   newMemory[string, courses.Cover](512),
		maps:     newMemory[mapKey, mapping](2048),
		kept:     newMemory[keptKey, any](8192),
	}
}
