package learning

import (
	"sync"

	"alongside/hooks/content"
	"alongside/hooks/reflections"
	"alongside/hooks/vault"
	"alongside/hooks/web"

	"github.com/pocketbase/pocketbase/core"
)

// Learning serves the pages of those who take a course. One serves the whole
// house.
type Learning struct {
	app     core.App
	content *content.Content
	written *reflections.Room
	vault   *vault.Vault
	reads   *web.Reads
	writes  *web.Writes

	voices Voices // nil where nobody hears

	places places

	statements sync.Map // asking → string, its SQL
	spots      sync.Map // moduleKey → *spot, as it was when it was last looked up
}

// New makes the room. It reads nothing yet.
func New(app core.App, c *content.Content, w *reflections.Room, v *vault.Vault, r *web.Reads, writes *web.Writes) *Learning {
	return &Learning{app: app, content: c, written: w, vault: v, reads: r, writes: writes}
}
