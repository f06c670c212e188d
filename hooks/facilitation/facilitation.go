// Package facilitation is the work of those who walk beside learners: adding
// somebody, seeing how far they are, their card, and handing them over.
package facilitation

import (
	"time"

	"alongside/hooks/audit"
	"alongside/hooks/content"
	"alongside/hooks/learning"
	"alongside/hooks/reflections"
	"alongside/hooks/signin"

	"github.com/pocketbase/pocketbase/core"
)

// Facilitation serves the pages below /facilitate. One serves the whole house.
type Facilitation struct {
	app      core.App
	content  *content.Content
	written  *reflections.Room
	learning *learning.Learning
	desk     *signin.Desk
	audit    *audit.Log
	now      func() time.Time

	sent    *sent    // forms that made somebody, so that none does so twice
	imports *imports // groups that were read and not made yet
}

// New makes the room. now is the clock.
func New(app core.App, c *content.Content, w *reflections.Room, l *learning.Learning, d *signin.Desk, log *audit.Log, now func() time.Time) *Facilitation {
	f := &Facilitation{app: app, content: c, written: w, learning: l, desk: d, audit: log, now: now, sent: newSent(), imports: newImports()}
	app.OnTerminate().BindFunc(func(e *core.TerminateEvent) error {
		f.imports.stopAll()
		return e.Next()
	})
	return f
}
