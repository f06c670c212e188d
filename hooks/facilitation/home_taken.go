package facilitation

import (
	"fmt"
	"time"

	"alongside/hooks/people"
	"alongside/hooks/web"

	"github.com/pocketbase/pocketbase/core"
)

// takenFor is how long somebody reads on their first page whom they took over.
const takenFor = 14 * 24 * time.Hour

// taken are the learners whom the viewer was given of late, by day. Whoever was
// added and given to them in one is not among them: the viewer did that, or it
// stands in their list.
func (f *Facilitation) taken(e *core.RequestEvent) ([]Taken, error) {
	viewer, now := web.Current(e), web.Now(e)
	q := newQuery(now)
	mine := q.whom(viewer, people.Progress, people.DoneOrNot, now)
	q.params["viewer"], q.params["since"] = viewer.ID, moment(now.Add(-takenFor))
	var rows []struct {
		ID       string `db:"id"`
		Username string `db:"username"`
		Name     string `db:"name"`
		Since    string `db:"since"`
	}
	err := f.app.ConcurrentDB().NewQuery(`
		SELECT DISTINCT u.id, u.username, u.name, substr(a.starts, 1, 10) AS since FROM assignments a JOIN users u ON u.id = a.learner
		WHERE a.worker = {:viewer} AND a.starts > {:since} AND ` + holds("a") + ` AND a.learner IN (` + mine + `)
			AND EXISTS (SELECT 1 FROM memberships l WHERE l.user = a.learner AND l.role = 'learner' AND +l.programme = a.programme AND l.starts < a.starts AND ` + holds("l") + `)
		ORDER BY since DESC, CASE WHEN u.name = '' THEN u.username ELSE u.name END COLLATE NOCASE, u.id LIMIT 500`).
		Bind(q.params).WithContext(e.Request.Context()).All(&rows)
	if err != nil {
		return nil, fmt.Errorf("whom they took over: %w", err)
	}
	var all []Taken
	for _, r := range rows {
		if len(all) > 0 && all[len(all)-1].Since == r.Since {
			all[len(all)-1].Others++
			continue
		}
		all = append(all, Taken{First: Person{r.ID, r.Username, r.Name}, Since: r.Since})
	}
	return all, nil
}
