package web

import (
	"context"
	"fmt"
	"runtime/debug"
	"slices"
	"sync/atomic"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

const (
	maxGroup  = 128  // writes, or reads, in one transaction
	maxQueued = 1024 // that wait; further callers wait to join
)

// Writes stores the small writes of many learners in few transactions: what
// queued up while the disk was busy with one group is the next group. A single
// write waits for nobody.
type Writes struct {
	app   core.App
	queue *queue[*pending]
}

// A pending write is one job and the caller who waits for its outcome.
type pending struct {
	ctx     context.Context
	job     func(tx core.App) error
	claimed atomic.Bool // by the writer, who then runs it, or by the caller, who then left
	outcome chan error
}

// NewWrites starts the writer of an app. When the app ends it stores what is
// queued before the database closes.
func NewWrites(app core.App) *Writes {
	w := &Writes{app: app, queue: newQueue[*pending](app, maxQueued)}
	w.queue.workers.Go(w.run)
	return w
}

// Do runs a job in a transaction and returns once it is committed, and so on
// disk, or failed with the job's own error. Others' jobs may share the
// transaction. If one of them fails, the group is rolled back and each runs
// again in a transaction of its own: nobody's write is lost by another's.
//
// So a job may run twice, and must have no effect but through tx. It must not
// wait for network, files or anybody, nor call Do: everything else waits for
// it. Validate, seal and mark before. Exec stores two to three times as many
// rows as tx.Save, which runs every hook. A panic in a job is its error.
//
// A ctx that ends while the job is queued means that it never runs; from the
// moment it runs the true outcome is returned, whatever becomes of ctx. Do must
// not be called inside a transaction.
func (w *Writes) Do(ctx context.Context, job func(tx core.App) error) error {
	one := &pending{ctx: ctx, job: job, outcome: make(chan error, 1)}
	if err := w.queue.join(ctx, one); err != nil {
		return err
	}
	select {
	case err := <-one.outcome:
		return err
	case <-ctx.Done():
		if one.claim() {
			return ctx.Err()
		}
		return <-one.outcome
	}
}

func (w *Writes) run() {
	for first := range w.queue.waiting {
		if group := begun(w.queue.gather(first, maxGroup)); len(group) > 0 {
			w.store(group)
		}
	}
}

// begun are the writes of a group whose callers still wait.
func begun(group []*pending) []*pending {
	return slices.DeleteFunc(group, func(o *pending) bool { return !o.begin() })
}

func (o *pending) claim() bool { return o.claimed.CompareAndSwap(false, true) }

// begin claims a write for running. One whose caller has left is answered.
func (o *pending) begin() bool {
	if !o.claim() {
		return false
	}
	if err := o.ctx.Err(); err != nil {
		o.outcome <- err
		return false
	}
	return true
}

// store brings a group to disk and tells each caller their own outcome.
func (w *Writes) store(group []*pending) {
	if len(group) > 1 && w.transact(group) == nil {
		for _, one := range group {
			one.outcome <- nil
		}
		return
	}
	for i, one := range group {
		one.outcome <- w.transact(group[i : i+1])
	}
}

// transact runs jobs in one transaction. Once that is committed there is no
// error any more: what hooks did after it is logged, and the rows are stored.
func (w *Writes) transact(group []*pending) (err error) {
	committed := false
	defer func() {
		if p := recover(); p != nil {
			err = panicked(p)
		}
		if committed && err != nil {
			w.app.Logger().Error("after a write was stored", "error", err)
			err = nil
		}
	}()
	return w.app.RunInTransaction(func(app core.App) error {
		tx := &groupTx{App: app, prepared: make(map[string]*dbx.Query)}
		tx.TxInfo().OnComplete(func(failed error) error {
			committed = failed == nil
			return nil
		})
		if err := lockForWriting(tx); err != nil {
			return err
		}
		for _, one := range group {
			if err := one.in(tx); err != nil {
				return err
			}
		}
		return nil
	})
}

// lockForWriting takes the write lock before the first job reads. What a job read then
// cannot be made old by a command that writes beside us, which SQLite would
// refuse at the job's first write.
func lockForWriting(tx core.App) error {
	return Exec(tx, "UPDATE _params SET id = id WHERE id = ''", nil)
}

func (o *pending) in(tx core.App) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = panicked(p)
		}
	}()
	return o.job(tx)
}

func panicked(p any) error {
	return fmt.Errorf("panic in a write: %v\n%s", p, debug.Stack())
}
