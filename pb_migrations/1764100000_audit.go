package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// Who did what to whose things, and when: ids and kinds, no content. Rows are
// numbered and chained, and the database itself refuses to change one, or to
// remove one that is younger than a year. People are named by plain ids: a
// record outlives whoever it speaks of.
func init() {
	m.Register(func(app core.App) error {
		audit := core.NewBaseCollection("audit")
		audit.Fields.Add(
			&core.NumberField{Name: "number", Required: true, OnlyInt: true}, // counted from 1, without a gap
			&core.TextField{Name: "at", Required: true, Max: 24},             // as PocketBase writes moments; part of what the MAC covers
			&core.TextField{Name: "kind", Required: true, Max: 60},
			&core.TextField{Name: "actor", Max: 15},
			&core.TextField{Name: "subject", Max: 15},
			&core.TextField{Name: "item", Max: 60},
			&core.TextField{Name: "programme", Max: 15},
			&core.TextField{Name: "detail", Max: 200},
			&core.TextField{Name: "mac", Max: 100, Hidden: true}, // over the MAC before and all of the above; empty where no key was there
		)
		audit.AddIndex("audit_number", true, "number", "")
		audit.AddIndex("audit_at", false, "at", "")
		audit.AddIndex("audit_subject", false, "subject, number", "")
		audit.AddIndex("audit_actor", false, "actor, number", "")
		audit.AddIndex("audit_programme", false, "programme, number", "")
		if err := app.Save(audit); err != nil {
			return err
		}
		for _, sql := range []string{
			`CREATE TRIGGER audit_never_changes BEFORE UPDATE ON audit
				BEGIN SELECT RAISE(ABORT, 'a row of the record of acts never changes'); END`,
			`CREATE TRIGGER audit_is_kept BEFORE DELETE ON audit WHEN old.at > strftime('%Y-%m-%d %H:%M:%fZ', 'now', '-1 year')
				BEGIN SELECT RAISE(ABORT, 'a row of the record of acts is kept for a year at least'); END`,
			// INSERT OR REPLACE removes a row without a word to the one above.
			`CREATE TRIGGER audit_only_adds BEFORE INSERT ON audit WHEN EXISTS (SELECT 1 FROM audit WHERE number = new.number OR id = new.id)
				BEGIN SELECT RAISE(ABORT, 'a row of the record of acts is never replaced'); END`,
		} {
			if _, err := app.NonconcurrentDB().NewQuery(sql).Execute(); err != nil {
				return err
			}
		}

		holds := core.NewBaseCollection("holds")
		holds.Fields.Add(
			&core.TextField{Name: "person", Required: true, Max: 15}, // of users
			&core.SelectField{Name: "why", Required: true, MaxSelect: 1, Values: []string{"safeguarding", "legal", "funder"}},
			&core.TextField{Name: "by", Required: true, Max: 15},
			&core.DateField{Name: "starts", Required: true},
			&core.DateField{Name: "until", Required: true}, // it is looked at again by then
			&core.DateField{Name: "ended"},
			&core.AutodateField{Name: "created", OnCreate: true},
		)
		holds.AddIndex("holds_person", false, "person, ended", "")
		return app.Save(holds)
	}, func(app core.App) error {
		for _, sql := range []string{"DROP TRIGGER audit_never_changes", "DROP TRIGGER audit_is_kept", "DROP TRIGGER audit_only_adds"} {
			if _, err := app.NonconcurrentDB().NewQuery(sql).Execute(); err != nil {
				return err
			}
		}
		if err := deleteCollection(app, "holds"); err != nil {
			return err
		}
		return deleteCollection(app, "audit")
	})
}
