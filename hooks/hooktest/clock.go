package hooktest

import (
	"sync"
	"time"
)

// A Clock is the time of a test: it moves when it is told to. It begins now,
// because the database stamps what it makes with the real time.
type Clock struct {
	mu  sync.Mutex
	now time.Time
}

// NewClock makes a clock that stands at the present moment.
func NewClock() *Clock { return &Clock{now: time.Now()} }

// Now is what the house asks for.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// Pass lets time go by.
func (c *Clock) Pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}
