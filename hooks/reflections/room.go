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
}

// New makes the room. now is the clock.
func New(app core.App, c *content.Content, v *vault.Vault, log *audit.Log, now func() time.Time) *Room {
	return &Room{app: app, content: c, vault: v, audit: log, now: now}
}
