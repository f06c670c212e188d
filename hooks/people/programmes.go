package people

import (
	"fmt"
	"time"

	"github.com/pocketbase/pocketbase/core"
)

// A Programme is who pays and why. Its name may give away something private
// about those who are in it; its label must not.
type Programme struct {
	Name  string
	Label string // neutral: what cards, titles and exports say
}

// CreateProgramme makes a programme and returns its id.
func CreateProgramme(app core.App, p Programme) (string, error) {
	return save(app, "programmes", map[string]any{"name": p.Name, "label": p.Label})
}

// CreateCohort makes a group that learns together, in a programme, and returns
// its id.
func CreateCohort(app core.App, programme, name string, starts time.Time) (string, error) {
	return save(app, "cohorts", map[string]any{"programme": programme, "name": name, "starts": stored(starts)})
}

func save(app core.App, collection string, fields map[string]any) (string, error) {
	found, err := app.FindCachedCollectionByNameOrId(collection)
	if err != nil {
		return "", fmt.Errorf("save into %s: %w", collection, err)
	}
	row := core.NewRecord(found)
	row.Load(fields)
	if err := app.Save(row); err != nil {
		return "", fmt.Errorf("save into %s: %w", collection, err)
	}
	return row.Id, nil
}
