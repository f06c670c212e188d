package learning

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"alongside/hooks/content"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"
)

// A move is one learner's move in a module: to a step, or on from it.
type move struct {
	enrolment string
	course    string
	module    string
	live      *content.Compiled
	step      string // as of live
	onward    bool   // the step is done
	now       types.DateTime
}

const (
	progressSQL = `SELECT revision, done, last, completed FROM progress WHERE id = {:id}`
	moveSQL     = `INSERT INTO progress (id, enrolment, module, revision, done, last, completed, created, updated)
		VALUES ({:id}, {:enrolment}, {:module}, {:revision}, {:done}, {:last}, {:completed}, {:now}, {:now})
		ON CONFLICT (id) DO UPDATE SET revision = excluded.revision, done = excluded.done, last = excluded.last,
			completed = excluded.completed, updated = excluded.updated`
	// A course is finished once all its modules are, and stays so.
	finishSQL = `UPDATE enrolments SET state = 'finished', finished = {:now}, updated = {:now}
		WHERE id = {:id} AND finished = '' AND NOT EXISTS (
			SELECT 1 FROM modules m JOIN courses c ON c.id = m.course
			JOIN revisions r ON r.module = m.id AND r.state = 'live' AND r.language = c.language
			LEFT JOIN progress p ON p.enrolment = {:id} AND p.module = m.id
			WHERE m.course = {:course} AND COALESCE(p.completed, '') = '')`
)

// move stores a move. It is decided inside the transaction, from what is there
// then: of two tabs that go on at once both count, and whichever comes last
// sees that all is done.
func (l *Learning) move(ctx context.Context, tx core.App, m move) error {
	id := rowID(m.enrolment, m.module)
	stored, err := progressIn(tx, id)
	if err != nil {
		return fmt.Errorf("progress: %w", err)
	}
	was, err := l.asOf(ctx, stored, m.live.Revision)
	if err != nil {
		return err
	}
	p := was
	if m.onward {
		p = p.after(m.step, m.live.Outline.Steps, m.now.String())
	} else {
		p.Last = m.step
	}
	if stored.Revision == m.live.Revision && slices.Equal(p.Done, was.Done) && p.Last == was.Last && p.Completed == was.Completed {
		return nil
	}
	done, err := json.Marshal(append([]string{}, p.Done...))
	if err != nil {
		return err
	}
	err = web.Exec(tx, moveSQL, dbx.Params{
		"id": id, "enrolment": m.enrolment, "module": m.module, "revision": m.live.Revision,
		"done": string(done), "last": p.Last, "completed": p.Completed, "now": m.now.String(),
	})
	if err != nil || p.Completed == was.Completed {
		return err
	}
	return web.Exec(tx, finishSQL, dbx.Params{"id": m.enrolment, "course": m.course, "now": m.now.String()})
}

// progressIn reads a progress inside a transaction, empty where there is none.
func progressIn(tx core.App, id string) (progress, error) {
	var row struct {
		Revision  string `db:"revision"`
		Done      string `db:"done"`
		Last      string `db:"last"`
		Completed string `db:"completed"`
	}
	err := tx.NonconcurrentDB().NewQuery(progressSQL).Bind(dbx.Params{"id": id}).One(&row)
	if errors.Is(err, sql.ErrNoRows) {
		return progress{}, nil
	}
	if err != nil {
		return progress{}, err
	}
	p := progress{Revision: row.Revision, Last: row.Last, Completed: row.Completed}
	return p, json.Unmarshal([]byte(row.Done), &p.Done)
}

// asOf reads a progress as of another revision.
func (l *Learning) asOf(ctx context.Context, p progress, revision string) (progress, error) {
	if p.Revision == "" || p.Revision == revision {
		return p, nil
	}
	carrier, err := l.content.Carrier(ctx, p.Revision, revision)
	if err != nil {
		return progress{}, err
	}
	return p.carried(carrier, revision), nil
}
