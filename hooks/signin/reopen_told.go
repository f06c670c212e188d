package signin

import (
	"fmt"
	"time"

	"alongside/hooks/audit"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// tellFor is how long somebody is told that their texts were opened. Their own
// data says so for as long as the record is kept.
const tellFor = 14 * 24 * time.Hour

// Reopened says who opened the texts of somebody: a second person, or whoever gave
// a secret of theirs.
type Reopened struct {
	With string `db:"way"` // "pin", "password", or "staff"
	By   string `db:"by"`  // what the second person is called
	At   string `db:"at"`  // as the database writes it
}

// ReopenedOf is what the viewer has to be told of that: of each person and way
// the last time.
func ReopenedOf(e *core.RequestEvent) ([]Reopened, error) {
	var all []Reopened
	err := e.App.ConcurrentDB().NewQuery(`
		SELECT MAX(a.number), a.at, replace(a.detail, {:session}, '') AS way, COALESCE(NULLIF(u.name, ''), u.username, '') AS by
		FROM audit a LEFT JOIN users u ON u.id = a.actor
		WHERE a.subject = {:user} AND a.kind = {:kind} AND a.at > {:since}
		GROUP BY a.actor, way ORDER BY MAX(a.number) DESC LIMIT 5`).
		Bind(dbx.Params{
			"user": web.Current(e).ID, "kind": audit.Reopened, "session": onlySession, "since": databaseTime(web.Now(e).Add(-tellFor)),
		}).WithContext(e.Request.Context()).All(&all)
	if err != nil {
		return nil, fmt.Errorf("who opened the texts of somebody: %w", err)
	}
	return all, nil
}
