package reflections

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"alongside/hooks/audit"
	"alongside/hooks/vault"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// A take is a recording that is about to be stored: its file is on the shelf, its
// row is not there yet.
type take struct {
	Recording
	on     stand
	stored bool
}

// prepareTake seals what somebody said and puts it on the shelf, outside of any
// transaction. Whoever calls it defers dropTake: a file without a row goes.
func (r *Room) prepareTake(on stand, maker string, s sound) (*take, error) {
	t := &take{on: on, Recording: Recording{
		ID: core.GenerateDefaultRandomId(), Owner: on.owner, Maker: maker, Type: s.Type, Seconds: s.Seconds, Bytes: len(s.data), Created: moment(r.now()),
	}}
	sealed, err := sealSound(r.app, r.vault, on, t.ID, s)
	if err != nil {
		return nil, err
	}
	if t.File, err = r.shelf.put(sealed); err != nil {
		return nil, fmt.Errorf("keep a recording: %w", err)
	}
	return t, nil
}

// dropTake lets the file of a take go that was not stored. It may be asked of nil.
func (r *Room) dropTake(t *take) {
	if t != nil && !t.stored {
		r.letFilesGo(t.File)
	}
}

// storeTake writes the row of a take, in a transaction. What hung there before
// goes once that is committed, and not earlier.
func (r *Room) storeTake(tx core.App, t *take) error {
	if err := r.clearStand(tx, t.on.column, t.on.id); err != nil {
		return err
	}
	err := web.Exec(tx, `INSERT INTO recordings (id, owner, maker, `+t.on.column+`, type, seconds, bytes, file, created, updated)
		VALUES ({:id}, {:owner}, {:maker}, {:on}, {:type}, {:seconds}, {:bytes}, {:file}, {:created}, {:created})`, dbx.Params{
		"id": t.ID, "owner": t.Owner, "maker": t.Maker, "on": t.on.id, "type": t.Type, "seconds": t.Seconds, "bytes": t.Bytes, "file": t.File, "created": t.Created,
	})
	if err != nil {
		return fmt.Errorf("store recording: %w", err)
	}
	tx.TxInfo().OnComplete(func(failed error) error {
		t.stored = failed == nil
		return nil
	})
	return nil
}

// clearStand lets whatever was said at a place go, in a transaction; the files
// once it is committed.
func (r *Room) clearStand(tx core.App, column, id string) error {
	_, err := r.clearWhere(tx, column+" = {:id} AND {:id} != ''", dbx.Params{"id": id}, -1)
	return err
}

// clearWhere lets the recordings of a condition go, at most so many, or all with
// -1, and says how many. It is for transactions.
func (r *Room) clearWhere(tx core.App, condition string, params dbx.Params, most int) (int, error) {
	bound := dbx.Params{"most": most}
	for name, value := range params {
		bound[name] = value
	}
	var files []string
	err := tx.NonconcurrentDB().NewQuery(`DELETE FROM recordings WHERE id IN (SELECT id FROM recordings WHERE ` + condition + ` LIMIT {:most}) RETURNING file`).
		Bind(bound).Column(&files)
	if err != nil {
		return 0, fmt.Errorf("remove recordings: %w", err)
	}
	if len(files) == 0 {
		return 0, nil
	}
	tx.TxInfo().OnComplete(func(failed error) error {
		if failed == nil {
			r.letFilesGo(files...)
		}
		return nil
	})
	return len(files), nil
}

// letFilesGo removes files whose rows are gone. One that stays is swept up later,
// and says nothing to anybody meanwhile.
func (r *Room) letFilesGo(names ...string) {
	if err := r.shelf.remove(names...); err != nil {
		r.app.Logger().Warn("remove recordings", "error", err)
	}
}

// recordingAt is what was said at a stand; nil for nothing.
func (r *Room) recordingAt(ctx context.Context, on stand) (*Recording, error) {
	var row Recording
	err := r.app.ConcurrentDB().NewQuery("SELECT " + columnsOfRecording + " FROM recordings WHERE " + on.column + " = {:id} AND owner = {:owner} ORDER BY created DESC, id LIMIT 1").
		Bind(dbx.Params{"id": on.id, "owner": on.owner}).WithContext(ctx).One(&row)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("find recording: %w", err)
	}
	return &row, nil
}

// openRecording opens what was said at a stand. It asks nobody's leave.
func (r *Room) openRecording(on stand, row Recording) (sound, error) {
	sealed, err := r.shelf.read(row.File)
	if err != nil {
		return sound{}, fmt.Errorf("recording %s: %w", row.ID, errors.Join(vault.ErrTampered, err))
	}
	return openSound(r.app, r.vault, on, row.ID, sealed)
}

// ErrShut says that what somebody said is closed to them now, and nothing takes
// its place until it is open.
var ErrShut = errors.New("the recording is closed")

// prepareCopy seals what a learner said to a reflection once more, for one reader,
// before the transaction that shares it; nil where they said nothing. Whoever calls
// it defers dropTake.
func (r *Room) prepareCopy(ctx context.Context, learner *web.Viewer, s Share) (*take, error) {
	mine := standOfReflection(learner.ID, s.Reflection)
	row, err := r.recordingAt(ctx, mine)
	if err != nil || row == nil {
		return nil, err
	}
	said, err := r.openRecording(mine, *row)
	if err != nil {
		return nil, err
	}
	if !learner.Opens(said.Under) {
		return nil, ErrShut
	}
	said.Under = learner.Under()
	return r.prepareTake(s.spoken(), learner.ID, said)
}

// storeCopy lets the reader hear what was prepared, and nothing else: without a
// copy, nothing. It is for the transaction that shares.
func (r *Room) storeCopy(tx core.App, s Share, copied *take) error {
	if copied == nil {
		return r.clearStand(tx, "share", s.ID)
	}
	return r.storeTake(tx, copied)
}

// withdrawCopy lets what a reader heard go, unless the learner is on hold. It is for
// the transaction that withdraws.
func (r *Room) withdrawCopy(tx core.App, s Share) error {
	_, err := r.clearWhere(tx, "share = {:id} AND owner NOT IN ("+audit.OnHold+")", dbx.Params{"id": s.ID}, -1)
	return err
}
