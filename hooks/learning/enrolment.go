package learning

import (
	"fmt"
	"time"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"
)

// Enrol puts somebody on a course, as the people who work with them do. Whoever
// is on it already stays where they are. Who may do so the caller asks.
func Enrol(tx core.App, user, course string, now time.Time) error {
	moment, err := types.ParseDateTime(now)
	if err != nil {
		return fmt.Errorf("enrol %s: %w", user, err)
	}
	if err := enrol(tx, user, course, moment); err != nil {
		return fmt.Errorf("enrol %s: %w", user, err)
	}
	return nil
}
