package facilitation

import (
	"context"
	"fmt"
	"time"

	"alongside/hooks/people"
	"alongside/hooks/reflections"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// claimFor is how long somebody answers a reflection before it is anybody's again.
// The page that they have open renews it, once a part of the time is over.
const (
	claimFor   = 30 * time.Minute
	renewAfter = 2 * time.Minute
)

// takeSQL claims a reflection that nobody has, and renews the claim of whoever has
// it. Of two at once one wins: it is one statement.
const takeSQL = `INSERT INTO claims (id, reflection, worker, until, created, updated) VALUES ({:id}, {:reflection}, {:worker}, {:until}, {:now}, {:now})
	ON CONFLICT (reflection) DO UPDATE SET worker = excluded.worker, until = excluded.until, updated = excluded.updated
	WHERE claims.until <= {:now} OR claims.worker = excluded.worker AND claims.until <= {:renew}`

// A claim is who answers a reflection now. It keeps nobody from answering: it only
// says so.
type claim struct {
	Worker   string `db:"worker"`
	Name     string `db:"name"`
	Username string `db:"username"`
}

// take claims a reflection for a worker while nobody else has it.
func (f *Facilitation) take(reflection, worker string, now time.Time) error {
	err := web.Exec(f.app, takeSQL, dbx.Params{
		"id": idOf("claim", reflection), "reflection": reflection, "worker": worker,
		"until": moment(now.Add(claimFor)), "now": moment(now), "renew": moment(now.Add(claimFor - renewAfter)),
	})
	if err != nil {
		return fmt.Errorf("claim reflection %s: %w", reflection, err)
	}
	return nil
}

// claimOf is who has a reflection now; the zero claim while nobody does.
func (f *Facilitation) claimOf(ctx context.Context, reflection string, now time.Time) (c claim, err error) {
	err = f.app.ConcurrentDB().NewQuery(`SELECT c.worker, u.name, u.username FROM claims c JOIN users u ON u.id = c.worker
		WHERE c.reflection = {:reflection} AND c.until > {:now}`).
		Bind(dbx.Params{"reflection": reflection, "now": moment(now)}).WithContext(ctx).One(&c)
	if isNone(err) {
		return claim{}, nil
	}
	if err != nil {
		return claim{}, fmt.Errorf("who answers reflection %s: %w", reflection, err)
	}
	return c, nil
}

var othersSQL = `SELECT EXISTS (SELECT 1 FROM shares o WHERE o.reflection = {:reflection} AND o.reader != {:reader} AND o.withdrawn = ''
	AND ` + people.Answers("o.learner", "o.reader", "o.role", "o.programme") + `)`

// hasOthers reports whether anybody besides its reader may read the reflection of a
// share now.
func (f *Facilitation) hasOthers(ctx context.Context, s reflections.Share, now time.Time) (yes bool, err error) {
	err = f.app.ConcurrentDB().NewQuery(othersSQL).
		Bind(dbx.Params{"reflection": s.Reflection, "reader": s.Reader, "policyNow": people.Before(now)}).WithContext(ctx).Row(&yes)
	if err != nil {
		return false, fmt.Errorf("who else reads reflection %s: %w", s.Reflection, err)
	}
	return yes, nil
}

// giveBack lets go of what a worker has, and of every claim whose time is over.
func (f *Facilitation) giveBack(tx core.App, reflection, worker string, now time.Time) error {
	err := web.Exec(tx, "DELETE FROM claims WHERE reflection = {:reflection} AND worker = {:worker} OR until <= {:now}",
		dbx.Params{"reflection": reflection, "worker": worker, "now": moment(now)})
	if err != nil {
		return fmt.Errorf("give back reflection %s: %w", reflection, err)
	}
	return nil
}
