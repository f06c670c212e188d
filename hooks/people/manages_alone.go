package people

import (
	"context"
	"fmt"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// The site counts as a programme here: its managers have a membership without one.
// A programme that has ended needs nobody.
const managesAloneSQL = `SELECT EXISTS (SELECT 1 FROM memberships m WHERE m.user = {:person} AND m.role = 'manager' AND m.starts <= {:now}
	AND (m.ends = '' OR m.ends > {:now}) AND NOT EXISTS (SELECT 1 FROM programmes p WHERE p.id = m.programme AND p.ends != '' AND p.ends <= {:now})
	AND NOT EXISTS (SELECT 1 FROM memberships o WHERE o.role = 'manager' AND o.programme = m.programme
		AND o.user != m.user AND o.starts <= {:now} AND (o.ends = '' OR o.ends > {:now})))`

// managesAlone reports whether a programme, or the site, would have no manager
// without somebody.
func managesAlone(ctx context.Context, app core.App, person string, now time.Time) (last bool, err error) {
	err = app.DB().NewQuery(managesAloneSQL).Bind(dbx.Params{"person": person, "now": Before(now)}).WithContext(ctx).Row(&last)
	if err != nil {
		return false, fmt.Errorf("whether %s is the last manager: %w", person, err)
	}
	return last, nil
}
