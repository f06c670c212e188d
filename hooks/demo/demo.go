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

// Fill makes the people of the demo, lets each room do what they did, and
// writes who can sign in. It may run any number of times. It returns
// ErrRealPeople, and changes nothing, where others than its own are there.
func Fill(app core.App, now time.Time, fillers []Filler) error {
	if err := refuseRealPeople(app); err != nil {
		return err
	}
	made, err := makePeople(app, now)
	if err != nil {
		return fmt.Errorf("demo people: %w", err)
	}
	for _, fill := range fillers {
		if err := fill(app, made); err != nil {
			return fmt.Errorf("what the demo people did: %w", err)
		}
	}
	return writeCredentials(app.DataDir())
}

// A credential is one line of demo.json.
type credential struct {
	Role     string `json:"role"`
	Username string `json:"username"`
	Password string `json:"password"`
	CardURL  string `json:"card_url"`
	PIN      string `json:"pin"`
}

func credentials() []credential {
	var all []credential
	for _, p := range cast() {
		all = append(all, credential{Role: string(p.role), Username: p.username, Password: p.password})
	}
	return append(all, credential{Role: "superuser", Username: superuserEmail, Password: superuserPassword})
}

func writeCredentials(folder string) error {
	text, err := json.MarshalIndent(credentials(), "", "  ")
	if err != nil {
		return fmt.Errorf("write %s: %w", credentialsFile, err)
	}
	path := filepath.Join(folder, credentialsFile)
	if err := os.WriteFile(path, append(text, '\n'), 0o600); err != nil {
		return fmt.Errorf("write %s: %w", credentialsFile, err)
	}
	// A file that was there keeps its mode, so it is set again.
	return os.Chmod(path, 0o600)
}
