package people

import (
	"errors"
	"fmt"
	"time"

	validation "github.com/pocketbase/ozzo-validation/v4"
	"github.com/pocketbase/pocketbase/core"
)

// A Programme is who pays and why. Its name may give away something private
// about those who are in it; its label must not.
type Programme struct {
	Name   string
	Label  string    // neutral: what cards, titles and exports say
	Starts time.Time // may be zero
	Ends   time.Time // it is over from here; may be zero
}

// CreateProgramme makes a programme and returns its id.
func CreateProgramme(app core.App, p Programme) (string, error) {
	return save(app, "programmes", p.fields())
}

func (p Programme) fields() map[string]any {
	return map[string]any{"name": p.Name, "label": p.Label, "starts": stored(p.Starts), "ends": stored(p.Ends)}
}

// CreateCohort makes a group that learns together, in a programme, and returns
// its id.
func CreateCohort(app core.App, programme, name string, starts time.Time) (string, error) {
	return save(app, "cohorts", map[string]any{"programme": programme, "name": name, "starts": stored(starts)})
}

// save makes a row.
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

// change puts fields of a row that is there anew.
func change(app core.App, collection, id string, fields map[string]any) error {
	row, err := app.FindRecordById(collection, id)
	if err != nil {
		return fmt.Errorf("change %s of %s: %w", id, collection, err)
	}
	row.Load(fields)
	if err := app.Save(row); err != nil {
		return fmt.Errorf("change %s of %s: %w", id, collection, err)
	}
	return nil
}

// isTakenIn reports whether an error says that another row has this field's
// value already.
func isTakenIn(err error, field string) bool {
	var wrong validation.Errors
	if !errors.As(err, &wrong) {
		return false
	}
	var why validation.Error
	return errors.As(wrong[field], &why) && why.Code() == "validation_not_unique"
}
