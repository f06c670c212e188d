package demo

import (
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"time"

	"alongside/hooks/people"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// People are those of a demo: their ids, by the keys of the cast.
type People map[string]string

// The one programme of the demo, and its one cohort.
const (
	programmeName  = "Walking Alongside, North Quay"
	programmeLabel = "North Quay"
	cohortName     = "Thursday group"
)

// refuseRealPeople returns ErrRealPeople where anybody is who is not in the
// cast, or any superuser who is not the demo's.
func refuseRealPeople(app core.App) error {
	var users, superusers []string
	if err := app.DB().NewQuery("SELECT username FROM users").Column(&users); err != nil {
		return fmt.Errorf("look who is there: %w", err)
	}
	if err := app.DB().NewQuery("SELECT email FROM _superusers").Column(&superusers); err != nil {
		return fmt.Errorf("look who is there: %w", err)
	}
	for _, name := range users {
		if !slices.ContainsFunc(cast(), func(p part) bool { return p.username == name }) {
			return ErrRealPeople
		}
	}
	for _, email := range superusers {
		if email != superuserEmail && email != core.DefaultInstallerEmail {
			return ErrRealPeople
		}
	}
	return nil
}

// makePeople makes whoever is not there yet, all or none.
func makePeople(app core.App, same marks, now time.Time) (People, error) {
	made := People{}
	err := app.RunInTransaction(func(tx core.App) error {
		programme, cohort, err := makeProgramme(tx, now)
		if err != nil {
			return err
		}
		for _, p := range cast() {
			if made[p.key], err = makePerson(tx, p, same, programme, cohort, now); err != nil {
				return err
			}
		}
		if err := assign(tx, made, programme, now); err != nil {
			return err
		}
		return makeSuperuser(tx, same)
	})
	return made, err
}

func makeProgramme(tx core.App, now time.Time) (programme, cohort string, err error) {
	programme, err = idOf(tx, "programmes", dbx.HashExp{"label": programmeLabel})
	if err != nil {
		return "", "", err
	}
	if programme == "" {
		programme, err = people.CreateProgramme(tx, people.Programme{Name: programmeName, Label: programmeLabel})
		if err != nil {
			return "", "", err
		}
	}
	cohort, err = idOf(tx, "cohorts", dbx.HashExp{"programme": programme, "name": cohortName})
	if err != nil || cohort != "" {
		return programme, cohort, err
	}
	cohort, err = people.CreateCohort(tx, programme, cohortName, now.Add(-100*day))
	return programme, cohort, err
}

func makePerson(tx core.App, p part, same marks, programme, cohort string, now time.Time) (string, error) {
	user, err := tx.FindFirstRecordByData("users", "username", p.username)
	if err == nil && same.has(p.username) {
		return user.Id, nil
	}
	if err == nil {
		user.Set("own_password", true)
		return user.Id, resetPassword(tx, user, p.password)
	}
	if !errors.Is(err, sql.ErrNoRows) {
		return "", err
	}
	id, err := people.Create(tx, people.Person{Username: p.username, Name: p.name}, p.password)
	if err != nil {
		return "", err
	}
	return id, people.Join(tx, p.membership(id, programme, cohort, now))
}

// resetPassword gives somebody back the password that demo.json names, where
// whoever tried the demo changed it.
func resetPassword(tx core.App, record *core.Record, password string) error {
	if !record.ValidatePassword(password) {
		record.SetPassword(password)
	}
	return tx.Save(record)
}

// membership ties learners and those who walk beside them to the cohort.
func (p part) membership(user, programme, cohort string, now time.Time) people.Membership {
	m := people.Membership{User: user, Role: p.role, Programme: programme, Starts: now.Add(-p.since)}
	switch {
	case p.ofSite:
		m.Programme = ""
	case p.role == web.Learner || p.role == web.Mentor || p.role == web.Facilitator:
		m.Cohort = cohort
	}
	return m
}

func makeSuperuser(tx core.App, same marks) error {
	if same.has(superuserEmail) {
		return nil
	}
	superuser, err := tx.FindAuthRecordByEmail(core.CollectionNameSuperusers, superuserEmail)
	if err == nil {
		return resetPassword(tx, superuser, superuserPassword)
	}
	if !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	superusers, err := tx.FindCachedCollectionByNameOrId(core.CollectionNameSuperusers)
	if err != nil {
		return err
	}
	superuser = core.NewRecord(superusers)
	superuser.SetEmail(superuserEmail)
	superuser.SetPassword(superuserPassword)
	return tx.Save(superuser)
}

// idOf finds a row of a demo that was filled before, "" where there is none.
func idOf(tx core.App, collection string, which dbx.Expression) (id string, err error) {
	err = tx.DB().Select("id").From(collection).Where(which).Row(&id)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return id, err
}
