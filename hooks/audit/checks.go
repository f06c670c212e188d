package audit

import (
	"context"
	"sync"
	"time"
)

// A Check is what Verify found last, or how far it is.
type Check struct {
	Running bool
	Row     int       // how far, while it runs
	Done    bool      // it came to an end once
	At      time.Time // when it did
	Report  Report    // and found this
	Err     error     // or this
}

// checkAnew is how old the last check may be before another look begins a new one.
const checkAnew = time.Minute

type checks struct {
	mu      sync.Mutex
	last    Check
	done    chan struct{} // closed once the one that runs has ended
	ctx     context.Context
	stop    context.CancelFunc
	running sync.WaitGroup
}

func newChecks() *checks {
	c := &checks{}
	c.ctx, c.stop = context.WithCancel(context.Background())
	return c
}

// Check verifies in the background, waits for it so long at most, and says how
// it stands. One runs at a time, and at most one a minute.
func (l *Log) Check(patience time.Duration) Check {
	c := l.checks
	if done := c.begin(l); done != nil {
		timer := time.NewTimer(patience)
		defer timer.Stop()
		select {
		case <-done:
		case <-timer.C:
		}
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.last
}

// begin starts a check where one is due, and gives what to wait for.
func (c *checks) begin(l *Log) <-chan struct{} {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.last.Running || c.ctx.Err() != nil {
		return c.done
	}
	if c.last.Done && l.now().Sub(c.last.At) < checkAnew {
		return nil
	}
	c.last.Running, c.last.Row, c.done = true, 0, make(chan struct{})
	c.running.Go(func() { c.run(l) })
	return c.done
}

func (c *checks) run(l *Log) {
	report, err := l.Verify(c.ctx, func(row int) {
		c.mu.Lock()
		defer c.mu.Unlock()
		c.last.Row = row
	})
	c.mu.Lock()
	defer c.mu.Unlock()
	c.last = Check{Done: true, At: l.now(), Report: report, Err: err}
	close(c.done)
}

func (c *checks) end() {
	c.stop()
	c.running.Wait()
}
