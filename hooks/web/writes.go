package web

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"runtime/debug"
	"sync"
	"sync/atomic"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// ErrStopped is what Do returns once the app ends. Nothing was stored.
var ErrStopped = errors.New("no more writes are taken, the server is stopping")

const (
	maxGroup  = 128  // writes in one transaction
	maxQueued = 1024 // writes that wait; further callers wait to join
)

// Writes stores the small writes of many learners in few transactions: what
// queued up while the disk was busy with one group is the next group. A single
// write waits for nobody.
type Writes struct {
	app     core.App
	queue   chan *pending
	mu      sync.RWMutex // held while joining, so that the queue closes between two
	stopped bool
	drained chan struct{}
}

// A pending write is one job and the caller who waits for its outcome.
type pending struct {
	ctx     context.Context
	job     func(tx core.App) error
	claimed atomic.Bool // by the writer, who then runs it, or by the caller, who then left
	outcome chan error
}

// NewWrites starts the writer of an app. When the app ends it takes no more,
// stores what is queued, and only then lets the app go on to close the database.
func NewWrites(app core.App) *Writes {
	w := &Writes{app: app, queue: make(chan *pending, maxQueued), drained: make(chan struct{})}
	app.OnTerminate().BindFunc(func(e *core.TerminateEvent) error {
		w.stop()
		return e.Next()
	})
	go w.run()
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
	if err := w.join(one); err != nil {
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

func (w *Writes) join(one *pending) error {
	w.mu.RLock()
	defer w.mu.RUnlock()
	if w.stopped {
		return ErrStopped
	}
	select {
	case w.queue <- one:
		return nil
	case <-one.ctx.Done():
		return one.ctx.Err()
	}
}

func (w *Writes) stop() {
	w.mu.Lock()
	if !w.stopped {
		w.stopped = true
		close(w.queue)
	}
	w.mu.Unlock()
	<-w.drained
}

func (w *Writes) run() {
	defer close(w.drained)
	for first := range w.queue {
		w.store(w.gather(first))
	}
}

// gather takes what is queued, up to a group. While there is more to come from
// requests that are being read at this moment it lets them go first: where
// nobody else is busy that takes no time.
func (w *Writes) gather(next *pending) []*pending {
	var group []*pending
	for more := true; more; {
		if next.begin() {
			group = append(group, next)
		}
		if len(group) == maxGroup {
			return group
		}
		if next, more = w.queued(); !more {
			runtime.Gosched()
			next, more = w.queued()
		}
	}
	return group
}

// queued takes the next write that waits, if any does.
func (w *Writes) queued() (next *pending, ok bool) {
	select {
	case next, ok = <-w.queue:
		return next, ok
	default:
		return nil, false
	}
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
