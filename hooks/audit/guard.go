package audit

import (
	"alongside/templates"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/router"
)

// guard refuses what PocketBase itself would do to the record: its dashboard,
// its REST API, and app.Save. The database refuses what goes around it, as far
// as it can. Migrations have run by now.
func guard(app core.App) {
	app.OnRecordCreate("audit").BindFunc(func(*core.RecordEvent) error { return refusal() })
	app.OnRecordUpdate("audit").BindFunc(func(*core.RecordEvent) error { return refusal() })
	app.OnRecordDelete("audit").BindFunc(func(*core.RecordEvent) error { return refusal() })
	app.OnCollectionUpdate("audit").BindFunc(func(*core.CollectionEvent) error { return refusal() })
	app.OnCollectionDelete("audit").BindFunc(func(*core.CollectionEvent) error { return refusal() })
}

func refusal() error {
	return router.NewBadRequestError(templates.Say(language, "audit.only-grows", nil), nil)
}
