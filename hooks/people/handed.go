package people

import (
	"context"
	"fmt"
	"time"

	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// toldFor is how long a learner reads on their first page that somebody else
// walks beside them.
const toldFor = 14 * 24 * time.Hour

// A HandOver says that somebody else walks beside a learner than before.
type HandOver struct {
	Role   web.Role // what they are to the learner
	Now    string   // what the new one is called
	Before string   // what the former one is called
}

// HandOversOf are those of the last two weeks that still hold. One assignment
// took another's place where it began in the moment in which that ended.
func HandOversOf(ctx context.Context, app core.App, learner string, now time.Time) ([]HandOver, error) {
	var rows []struct {
		Role       web.Role `db:"role"`
		Name       string   `db:"name"`
		Username   string   `db:"username"`
		Before     string   `db:"before"`
		BeforeUser string   `db:"before_user"`
	}
	err := app.ConcurrentDB().NewQuery(`
		SELECT a.role, u.name, u.username, f.name AS before, f.username AS before_user
		FROM assignments a JOIN users u ON u.id = a.worker
		JOIN assignments b ON b.learner = a.learner AND b.ends = a.starts AND b.role = a.role AND b.programme = a.programme AND b.worker != a.worker
		JOIN users f ON f.id = b.worker
		WHERE a.learner = {:learner} AND a.starts > {:since} AND ` + holdsNow("a") + `
			AND EXISTS (SELECT 1 FROM memberships m WHERE m.user = a.worker AND m.role = a.role AND m.programme = a.programme AND ` + holdsNow("m") + `)
		ORDER BY a.starts DESC, a.id LIMIT 10`).
		Bind(dbx.Params{"learner": learner, "since": stored(now.Add(-toldFor)).String(), "policyNow": stored(now).String()}).
		WithContext(ctx).All(&rows)
	if err != nil {
		return nil, fmt.Errorf("hand-overs of %s: %w", learner, err)
	}
	all := make([]HandOver, len(rows))
	for i, row := range rows {
		all[i] = HandOver{Role: row.Role, Now: called(row.Name, row.Username), Before: called(row.Before, row.BeforeUser)}
	}
	return all, nil
}
