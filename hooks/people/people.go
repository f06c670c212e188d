// Package people is who is here: persons, programmes, cohorts and what each
// person is in them, between two dates.
//
// What it makes it stores at once. Nothing here asks who may do so: the handler
// that calls it does.
package people

import (
	"fmt"
	"strings"
	"time"

	"alongside/hooks/web"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/security"
	"github.com/pocketbase/pocketbase/tools/types"
)

// A Person is somebody with an account, as they are made.
type Person struct {
	Username string // neutral, a-z, 0-9, ".", "_" and "-"; stored in small letters
	Email    string // may be empty
	Name     string // what they want to be called; may be empty
	Language string // BCP 47; empty for the browser's choice

	ID     string // made from the form that asks for them, so that it makes them once; "" for a random one
	Locked string // of Unknown, for somebody without a password, where hashing must not hold up others; "" hashes one
}

// Unknown is the hash of a password that nobody knows.
func Unknown(app core.App) (string, error) {
	users, err := app.FindCachedCollectionByNameOrId("users")
	if err != nil {
		return "", fmt.Errorf("a password that nobody knows: %w", err)
	}
	row := core.NewRecord(users)
	row.SetPassword(security.RandomString(40))
	return row.GetString("password:hash"), nil
}

// Create makes a person, and returns their id. With "" for a password they have
// none that anybody knows, and need another way in. Its errors are
// validation.Errors by field where a field is the reason: a username that is
// taken, an e-mail that is none.
func Create(app core.App, p Person, password string) (string, error) {
	users, err := app.FindCachedCollectionByNameOrId("users")
	if err != nil {
		return "", fmt.Errorf("make a person: %w", err)
	}
	row := core.NewRecord(users)
	row.Load(map[string]any{
		"id":           p.ID,
		"username":     strings.ToLower(p.Username),
		"email":        p.Email,
		"name":         p.Name,
		"language":     p.Language,
		"own_password": password != "",
	})
	switch {
	case password != "":
		row.SetPassword(password)
	case p.Locked != "":
		row.SetRaw("password", &core.PasswordFieldValue{Hash: p.Locked})
	default:
		row.SetPassword(security.RandomString(40))
	}
	if err := app.Save(row); err != nil {
		return "", fmt.Errorf("make a person: %w", err)
	}
	return row.Id, nil
}

// Count says how many people there are, up to a bound: enough to know whether
// there are none, or others than a few.
func Count(app core.App, upTo int) (int, error) {
	var n int
	err := app.DB().NewQuery("SELECT COUNT(*) FROM (SELECT 1 FROM users LIMIT {:upTo})").
		Bind(map[string]any{"upTo": upTo}).Row(&n)
	if err != nil {
		return 0, fmt.Errorf("count people: %w", err)
	}
	return n, nil
}

// A Membership is a role that somebody takes on.
type Membership struct {
	User      string // id
	Role      web.Role
	Programme string    // id; "" with the role manager is the site manager
	Cohort    string    // id; "" where the role is not tied to one
	Starts    time.Time // it holds from here
	Ends      time.Time // and until here; zero for no end yet
}

// Join gives somebody a role. The same one twice at a time is refused.
func Join(app core.App, m Membership) error {
	if err := endLeftOver(app, m); err != nil {
		return err
	}
	_, err := save(app, "memberships", map[string]any{
		"user":      m.User,
		"role":      string(m.Role),
		"programme": m.Programme,
		"cohort":    m.Cohort,
		"starts":    stored(m.Starts),
		"ends":      stored(m.Ends),
	})
	return err
}

// stored is a moment as the database keeps it; the zero time is an empty field.
func stored(t time.Time) types.DateTime {
	if t.IsZero() {
		return types.DateTime{}
	}
	moment, _ := types.ParseDateTime(t) // of a time.Time it cannot fail
	return moment
}
