package reflections

import (
	"context"
	"sync"
	"time"
)

// atOnce is how many people send a recording at a time: each is in memory whole.
const atOnce = 8

// mostPatience is how long somebody waits for their turn before they are asked to
// come back.
const mostPatience = 20 * time.Second

// turns are whose recordings are being read. Nobody has two, so that one person with
// many slow lines keeps nobody else waiting.
type turns struct {
	mu      sync.Mutex
	sending map[string]bool
	freed   chan struct{} // closed when somebody is done, and then another
}

func newTurns() *turns { return &turns{sending: map[string]bool{}, freed: make(chan struct{})} }

// take waits for somebody's turn and gives what ends it; false where none came.
func (t *turns) take(ctx context.Context, person string) (leave func(), ok bool) {
	ctx, cancel := context.WithTimeout(ctx, mostPatience)
	defer cancel()
	for {
		wait := t.begin(person)
		if wait == nil {
			return func() { t.end(person) }, true
		}
		select {
		case <-wait:
		case <-ctx.Done():
			return nil, false
		}
	}
}

// begin takes a turn, or gives what to wait for.
func (t *turns) begin(person string) (wait <-chan struct{}) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.sending[person] || len(t.sending) >= atOnce {
		return t.freed
	}
	t.sending[person] = true
	return nil
}

func (t *turns) end(person string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.sending, person)
	close(t.freed)
	t.freed = make(chan struct{})
}
