package learning

import (
	"context"
	"fmt"

	"github.com/pocketbase/dbx"
)

// few is below what no number is said: so few people could be known by it.
const few = 5

// Touched counts learners whom a change of a module touches: those who have answers
// in it, and those who are in it now, who came by in the last two weeks and have not
// finished it. Fewer than five are said as -1, none as 0. It names nobody.
func (l *Learning) Touched(ctx context.Context, module string) (answered, inside int, err error) {
	var row struct {
		Answered int `db:"answered"`
		Inside   int `db:"inside"`
	}
	err = l.app.ConcurrentDB().NewQuery(`SELECT (SELECT COUNT(*) FROM (
			SELECT en.user FROM answers a JOIN enrolments en ON en.id = a.enrolment WHERE a.module = {:module}
			UNION SELECT f.user FROM reflections f WHERE f.module = {:module} AND f.state NOT IN ('deleted', 'withdrawn'))) AS answered,
		(SELECT COUNT(*) FROM progress p WHERE p.module = {:module} AND p.completed = '' AND p.updated > strftime('%Y-%m-%d %H:%M:%fZ', 'now', '-14 days')) AS inside`).
		Bind(dbx.Params{"module": module}).WithContext(ctx).One(&row)
	if err != nil {
		return 0, 0, fmt.Errorf("whom module %s touches: %w", module, err)
	}
	return atLeastFew(row.Answered), atLeastFew(row.Inside), nil
}

func atLeastFew(n int) int {
	if n > 0 && n < few {
		return -1
	}
	return n
}

// AnswersTo counts what learners gave to each activity of a module, by the name under
// which answers are stored. Fewer than five are -1.
func (l *Learning) AnswersTo(ctx context.Context, module string) (map[string]int, error) {
	var rows []struct {
		Activity string `db:"activity"`
		Answers  int    `db:"answers"`
	}
	err := l.app.ConcurrentDB().NewQuery(`SELECT activity, COUNT(*) AS answers FROM (
			SELECT activity FROM answers WHERE module = {:module}
			UNION ALL SELECT activity FROM reflections WHERE module = {:module} AND state NOT IN ('deleted', 'withdrawn')) GROUP BY activity`).
		Bind(dbx.Params{"module": module}).WithContext(ctx).All(&rows)
	if err != nil {
		return nil, fmt.Errorf("answers in module %s: %w", module, err)
	}
	found := make(map[string]int, len(rows))
	for _, row := range rows {
		found[row.Activity] = atLeastFew(row.Answers)
	}
	return found, nil
}
