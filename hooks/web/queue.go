package web

import (
	"context"
	"errors"
	"runtime"
	"sync"

	"github.com/pocketbase/pocketbase/core"
)

// ErrStopped is what a queue answers once the app ends: nothing was done.
var ErrStopped = errors.New("the server is stopping")

// A queue is where requests wait for the one who works for all of them, and
// takes what waits together.
type queue[T any] struct {
	waiting chan T
	mu      sync.RWMutex // held while joining, so that the queue closes between two
	stopped bool
	workers sync.WaitGroup
}

// newQueue makes a queue of an app in which so many may wait; further ones wait
// to join. When the app ends it takes no more, is worked off, and only then lets
// the app go on to close the database.
func newQueue[T any](app core.App, most int) *queue[T] {
	q := &queue[T]{waiting: make(chan T, most)}
	app.OnTerminate().BindFunc(func(e *core.TerminateEvent) error {
		q.stop()
		return e.Next()
	})
	return q
}

// join returns ErrStopped, or the error of ctx if that ends while the queue is full.
func (q *queue[T]) join(ctx context.Context, one T) error {
	q.mu.RLock()
	defer q.mu.RUnlock()
	if q.stopped {
		return ErrStopped
	}
	select {
	case q.waiting <- one:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (q *queue[T]) stop() {
	q.mu.Lock()
	if !q.stopped {
		q.stopped = true
		close(q.waiting)
	}
	q.mu.Unlock()
	q.workers.Wait()
}

// gather takes what waits behind one, up to a group. Requests that are being
// read at this moment are let go first, so that they join: where nobody else is
// busy that takes no time.
func (q *queue[T]) gather(one T, most int) []T {
	group := []T{one}
	for len(group) < most {
		next, ok := q.next()
		if !ok {
			runtime.Gosched()
			if next, ok = q.next(); !ok {
				return group
			}
		}
		group = append(group, next)
	}
	return group
}

// next takes what waits, if anything does.
func (q *queue[T]) next() (one T, ok bool) {
	select {
	case one, ok = <-q.waiting:
		return one, ok
	default:
		return one, false
	}
}
