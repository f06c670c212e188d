package learning

import (
	"sync"

	"alongside/hooks/content"
	"alongside/hooks/vault"
	"alongside/hooks/web"

	"github.com/pocketbase/pocketbase/core"
)

// Learning serves the pages of those who take a course. One serves the whole
// house.
type Learning struct {
	app     core.App
	content *content.Content
	vault   *vault.Vault
	writes  *web.Writes

	statements sync.Map // asking → *sql.Stmt
	spots      sync.Map // moduleKey → *spot, as it was when it was last looked up
}

// New makes the room. It reads nothing yet.
func New(app core.App, c *content.Content, v *vault.Vault, w *web.Writes) *Learning {
	return &Learning{app: app, content: c, vault: v, writes: w}
}
