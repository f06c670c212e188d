package facilitation

import (
	"context"
	"crypto/sha256"
	"encoding/base32"
	"strings"
	"sync"
	"time"

	"github.com/pocketbase/pocketbase/tools/security"
)

// keptFor is how long a form that made somebody is remembered.
const keptFor = 10 * time.Minute

// sent remembers forms that are being worked on, or were a moment ago. Whoever
// presses twice is led where the first press led.
type sent struct {
	mu    sync.Mutex
	forms map[string]*sending
}

type sending struct {
	done chan struct{}
	led  string
	err  error
	at   time.Time
}

func newSent() *sent { return &sent{forms: map[string]*sending{}} }

// once runs the work of a form, unless the same form came before: then it waits
// for that and gives what it led to. A form whose work failed may come again.
func (s *sent) once(ctx context.Context, form string, now time.Time, work func() (led string, err error)) (led string, first bool, err error) {
	mine, first := s.join(form, now)
	if !first {
		select {
		case <-mine.done:
			return mine.led, false, mine.err
		case <-ctx.Done():
			return "", false, ctx.Err()
		}
	}
	defer close(mine.done)
	if mine.led, mine.err = work(); mine.err != nil {
		s.mu.Lock()
		delete(s.forms, form)
		s.mu.Unlock()
	}
	return mine.led, true, mine.err
}

func (s *sent) join(form string, now time.Time) (one *sending, first bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for key, old := range s.forms {
		if now.Sub(old.at) > keptFor {
			delete(s.forms, key)
		}
	}
	if one, ok := s.forms[form]; ok {
		return one, false
	}
	one = &sending{done: make(chan struct{}), at: now}
	s.forms[form] = one
	return one, true
}

// newKey marks a form as one of its own.
func newKey() string { return security.RandomString(24) }

// idOf makes the id of a row from the form that asks for it: what comes twice
// meets itself.
func idOf(parts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return strings.ToLower(base32.StdEncoding.EncodeToString(sum[:]))[:15]
}
