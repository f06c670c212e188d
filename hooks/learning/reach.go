package learning

import (
	"context"
	"encoding/json"
	"fmt"

	"alongside/hooks/content"

	"github.com/pocketbase/dbx"
)

// A Reach is how many people got how far in a module. It names nobody; the numbers are
// as they are, and whoever shows them sees to it that nobody is known by one.
type Reach struct {
	Began    int
	Finished int   // once, whatever was added since
	Steps    []int // how many got as far as each step
}

// ReachOf counts for a module, as of one of its revisions.
func (l *Learning) ReachOf(ctx context.Context, module, revision string, steps []content.StepOutline) (Reach, error) {
	reach := Reach{Steps: make([]int, len(steps))}
	var rows []struct {
		Revision string `db:"revision"`
		Done     string `db:"done"`
		Last     string `db:"last"`
		Finished bool   `db:"finished"`
		People   int    `db:"people"`
	}
	err := l.app.ConcurrentDB().NewQuery(`SELECT p.revision, p.done, p.last, p.completed != '' AS finished, COUNT(*) AS people FROM progress p
		WHERE p.module = {:module} GROUP BY p.revision, p.done, p.last, finished`).Bind(dbx.Params{"module": module}).WithContext(ctx).All(&rows)
	if err != nil {
		return reach, fmt.Errorf("how far people got in module %s: %w", module, err)
	}
	for _, row := range rows {
		p := progress{Revision: row.Revision, Last: row.Last}
		if err := json.Unmarshal([]byte(row.Done), &p.Done); err != nil {
			return reach, fmt.Errorf("steps done in module %s: %w", module, err)
		}
		if p, err = l.asOf(ctx, p, revision); err != nil {
			return reach, err
		}
		reach.Began += row.People
		if row.Finished {
			reach.Finished += row.People
		}
		for i := range p.furthest(steps, row.Finished) + 1 {
			reach.Steps[i] += row.People
		}
	}
	return reach, nil
}

// furthest is the last step that somebody got to, from 0.
func (p progress) furthest(steps []content.StepOutline, finished bool) int {
	if finished {
		return len(steps) - 1
	}
	far := 0
	for i, step := range steps {
		if p.isDone(step.ID) || p.Last == step.ID {
			far = i
		}
	}
	return far
}
