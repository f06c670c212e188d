package web

import (
	"errors"
	"fmt"

	"github.com/pocketbase/pocketbase/core"
)

// ErrChangedMeanwhile is what ChangeSettings returns where somebody else changed
// the settings since they were read.
var ErrChangedMeanwhile = errors.New("the settings were changed meanwhile")

// SettingsStampOf is the stamp of the settings that a form is made from.
func SettingsStampOf(e *core.RequestEvent) (string, error) { return stampOf(e) }

// ChangeSettings puts fields of the site's settings anew, if they are still those
// of a stamp; any stamp will do where it is "".
func ChangeSettings(tx core.App, stamp string, fields map[string]any) error {
	var now string
	if err := tx.DB().NewQuery("SELECT " + SettingsStamp).Row(&now); err != nil {
		return fmt.Errorf("change settings: %w", err)
	}
	if stamp != "" && stamp != now {
		return ErrChangedMeanwhile
	}
	row, err := tx.FindFirstRecordByFilter("settings", "id != ''")
	if err != nil {
		return fmt.Errorf("change settings: %w", err)
	}
	row.Load(fields)
	if err := tx.Save(row); err != nil {
		return fmt.Errorf("change settings: %w", err)
	}
	return nil
}
