package audit

import (
	"sync"
	"time"

	"github.com/pocketbase/pocketbase/core"
)

// What anybody can repeat at will, such as asking for a page that is not
// theirs, must not fill the record, nor take a moment longer for one person
// than for another. It is kept aside, and stored shortly after.
const (
	mostWaiting = 1000 // of which none is stored yet
	mostAnHour  = 30   // of one person, or of nobody known
)

// Note records an act by itself, shortly after: a crash loses it. At most so
// many of one actor, or about one person whom nobody known acted on, are kept
// in an hour of the clock.
func (l *Log) Note(act Act) {
	if l.aside.limits.allow(l.now(), act, "") {
		l.aside.put(act)
	}
}

// NoteOnce is Note, and the same act is kept only once in an hour.
func (l *Log) NoteOnce(act Act) {
	same := string(act.Kind) + "/" + act.Subject + "/" + act.Item + "/" + act.Programme + "/" + act.Detail
	if l.aside.limits.allow(l.now(), act, same) {
		l.aside.put(act)
	}
}

// Settle returns once what was noted is stored.
func (l *Log) Settle() { l.aside.settle() }

type aside struct {
	log     *Log
	limits  limits
	mu      sync.Mutex
	empty   *sync.Cond
	waiting []Act
	busy    bool
	ended   bool
}

func newAside(l *Log) *aside {
	a := &aside{log: l}
	a.empty = sync.NewCond(&a.mu)
	return a
}

func (a *aside) put(act Act) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.ended || len(a.waiting) >= mostWaiting {
		return
	}
	a.waiting = append(a.waiting, act)
	if !a.busy {
		a.busy = true
		go a.store()
	}
}

// store records what waits, as often as there is something.
func (a *aside) store() {
	for {
		acts := a.take()
		if acts == nil {
			return
		}
		err := a.log.app.RunInTransaction(func(tx core.App) error {
			if err := lockForWriting(tx); err != nil {
				return err
			}
			for _, act := range acts {
				if err := a.log.record(tx, act); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			a.log.app.Logger().Error("record of acts", "lost", len(acts), "error", err)
		}
	}
}

func (a *aside) take() []Act {
	a.mu.Lock()
	defer a.mu.Unlock()
	acts := a.waiting
	a.waiting = nil
	if len(acts) == 0 {
		a.busy = false
		a.empty.Broadcast()
		return nil
	}
	return acts
}

func (a *aside) settle() {
	a.mu.Lock()
	defer a.mu.Unlock()
	for a.busy {
		a.empty.Wait()
	}
}

func (a *aside) end() {
	a.mu.Lock()
	a.ended = true
	a.mu.Unlock()
	a.settle()
}

// limits count what was noted in this hour of the clock.
type limits struct {
	mu    sync.Mutex
	hour  time.Time
	count map[string]int
	seen  map[string]bool
}

func (l *limits) allow(now time.Time, act Act, same string) bool {
	who := act.Actor
	if who == "" {
		who = act.Subject
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if hour := now.Truncate(time.Hour); !hour.Equal(l.hour) {
		l.hour, l.count, l.seen = hour, map[string]int{}, map[string]bool{}
	}
	if same != "" && l.seen[who+" "+same] || l.count[who] >= mostAnHour {
		return false
	}
	l.count[who]++
	if same != "" {
		l.seen[who+" "+same] = true
	}
	return true
}
