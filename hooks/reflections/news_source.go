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

// News are what the daily mail counts of this room.
func (r *Room) News() []notify.Source {
	return []notify.Source{news{r.app, sharesWaitSQL}, news{r.app, repliesWaitSQL}}
}

// Waiting counts by person.
func (n news) Waiting(ctx context.Context, now time.Time) (counts []notify.Count, err error) {
	err = n.app.ConcurrentDB().NewQuery(n.sql).Bind(dbx.Params{"policyNow": people.Before(now)}).WithContext(ctx).All(&counts)
	if err != nil {
		return nil, fmt.Errorf("count what waits: %w", err)
	}
	return counts, nil
}
