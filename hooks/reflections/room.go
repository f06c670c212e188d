package reflections

import (
	"time"

	"alongside/hooks/audit"
	"alongside/hooks/content"
	"alongside/hooks/vault"

	"github.com/pocketbase/pocketbase/core"
)

// A Room serves what learners write and let others read, and what is written back.
// One serves the whole house.
type Room struct {
	app     core.App
	content *content.Content
	vault   *vault.Vault
	audit   *audit.Log
	now     func() time.Time
	calls   openCalls

	concerns newConcerns

	urgent func(tx core.App, person, once string) error // lets somebody know by mail, at once
	shelf  shelf
	turns  *turns // of those who send a recording
}

// New makes the room. now is the clock.
func New(app core.App, c *content.Content, v *vault.Vault, log *audit.Log, now func() time.Time) *Room {
	urgent := func(core.App, string, string) error { return nil }
	return &Room{app: app, content: c, vault: v, audit: log, now: now, urgent: urgent, shelf: newShelf(app.DataDir()), turns: newTurns()}
}

// Mail registers what lets somebody know by mail that they have to look, in the
// transaction of what it is about.
func (r *Room) Mail(urgent func(tx core.App, person, once string) error) { r.urgent = urgent }
