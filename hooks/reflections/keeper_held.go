package reflections

import (
	"fmt"

	"alongside/hooks/audit"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// takenBackSQL are shares that were taken back while their learner was on hold,
// which is over: what the reader saw was kept for that, and goes now.
const takenBackSQL = "SELECT id FROM shares WHERE withdrawn != '' AND sealed != '' AND learner NOT IN (" + audit.OnHold + ")"

// What a reader saw before the learner, who is on hold, shared something else with
// them stands as a row of the thread that is nobody's: no page asks for this state.
// It was sealed for the share, so where somebody changes the row by hand it does not
// open. What they heard hangs on it.
const (
	heldState = "held"

	keepHeldSQL = `INSERT INTO replies (id, share, writer, state, sealed, sent, seen, created, updated)
		SELECT {:held}, id, '', '` + heldState + `', sealed, shared, '', {:now}, {:now} FROM shares
		WHERE id = {:id} AND mac = {:was} AND sealed != '' AND learner IN (` + audit.OnHold + `)`
	keepHeldSoundSQL = `UPDATE recordings SET share = '', reply = {:held} WHERE share = {:id} AND EXISTS (SELECT 1 FROM replies WHERE id = {:held})`

	// noLongerKeptSQL are those whose learners are not on hold any more.
	noLongerKeptSQL = "SELECT id FROM replies WHERE state = '" + heldState + "' AND share NOT IN (SELECT id FROM shares WHERE learner IN (" + audit.OnHold + "))"
)

// keepHeld keeps what a share takes the place of, while the learner is on hold. It is
// for the transaction that shares.
func (r *Room) keepHeld(tx core.App, s sharing) error {
	if s.was == "" {
		return nil
	}
	params := dbx.Params{"held": core.GenerateDefaultRandomId(), "id": s.ID, "was": s.was, "now": moment(r.now())}
	for _, sql := range []string{keepHeldSQL, keepHeldSoundSQL} {
		if err := web.Exec(tx, sql, params); err != nil {
			return fmt.Errorf("keep what is held: %w", err)
		}
	}
	return nil
}

// letTakenBackGo removes what was kept only because of a hold, and reports whether
// there was any.
func (r *Room) letTakenBackGo() (gone bool, err error) {
	err = r.app.RunInTransaction(func(tx core.App) error {
		if _, err := r.clearWhere(tx, "share IN ("+takenBackSQL+")", dbx.Params{}, -1); err != nil {
			return err
		}
		if _, err := r.clearWhere(tx, "reply IN ("+noLongerKeptSQL+")", dbx.Params{}, -1); err != nil {
			return err
		}
		for _, sql := range []string{"UPDATE shares SET sealed = '' WHERE id IN (" + takenBackSQL + ")", "DELETE FROM replies WHERE id IN (" + noLongerKeptSQL + ")"} {
			some, err := web.Changes(tx, sql, dbx.Params{})
			if err != nil {
				return fmt.Errorf("let what was taken back go: %w", err)
			}
			gone = gone || some
		}
		return nil
	})
	return gone, err
}
