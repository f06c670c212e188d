package reflections

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"alongside/hooks/audit"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// restSQL lets a thread rest that was answered before, if nobody has sent anything
// since its stamp was taken.
const restSQL = `UPDATE shares SET waits = '', updated = {:now} WHERE id = {:id} AND mac = {:mac} AND withdrawn = '' AND waits != '' AND answered >= shared
	AND ` + turnsSQL + ` = {:turns}`

// Rest is for the reader of a thread who has read what the learner wrote back, where
// nothing more is needed: the thread waits for nobody. turns is its stamp when they
// read it. It returns ErrNotThere where it has gone on, or waits for no such thing.
func (r *Room) Rest(viewer *web.Viewer, s Share, turns string) error {
	return r.app.RunInTransaction(func(tx core.App) error {
		done, err := web.Changes(tx, restSQL, dbx.Params{"id": s.ID, "mac": s.MAC, "turns": turns, "now": moment(r.now())})
		if err != nil {
			return fmt.Errorf("let a thread rest: %w", err)
		}
		if !done {
			return ErrNotThere
		}
		return r.audit.Record(tx, audit.Act{Kind: audit.ReplyRead, Actor: viewer.ID, Subject: s.Learner, Item: s.ID, Programme: s.Programme})
	})
}

// turnsSQL is the stamp of how far a thread of the table shares has come.
const turnsSQL = `replace(shares.shared, ' ', 'T') || '.' || (SELECT COUNT(*) FROM replies r WHERE r.share = shares.id AND r.state = 'sent')`

// Turns is a stamp of how far a thread has come: it is another once either of the
// two has sent something, or it was shared anew. It returns web.ErrNotFound once the
// share is gone.
func (r *Room) Turns(ctx context.Context, s Share) (stamp string, err error) {
	err = r.app.ConcurrentDB().NewQuery("SELECT " + turnsSQL + " FROM shares WHERE id = {:id}").
		Bind(dbx.Params{"id": s.ID}).WithContext(ctx).Row(&stamp)
	if errors.Is(err, sql.ErrNoRows) {
		return "", web.ErrNotFound
	}
	if err != nil {
		return "", fmt.Errorf("how far a thread is: %w", err)
	}
	return stamp, nil
}
