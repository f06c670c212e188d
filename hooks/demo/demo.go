// Package demo is the people of `serve --demo`: who they are, how they sign in,
// and what they have done so far, which the rooms tell. Everybody in it is
// invented.
package demo

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"alongside/hooks/signin"

	"github.com/pocketbase/pocketbase/core"
)

// credentialsFile is where a demo says who can sign in.
const credentialsFile = "demo.json"

// ErrRealPeople means that a data folder has people in it who are not the
// demo's. It is left as it is.
var ErrRealPeople = errors.New("people who are not the demo's are in this data folder")

// A Filler lets a room do what the people of the demo did there. It runs at
// every start, and does nothing that is done already.
type Filler func(app core.App, people People) error

// Fill makes the people of the demo, and lets each room do what they did. It may
// run any number of times. It returns
// ErrRealPeople, and changes nothing, where others than its own are there.
func Fill(app core.App, desk *signin.Desk, now time.Time, fillers []Filler) error {
	if err := refuseRealPeople(app); err != nil {
		return err
	}
	before := readMarks(app.DataDir())
	made, err := fillPeople(app, desk, now, before)
	if err != nil {
		return err
	}
	for _, fill := range fillers {
		if err := fill(app, made); err != nil {
			return fmt.Errorf("what the demo people did: %w", err)
		}
	}
	after, err := marksOf(app)
	if err != nil {
		return err
	}
	return after.writeOver(before, app.DataDir())
}

// fillPeople makes whoever is missing, and gives back the secrets of those whose
// secrets have changed since before.
func fillPeople(app core.App, desk *signin.Desk, now time.Time, before marks) (People, error) {
	stored, err := marksOf(app)
	if err != nil {
		return nil, err
	}
	same := stored.unchanged(before)
	made, err := makePeople(app, same, now)
	if err != nil {
		return nil, fmt.Errorf("demo people: %w", err)
	}
	return made, makeCards(app, desk, made, same, now)
}

// A credential is one line of demo.json.
type credential struct {
	Role     string `json:"role"`
	Username string `json:"username"`
	Password string `json:"password"`
	CardURL  string `json:"card_url"`
	PIN      string `json:"pin"`
}

// credentials are everybody's, on a site at an address.
func credentials(site string) []credential {
	var all []credential
	for _, p := range cast() {
		c := credential{Role: string(p.role), Username: p.username, Password: p.password}
		if p.card != (card{}) {
			c.CardURL, c.PIN = site+p.given("", time.Time{}).Path(), p.card.pin
		}
		all = append(all, c)
	}
	return append(all, credential{Role: "superuser", Username: superuserEmail, Password: superuserPassword})
}

func writeCredentials(folder, site string) error {
	text, err := json.MarshalIndent(credentials(site), "", "  ")
	if err != nil {
		return fmt.Errorf("write %s: %w", credentialsFile, err)
	}
	return writePrivate(filepath.Join(folder, credentialsFile), append(text, '\n'))
}

// writePrivate writes a file for the operator alone. One that was there keeps its
// mode, so it is set again.
func writePrivate(path string, text []byte) error {
	if err := os.WriteFile(path, text, 0o600); err != nil {
		return fmt.Errorf("write %s: %w", filepath.Base(path), err)
	}
	return os.Chmod(path, 0o600)
}
