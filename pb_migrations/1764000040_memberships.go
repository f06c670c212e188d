package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// A person's role in a programme between two dates. A manager of no programme
// is the site manager.
func init() {
	m.Register(func(app core.App) error {
		users, err := app.FindCollectionByNameOrId("users")
		if err != nil {
			return err
		}
		programmes, err := app.FindCollectionByNameOrId("programmes")
		if err != nil {
			return err
		}
		cohorts, err := app.FindCollectionByNameOrId("cohorts")
		if err != nil {
			return err
		}
		memberships := core.NewBaseCollection("memberships")
		memberships.Fields.Add(
			&core.RelationField{Name: "user", Required: true, CollectionId: users.Id, MaxSelect: 1, CascadeDelete: true},
			&core.RelationField{Name: "programme", CollectionId: programmes.Id, MaxSelect: 1},
			&core.RelationField{Name: "cohort", CollectionId: cohorts.Id, MaxSelect: 1},
			&core.SelectField{
				Name: "role", Required: true, MaxSelect: 1,
				Values: []string{"learner", "mentor", "facilitator", "lead", "manager"},
			},
			&core.DateField{Name: "starts", Required: true},
			&core.DateField{Name: "ends"}, // empty while it holds
			&core.AutodateField{Name: "created", OnCreate: true},
			&core.AutodateField{Name: "updated", OnCreate: true, OnUpdate: true},
		)
		memberships.AddIndex("memberships_user_role", true, "user, programme, cohort, role", "ends = ''")
		memberships.AddIndex("memberships_user", false, "user", "")
		memberships.AddIndex("memberships_programme", false, "programme, role", "")
		memberships.AddIndex("memberships_cohort", false, "cohort, role", "")
		return app.Save(memberships)
	}, func(app core.App) error {
		return deleteCollection(app, "memberships")
	})
}
