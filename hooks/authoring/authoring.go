// Package authoring is how a course comes to be: people with lived experience
// write it, others review it, it goes live, and learners speak back.
//
// A draft is one text under work. What is typed is kept as states, which are only
// ever added; a state that somebody keeps under a message becomes a version, a
// revision of package content, and it is versions that are reviewed and published.
package authoring

import (
	"time"

	"alongside/hooks/audit"
	"alongside/hooks/content"
	"alongside/hooks/learning"
	"alongside/hooks/notify"
	"alongside/hooks/vault"
	"alongside/hooks/web"

	"github.com/pocketbase/pocketbase/core"
)

// Authoring is the room. One serves the whole house.
type Authoring struct {
	app      core.App
	content  *content.Content
	learning *learning.Learning
	vault    *vault.Vault
	audit    *audit.Log
	post     *notify.Post
	now      func() time.Time
}

// Means are what the room works with.
type Means struct {
	Content  *content.Content
	Learning *learning.Learning
	Vault    *vault.Vault
	Audit    *audit.Log
	Post     *notify.Post
	Now      func() time.Time
}

// New makes the room of an app whose migrations have run.
func New(app core.App, m Means) *Authoring {
	a := &Authoring{app: app, content: m.Content, learning: m.Learning, vault: m.Vault, audit: m.Audit, post: m.Post, now: m.Now}
	m.Content.LetTellers(a.tells)
	return a
}

// Routes binds the pages of those who write and review.
func (a *Authoring) Routes(pages web.Pages) {
	a.writing(pages)
	a.reviewing(pages)
	a.publishing(pages)
	a.crediting(pages)
	a.hearing(pages)
}
