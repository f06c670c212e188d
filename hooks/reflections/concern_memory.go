package reflections

import (
	"fmt"
	"sync"
	"sync/atomic"

	"alongside/hooks/web"
)

// newConcerns are those that nobody has acknowledged, in memory: every page tells
// whoever answers for them that one waits.
type newConcerns struct {
	mu   sync.Mutex
	held atomic.Pointer[[]Concern]
}

// readConcerns reads them anew. One that was changed by hand tells nobody: whom it
// was hidden from is not known any more.
func (r *Room) readConcerns() {
	r.concerns.mu.Lock()
	defer r.concerns.mu.Unlock()
	all, err := r.unacknowledged()
	if err != nil {
		r.app.Logger().Error("concerns in memory", "error", err)
		return
	}
	r.concerns.held.Store(&all)
}

func (r *Room) unacknowledged() ([]Concern, error) {
	var rows, held []Concern
	err := r.app.ConcurrentDB().NewQuery("SELECT " + columnsOfConcern + " FROM concerns n WHERE n.state = 'raised' LIMIT 10000").All(&rows)
	if err != nil {
		return nil, fmt.Errorf("read new concerns: %w", err)
	}
	for _, c := range rows {
		if ok, err := c.isTrue(r.app, r.vault); err == nil && ok {
			held = append(held, Concern{Programme: c.Programme, About: c.About, Staff: c.Staff})
		}
	}
	return held, nil
}

// ConcernWaits reports whether a concern waits for the viewer to acknowledge it. It
// asks nothing of the database.
func (r *Room) ConcernWaits(v *web.Viewer) bool {
	held := r.concerns.held.Load()
	if v == nil || held == nil {
		return false
	}
	for _, c := range *held {
		if !c.hides(v) && isLead(v, c.Programme) {
			return true
		}
	}
	return false
}
