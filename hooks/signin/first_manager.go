package signin

import (
	"crypto/subtle"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"

	"alongside/hooks/audit"
	"alongside/hooks/people"
	"alongside/hooks/web"

	"github.com/pocketbase/pocketbase/core"
)

const firstManagerPath = "/sign-in/first/"

// firstManager is the link by which a site with nobody in it gets its first
// manager. Only its hash is here, until it is used or the server stops.
type firstManager struct {
	mu   sync.Mutex
	hash string // "" while there is no link
}

func newFirstManager() *firstManager { return &firstManager{} }

func (f *firstManager) offer() (secret string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	secret = newToken()
	f.hash = hashToken(secret)
	return secret
}

func (f *firstManager) knows(secret string) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.hash != "" && subtle.ConstantTimeCompare([]byte(f.hash), []byte(hashToken(secret))) == 1
}

func (f *firstManager) close() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.hash = ""
}

// OfferFirstManager makes the one-time link of a site that has no people, as a
// path, and "" where somebody is there. A new link replaces the last.
func (d *Desk) OfferFirstManager() (path string, err error) {
	n, err := people.Count(d.app, 1)
	if err != nil || n > 0 {
		return "", err
	}
	return firstManagerPath + d.first.offer(), nil
}

func (d *Desk) showFirstManager(e *core.RequestEvent) error {
	web.SecretAddress(e)
	if !d.first.knows(e.Request.PathValue("secret")) {
		return showFirstGone(e)
	}
	return showFirstManager(e, http.StatusOK, &FirstManagerPage{})
}

// showFirstGone says that a link opens nothing: the same of one that was used and
// of one that never was.
func showFirstGone(e *core.RequestEvent) error {
	return web.Show(e, http.StatusNotFound, "signin/first-manager", &FirstManagerPage{Gone: true})
}

func showFirstManager(e *core.RequestEvent, status int, page *FirstManagerPage) error {
	page.Address = firstManagerPath + e.Request.PathValue("secret")
	page.Min = people.MinPassword
	return web.Show(e, status, "signin/first-manager", page)
}

func (d *Desk) makeFirstManager(e *core.RequestEvent) error {
	web.SecretAddress(e)
	if !d.first.knows(e.Request.PathValue("secret")) {
		return showFirstGone(e)
	}
	form, err := web.Form(e)
	if err != nil {
		return err
	}
	page := &FirstManagerPage{
		Username:  strings.ToLower(strings.TrimSpace(form.Get("username"))),
		Email:     strings.TrimSpace(form.Get("email")),
		Name:      strings.TrimSpace(form.Get("name")),
		OwnDevice: form.Get("own") == "true",
	}
	person := people.Person{Username: page.Username, Email: page.Email, Name: page.Name}
	if page.Errors = person.Problems(form.Get("password")); page.Errors != nil {
		return showFirstManager(e, http.StatusUnprocessableEntity, page)
	}
	user, err := d.createFirst(e.App, person, form.Get("password"))
	if errors.Is(err, web.ErrNotFound) { // somebody was quicker
		return showFirstGone(e)
	}
	if err != nil {
		return err
	}
	if err := d.open(e, user, entry{How: byLink, OwnDevice: page.OwnDevice}); err != nil {
		return err
	}
	return web.SeeOther(e, "/manage/start")
}

// createFirst makes the site manager if there is still nobody, and closes the
// link.
func (d *Desk) createFirst(app core.App, person people.Person, password string) (user string, err error) {
	err = app.RunInTransaction(func(tx core.App) error {
		n, err := people.Count(tx, 1)
		if err != nil {
			return err
		}
		if n > 0 {
			return web.ErrNotFound
		}
		if user, err = people.Create(tx, person, password); err != nil {
			return err
		}
		if err := people.Join(tx, people.Membership{User: user, Role: web.Manager, Starts: d.now()}); err != nil {
			return err
		}
		return d.audit.Record(tx, audit.Act{Kind: audit.FirstManager, Actor: user, Subject: user})
	})
	if err != nil {
		return "", fmt.Errorf("first manager: %w", err)
	}
	d.first.close()
	return user, nil
}
