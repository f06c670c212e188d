package signin

import (
	"fmt"
	"sync"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// writeSeenEvery is how often it is stored when people were last seen. What is
// lost with the machine is at most this much of their idle time.
const writeSeenEvery = time.Minute

// seen remembers when sessions were last used until it is stored, so that a
// page never waits for a write. Sessions that rest are not in it.
type seen struct {
	mu    sync.Mutex
	marks map[string]mark // by session
}

type mark struct{ last, expires time.Time }

func newSeen() *seen { return &seen{marks: map[string]mark{}} }

// expires is when a session ends if nothing happens: what is remembered, or
// else what was stored.
func (s *seen) expires(session string, stored time.Time) time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	if m, ok := s.marks[session]; ok && m.expires.After(stored) {
		return m.expires
	}
	return stored
}

// touch notes that a session is used now, and returns when it ends if this was
// the last time.
func (s *seen) touch(session string, now time.Time, idle time.Duration) time.Time {
	m := mark{last: now, expires: now.Add(idle)}
	s.mu.Lock()
	s.marks[session] = m
	s.mu.Unlock()
	return m.expires
}

// write stores what is remembered and forgets it. A mark stays until its row
// is written, so that no moment is between the two.
func (s *seen) write(app core.App) error {
	marks := s.copy()
	if len(marks) == 0 {
		return nil
	}
	err := app.RunInTransaction(func(tx core.App) error {
		for session, m := range marks {
			if err := m.write(tx, session); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("write when sessions were last seen: %w", err)
	}
	s.forget(marks)
	return nil
}

func (m mark) write(tx core.App, session string) error {
	_, err := tx.DB().Update("sessions",
		dbx.Params{"last_seen": databaseTime(m.last), "expires": databaseTime(m.expires)},
		dbx.HashExp{"id": session, "ended": ""}).Execute()
	return err
}

func (s *seen) copy() map[string]mark {
	s.mu.Lock()
	defer s.mu.Unlock()
	marks := make(map[string]mark, len(s.marks))
	for session, m := range s.marks {
		marks[session] = m
	}
	return marks
}

// forget drops marks that have not changed since they were copied.
func (s *seen) forget(marks map[string]mark) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for session, m := range marks {
		if s.marks[session] == m {
			delete(s.marks, session)
		}
	}
}
