package learning

import (
	"context"
	"errors"
	"sync"

	"alongside/hooks/web"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"
)

// places are the steps that are being read and not stored yet, so that Continue
// opens them. Of one learner in one module only the last counts: when pages are
// turned faster than the disk can write, those between are left out.
type places struct {
	mu      sync.Mutex
	waiting map[placeKey]move
	busy    bool // somebody stores them
}

type placeKey struct{ enrolment, module string }

// mostPlaces is how many are stored together.
const mostPlaces = 64

// put leaves a place to be stored, and reports whether whoever left it must see
// to that.
func (p *places) put(m move) (first bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.waiting == nil {
		p.waiting = make(map[placeKey]move)
	}
	p.waiting[placeKey{m.enrolment, m.module}] = m
	first = !p.busy
	p.busy = true
	return first
}

// take gives places to store, none once all are.
func (p *places) take() []move {
	p.mu.Lock()
	defer p.mu.Unlock()
	var some []move
	for key, m := range p.waiting {
		if len(some) == mostPlaces {
			break
		}
		some = append(some, m)
		delete(p.waiting, key)
	}
	p.busy = len(some) > 0
	return some
}

// forget drops the place of somebody whose form, which came later, says where
// they are.
func (p *places) forget(enrolment, module string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.waiting, placeKey{enrolment, module})
}

// remember notes the step that is being read, so that Continue opens it. It is
// a courtesy and nobody waits for it; what was typed or ticked is never in it.
func (l *Learning) remember(w *where, step string) {
	if w.Enrolment == "" || w.Place == (at{w.Revision, step}) {
		return
	}
	m := move{enrolment: w.Enrolment, course: w.Course, module: w.Module, live: w.compiled, step: step, now: types.NowDateTime()}
	if l.places.put(m) {
		go l.storePlaces()
	}
}

func (l *Learning) storePlaces() {
	for some := l.places.take(); len(some) > 0; some = l.places.take() {
		var all sync.WaitGroup
		for _, m := range some {
			all.Go(func() { l.storePlace(m) })
		}
		all.Wait()
	}
}

func (l *Learning) storePlace(m move) {
	ctx := context.Background() // the page may be there before this is stored
	err := l.writes.Do(ctx, func(tx core.App) error { return l.move(ctx, tx, m) })
	if err != nil && !errors.Is(err, web.ErrStopped) {
		l.app.Logger().Warn("remember a place", "error", err)
	}
}
