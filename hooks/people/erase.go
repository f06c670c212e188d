package people

import (
	"context"
	"errors"
	"fmt"

	"alongside/hooks/audit"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// chunk is how many rows go in one transaction: everybody else's writes wait for
// that long, and no longer.
const chunk = 200

// Why nobody is erased now.
var (
	errNotAsked = errors.New("nobody asks for it")
	errOnHold   = errors.New("a hold is on record")
)

// erase removes a person and all that is kept of them. by is who carries it out.
// It returns what mayErase says where that may not be now, and has then done
// nothing.
//
// They are on the list beside the keys before the first row goes, so whatever
// cuts it off, the next start ends it.
func (k *Keeping) erase(ctx context.Context, person, by string) error {
	if err := k.remove(ctx, person, by, func(tx core.App) error { return k.begin(ctx, tx, person) }); err != nil {
		return fmt.Errorf("erase %s: %w", person, err)
	}
	return nil
}

// begin asks whether somebody may be erased, and writes them down. It holds the
// write lock meanwhile: no wish is taken back and no hold is placed in between.
func (k *Keeping) begin(ctx context.Context, tx core.App, person string) error {
	if err := k.mayErase(ctx, tx, person); err != nil {
		return err
	}
	return k.list().add(person, k.now())
}

// mayErase returns errNotAsked, errOnHold or errLastManager where somebody may
// not be erased now. app may be a transaction.
func (k *Keeping) mayErase(ctx context.Context, app core.App, person string) error {
	asked, err := openErasure(ctx, app, person)
	if err != nil {
		return err
	}
	if asked == nil {
		return errNotAsked
	}
	if asked.hasBegun() {
		return nil
	}
	holds, err := audit.HoldsOf(ctx, app, person)
	if err != nil {
		return err
	}
	if len(holds) > 0 {
		return errOnHold
	}
	alone, err := managesAlone(ctx, app, person, k.now())
	if err != nil {
		return err
	}
	if alone {
		return errLastManager
	}
	return nil
}

// isRefusal reports whether an error is one of those that mayErase gives as its
// answer.
func isRefusal(err error) bool {
	return errors.Is(err, errNotAsked) || errors.Is(err, errOnHold) || errors.Is(err, errLastManager)
}

// remove erases whoever may be, as begin says inside the first transaction. It
// may run again, and goes on where it was cut off.
func (k *Keeping) remove(ctx context.Context, person, by string, begin func(tx core.App) error) error {
	gone, err := k.heldByKind(ctx, person)
	if err != nil {
		return err
	}
	if err := k.shut(person, begin); err != nil {
		return err
	}
	for _, keeper := range k.keepers {
		if err := k.empty(ctx, keeper, person); err != nil {
			return err
		}
	}
	err = k.app.RunInTransaction(func(tx core.App) error { return k.removeLast(tx, person, by, gone) })
	if err != nil {
		return err
	}
	return k.truncateLog(ctx)
}

func (k *Keeping) heldByKind(ctx context.Context, person string) (map[string]int, error) {
	held, err := k.held(ctx, person)
	if err != nil {
		return nil, err
	}
	counts := map[string]int{}
	for _, one := range held {
		if !one.Stays {
			counts[one.Kind] = one.Count
		}
	}
	return counts, nil
}

// shut lets nobody in as this person any more, and closes what they wrote for
// good, before the rows go one chunk after the other. Where that fails nothing is
// erased, so what begin wrote on the list is taken out again: the next run would
// carry it out, whatever became of the wish by then.
func (k *Keeping) shut(person string, begin func(tx core.App) error) error {
	k.shutting.Lock()
	defer k.shutting.Unlock()
	before, err := k.list().size()
	if err != nil {
		return err
	}
	err = k.app.RunInTransaction(func(tx core.App) error {
		_, err := tx.NonconcurrentDB().NewQuery("UPDATE users SET password = '', former_pin = '' WHERE id = {:person}").
			Bind(dbx.Params{"person": person}).Execute()
		if err == nil {
			err = begin(tx)
		}
		if err != nil {
			return err
		}
		if err := k.noteBegun(tx, person); err != nil {
			return err
		}
		return k.vault.Forget(tx, person)
	})
	if err != nil {
		return errors.Join(err, k.list().cutTo(before))
	}
	return nil
}

// empty lets one room's rows go, chunk by chunk.
func (k *Keeping) empty(ctx context.Context, keeper Keeper, person string) error {
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		removed := 0
		err := k.app.RunInTransaction(func(tx core.App) (err error) {
			removed, err = keeper.Erase(tx, person, chunk)
			return err
		})
		if err != nil || removed < chunk {
			return err
		}
	}
}

// removeLast removes the person themself, and what a request that was still on
// its way has stored meanwhile.
func (k *Keeping) removeLast(tx core.App, person, by string, gone map[string]int) error {
	for _, keeper := range k.keepers {
		if _, err := keeper.Erase(tx, person, chunk); err != nil {
			return err
		}
	}
	if err := k.vault.Forget(tx, person); err != nil {
		return err
	}
	if err := removeRow(tx, person); err != nil {
		return err
	}
	if err := k.close(tx, person, by, gone); err != nil {
		return err
	}
	return k.audit.Record(tx, audit.Act{Kind: audit.Erased, Actor: by, Subject: person})
}

// removeRow removes the row of users, and what PocketBase keeps beside it. It does so
// in SQL: PocketBase would empty every column that names the person, and what is
// sealed or signed for that id (what they answered, a concern about them) would not
// open any more. The id that is left there leads to nothing.
func removeRow(tx core.App, person string) error {
	for _, sql := range []string{
		"DELETE FROM _externalAuths WHERE recordRef = {:person}", "DELETE FROM _authOrigins WHERE recordRef = {:person}",
		"DELETE FROM _mfas WHERE recordRef = {:person}", "DELETE FROM _otps WHERE recordRef = {:person}",
		"DELETE FROM users WHERE id = {:person}",
	} {
		if _, err := tx.NonconcurrentDB().NewQuery(sql).Bind(dbx.Params{"person": person}).Execute(); err != nil {
			return fmt.Errorf("remove the account: %w", err)
		}
	}
	return nil
}

func (k *Keeping) truncateLog(ctx context.Context) error { return TruncateLog(ctx, k.app) }

// TruncateLog empties the write-ahead log, which otherwise keeps the pages of
// before. Where somebody is reading from it at this moment it tries again; the
// nightly run does it once more.
func TruncateLog(ctx context.Context, app core.App) error {
	var busy, inLog, done int
	for range 3 {
		err := app.NonconcurrentDB().NewQuery("PRAGMA wal_checkpoint(TRUNCATE)").WithContext(ctx).Row(&busy, &inLog, &done)
		if err != nil {
			return fmt.Errorf("empty the write-ahead log: %w", err)
		}
		if busy == 0 {
			return nil
		}
	}
	app.Logger().Warn("the write-ahead log is in use and could not be emptied: the nightly run tries again")
	return nil
}
