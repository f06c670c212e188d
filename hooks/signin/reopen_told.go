package signin

import (
	"database/sql"
	"errors"
	"fmt"
	"time"

	"alongside/hooks/audit"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// tellFor is how long somebody is told that staff opened their texts with them.
// Their own data says so for as long as the record is kept.
const tellFor = 14 * 24 * time.Hour

// Reopened says who opened the texts of somebody, as the second person.
type Reopened struct {
	By string `db:"by"` // what they are called
	At string `db:"at"` // as the database writes it
}

// ReopenedOf is what the viewer has to be told of that, nil where nothing is.
func ReopenedOf(e *core.RequestEvent) (*Reopened, error) {
	r := &Reopened{}
	err := e.App.ConcurrentDB().NewQuery(`
		SELECT a.at, COALESCE(NULLIF(u.name, ''), u.username, '') AS by FROM audit a LEFT JOIN users u ON u.id = a.actor
		WHERE a.subject = {:user} AND a.kind = {:kind} AND a.detail = {:staff} AND a.at > {:since} ORDER BY a.number DESC LIMIT 1`).
		Bind(dbx.Params{
			"user": web.Current(e).ID, "kind": audit.Reopened, "staff": withStaff, "since": databaseTime(web.Now(e).Add(-tellFor)),
		}).WithContext(e.Request.Context()).One(r)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("who opened the texts of somebody: %w", err)
	}
	return r, nil
}
