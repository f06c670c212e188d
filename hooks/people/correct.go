package people

import (
	"context"
	"errors"
	"fmt"

	"alongside/hooks/audit"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// errEmailTaken says that an e-mail leads to another account.
var errEmailTaken = errors.New("another account has this e-mail")

// names are what somebody is known by, besides their username, and the language
// in which they are spoken to.
type names struct {
	Name     string `db:"name"`
	Email    string `db:"email"`
	Language string `db:"language"` // BCP 47; "" for the browser's choice
}

func (k *Keeping) namesOf(ctx context.Context, person string) (names, error) {
	var n names
	err := k.app.ConcurrentDB().NewQuery("SELECT name, email, language FROM users WHERE id = {:person}").
		Bind(dbx.Params{"person": person}).WithContext(ctx).One(&n)
	if err != nil {
		return n, fmt.Errorf("what %s is called: %w", person, err)
	}
	return n, nil
}

// correct puts right what somebody is called, and records which of it changed:
// never what it was, nor what it is. by is who did it, in which programme.
func (k *Keeping) correct(person, by, programme string, to names) error {
	return k.app.RunInTransaction(func(tx core.App) error {
		row, err := tx.FindRecordById("users", person)
		if err != nil {
			return fmt.Errorf("correct %s: %w", person, err)
		}
		var kinds []audit.Kind
		if row.GetString("name") != to.Name {
			kinds = append(kinds, audit.NameChanged)
		}
		if row.GetString("email") != to.Email {
			kinds = append(kinds, audit.EmailChanged)
		}
		if row.GetString("language") != to.Language {
			kinds = append(kinds, audit.LanguageChanged)
		}
		if kinds == nil {
			return nil
		}
		row.Set("name", to.Name)
		row.Set("email", to.Email)
		row.Set("language", to.Language)
		if err := tx.Save(row); err != nil {
			if isTakenIn(err, "email") {
				return errEmailTaken
			}
			return fmt.Errorf("correct %s: %w", person, err)
		}
		for _, kind := range kinds {
			if err := k.audit.Record(tx, audit.Act{Kind: kind, Actor: by, Subject: person, Programme: programme}); err != nil {
				return err
			}
		}
		return nil
	})
}

// store is correct for a form. An e-mail that another account has gets the same
// words from everybody who types it, and is on record: who types many of them
// wants to know who is here.
func (k *Keeping) store(in *typed, person, by, programme string, to names) error {
	err := k.correct(person, by, programme, to)
	if errors.Is(err, errEmailTaken) {
		k.audit.Note(audit.Act{Kind: audit.EmailRefused, Actor: by, Subject: person, Programme: programme})
		in.wrong("email", "email-not-here")
		return nil
	}
	return err
}
