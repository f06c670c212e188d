package reflections

import (
	"context"
	"fmt"
	"time"

	"alongside/hooks/notify"
	"alongside/hooks/people"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// A news is one kind of thing that waits for people, counted for all of them in
// one statement. It opens nothing.
type news struct {
	app core.App
	sql string
}

// sharesWaitSQL counts what waits for its reader to answer, as Readable has it.
var sharesWaitSQL = `SELECT s.reader AS person, 'shares' AS kind, COUNT(*) AS count FROM shares s
	WHERE s.waits != '' AND s.withdrawn = '' AND ` + people.Answers("s.learner", "s.reader", "s.role", "s.programme") + `
	GROUP BY s.reader`

// repliesWaitSQL counts what was written back to a learner and not seen yet.
const repliesWaitSQL = `SELECT s.learner AS person, 'replies' AS kind, COUNT(*) AS count
	FROM replies r JOIN shares s ON s.id = r.share
	WHERE r.state = 'sent' AND r.seen = '' AND r.writer != s.learner AND s.withdrawn = ''
	GROUP BY s.learner`

// nowWaitsSQL counts who needs help now and whom nobody helps, for those who were told
// and still work there.
var nowWaitsSQL = `SELECT k.worker AS person, 'now' AS kind, COUNT(DISTINCT k.learner) AS count FROM calls k
	WHERE k.kind = 'now' AND k.ended = '' AND k.worker != k.learner AND ` + people.Works("k.worker", "k.programme") + `
		AND (k.taken = '' OR NOT ` + people.Works("k.taker", "k.programme") + `)
	GROUP BY k.worker`

// stuckWaitsSQL counts who is stuck, for those who walk beside them, as StuckFor has
// it.
var stuckWaitsSQL = `SELECT a.worker AS person, 'stuck' AS kind, COUNT(DISTINCT k.learner) AS count
	FROM calls k JOIN assignments a ON a.learner = k.learner AND a.programme = k.programme AND a.worker != a.learner
	WHERE k.kind = 'stuck' AND k.ended = '' AND ` + people.IsBeside("a") + `
	GROUP BY a.worker`

// wishesWaitSQL counts who would rather have somebody else, for those who manage the
// programme, as WishesFor has it.
var wishesWaitSQL = `SELECT m.user AS person, 'tasks' AS kind, COUNT(DISTINCT k.id) AS count
	FROM calls k JOIN memberships m ON m.role = 'manager' AND m.programme = k.programme AND m.user NOT IN (k.worker, k.learner)
	WHERE ` + openWishes + ` AND ` + people.InForce("m") + `
	GROUP BY m.user`

// News are what the daily mail counts of this room.
func (r *Room) News() []notify.Source {
	return []notify.Source{
		news{r.app, nowWaitsSQL},
		news{r.app, stuckWaitsSQL},
		news{r.app, sharesWaitSQL},
		news{r.app, repliesWaitSQL},
		news{r.app, wishesWaitSQL},
		concernNews{r},
	}
}

// Waiting counts by person.
func (n news) Waiting(ctx context.Context, now time.Time) (counts []notify.Count, err error) {
	err = n.app.ConcurrentDB().NewQuery(n.sql).Bind(dbx.Params{"policyNow": people.Before(now)}).WithContext(ctx).All(&counts)
	if err != nil {
		return nil, fmt.Errorf("count what waits: %w", err)
	}
	return counts, nil
}
