package demo

import (
	"fmt"

	"github.com/pocketbase/pocketbase/core"
)

// NoSecondFactors takes away what whoever tried the demo set up, so that what
// demo.json names lets people in at each start.
func NoSecondFactors(app core.App, _ People) error {
	return app.RunInTransaction(func(tx core.App) error {
		for _, table := range []string{"second_factors", "recovery_codes"} {
			if _, err := tx.DB().Delete(table, nil).Execute(); err != nil {
				return fmt.Errorf("demo: empty %s: %w", table, err)
			}
		}
		return nil
	})
}
