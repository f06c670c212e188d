package product

import (
	"database/sql"
	"fmt"
	"path/filepath"

	_ "modernc.org/sqlite" // the driver, at the product's own version
)

// Change changes the data by SQL, for what no clock of a test can bring about.
// The server must be stopped.
func (p *Product) Change(statement string) error {
	db, err := sql.Open("sqlite", filepath.Join(p.Folder, "data.db"))
	if err != nil {
		return fmt.Errorf("open the data: %w", err)
	}
	defer db.Close()
	result, err := db.Exec(statement)
	if err != nil {
		return fmt.Errorf("change the data: %w", err)
	}
	if n, err := result.RowsAffected(); err != nil || n == 0 {
		return fmt.Errorf("change the data: nothing was there to change (%w)", err)
	}
	return nil
}
