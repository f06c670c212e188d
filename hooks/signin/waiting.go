package signin

import (
	"sync"
	"time"
)

// keepWaiting is how long something waits for its person.
const keepWaiting = 10 * time.Minute

// waiting holds what may not be written down, in memory and for ten minutes:
// by a random token that only one browser knows, or by the hash of one.
type waiting[T any] struct {
	mu    sync.Mutex
	items map[string]item[T]
}

type item[T any] struct {
	value T
	until time.Time
}

func newWaiting[T any]() *waiting[T] { return &waiting[T]{items: map[string]item[T]{}} }

// put keeps a value under a new token.
func (w *waiting[T]) put(value T, now time.Time) (token string, until time.Time) {
	token = newToken()
	return token, w.keep(token, value, now)
}

// keep keeps a value under a name that is known already, such as a session's.
func (w *waiting[T]) keep(name string, value T, now time.Time) (until time.Time) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for key, one := range w.items {
		if !now.Before(one.until) {
			delete(w.items, key)
		}
	}
	until = now.Add(keepWaiting)
	w.items[hashToken(name)] = item[T]{value, until}
	return until
}

// get is what waits under a token, and until when.
func (w *waiting[T]) get(token string, now time.Time) (value T, until time.Time, ok bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	one, ok := w.items[hashToken(token)]
	if !ok || !now.Before(one.until) {
		var none T
		return none, time.Time{}, false
	}
	return one.value, one.until, true
}

// drop forgets what waits under a token.
func (w *waiting[T]) drop(token string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	delete(w.items, hashToken(token))
}
