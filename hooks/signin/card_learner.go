package signin

import (
	"database/sql"
	"errors"
	"fmt"

	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// A cardHolder is somebody to whom staff give cards and codes.
type cardHolder struct {
	ID        string `db:"id"`
	Username  string `db:"username"`
	Called    string `db:"called"`
	Programme string `db:"programme"` // where they learn, for the record
}

// holder is the person of the address, whom the door has let the viewer see. Cards
// and codes are for those who learn, and who are no staff that sees others' things,
// now or later: whoever made such a card could be them. Nobody gives themselves one.
func (d *Desk) holder(e *core.RequestEvent) (*cardHolder, error) {
	person := e.Request.PathValue("learner")
	if person == web.Current(e).ID {
		return nil, web.ErrNotFound
	}
	found := &cardHolder{}
	err := d.app.ConcurrentDB().NewQuery(`
		SELECT u.id, u.username, CASE WHEN u.name != '' THEN u.name ELSE u.username END AS called, l.programme
		FROM users u JOIN memberships l ON l.user = u.id AND l.role = 'learner' AND l.starts <= {:now} AND (l.ends = '' OR l.ends > {:now})
		WHERE u.id = {:person} AND NOT EXISTS (
			SELECT 1 FROM memberships s WHERE s.user = u.id AND s.role IN ('facilitator', 'lead', 'manager') AND (s.ends = '' OR s.ends > {:now}))
		ORDER BY l.starts DESC LIMIT 1`).
		Bind(dbx.Params{"person": person, "now": databaseTime(d.now())}).WithContext(e.Request.Context()).One(found)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, web.ErrNotFound
	}
	if err != nil {
		return nil, fmt.Errorf("find who gets a card: %w", err)
	}
	return found, nil
}

// backToLearner ends a write about somebody's card.
func backToLearner(e *core.RequestEvent, learner *cardHolder, notice string) error {
	web.Notify(e, notice)
	return web.SeeOther(e, "/facilitate/learners/"+learner.ID)
}
