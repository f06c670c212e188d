package demo

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"

	"github.com/pocketbase/pocketbase/core"
)

// marksFile stands beside demo.json and says of each person what their stored
// secrets were at the last start. Where they are the same, nothing has to be
// compared: to compare a password takes as long as to sign in with it.
const marksFile = "demo.marks"

// marks are hashes over what is stored of somebody's secrets, and over what it
// should be, by username or e-mail.
type marks map[string]string

// readMarks gives none where there is no file that can be read: then everything
// is compared.
func readMarks(folder string) marks {
	text, err := os.ReadFile(filepath.Join(folder, marksFile))
	if err != nil {
		return nil
	}
	var m marks
	if json.Unmarshal(text, &m) != nil {
		return nil
	}
	return m
}

func (m marks) write(folder string) error {
	text, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return fmt.Errorf("write %s: %w", marksFile, err)
	}
	return writePrivate(filepath.Join(folder, marksFile), append(text, '\n'))
}

// writeOver writes where something has changed since.
func (m marks) writeOver(before marks, folder string) error {
	if maps.Equal(m, before) {
		return nil
	}
	return m.write(folder)
}

const storedSecrets = `
	SELECT u.username AS name, u.password || ' ' || u.own_password || ' ' || u.closed || ' ' || COALESCE((
		SELECT group_concat(c.secret || c.words || c.pin || c.own_pin || c.state || c.expires) FROM cards c WHERE c.user = u.id AND c.ended = ''), '') AS stored
	FROM users u
	UNION ALL SELECT s.email, s.password FROM _superusers s`

func marksOf(app core.App) (marks, error) {
	var rows []struct {
		Name   string `db:"name"`
		Stored string `db:"stored"`
	}
	if err := app.DB().NewQuery(storedSecrets).All(&rows); err != nil {
		return nil, fmt.Errorf("look at the demo's secrets: %w", err)
	}
	wanted := map[string]credential{}
	for _, c := range credentials("") {
		wanted[c.Username] = c
	}
	m := marks{}
	for _, row := range rows {
		should := wanted[row.Name]
		sum := sha256.Sum256(fmt.Appendf(nil, "%s\n%+v", row.Stored, should))
		m[row.Name] = hex.EncodeToString(sum[:])
	}
	return m, nil
}

// unchanged are the marks of people whose secrets are what they were.
func (m marks) unchanged(before marks) marks {
	same := marks{}
	for name, mark := range m {
		if before[name] == mark {
			same[name] = mark
		}
	}
	return same
}

func (m marks) has(name string) bool { return m[name] != "" }
