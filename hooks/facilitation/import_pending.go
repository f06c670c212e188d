package facilitation

import (
	"context"
	"reflect"
	"sync"
	"time"

	"alongside/hooks/signin"
	"alongside/hooks/web"
)

// imports are groups that were read and are waiting to be confirmed, or are just
// being made, and new cards for groups. What people typed is here only: in memory, for the session that
// sent it, for ten minutes.
type imports struct {
	mu      sync.Mutex
	waiting map[string]*pending // by session and group
	running sync.WaitGroup
}

// A pending is one of them.
type pending struct {
	key    string // of its form
	group  cohortRow
	pasted string // as it was typed; "" for a file
	read   []readLine
	wrong  *web.FieldError // with the file as a whole

	by        string   // of users: who adds them
	languages []string // of the site

	owners []Person // who get new cards; nil for a list
	viewer *web.Viewer

	mu      sync.Mutex
	course  CourseChoice
	until   time.Time
	forget  *time.Timer
	lines   []checkedLine
	running bool
	stop    context.CancelFunc
	made    int // cards so far
	cards   []*signin.NewCard
	failed  string // key of words; "" where nothing did
}

func newImports() *imports { return &imports{waiting: map[string]*pending{}} }

// keep puts one in the place of what this session had for the group. What is
// being made just then is not disturbed, and cards that nobody has seen yet are
// not lost: keep reports false.
func (i *imports) keep(place string, p *pending, now time.Time) bool {
	i.mu.Lock()
	defer i.mu.Unlock()
	if old := i.waiting[place]; old != nil && (old.isRunning() || old.ready() != nil) {
		return false
	}
	i.drop(place)
	p.until = now.Add(keptFor)
	p.forget = time.AfterFunc(keptFor, func() { i.forget(place, p) })
	i.waiting[place] = p
	return true
}

// of gives what waits, nil where nothing does any more.
func (i *imports) of(place string, now time.Time) *pending {
	i.mu.Lock()
	defer i.mu.Unlock()
	p := i.waiting[place]
	if p != nil && !p.isRunning() && now.After(p.until) {
		i.drop(place)
		return nil
	}
	return p
}

// forget drops one when its time is over, unless it is just being made.
func (i *imports) forget(place string, p *pending) {
	i.mu.Lock()
	defer i.mu.Unlock()
	if i.waiting[place] == p && !p.isRunning() {
		i.drop(place)
	}
}

func (i *imports) remove(place string) {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.drop(place)
}

func (i *imports) drop(place string) {
	if p := i.waiting[place]; p != nil {
		p.forget.Stop()
		delete(i.waiting, place)
	}
}

// stopAll ends what is being made, and waits for it: the app ends.
func (i *imports) stopAll() {
	i.mu.Lock()
	for _, p := range i.waiting {
		p.cancel()
	}
	i.mu.Unlock()
	i.running.Wait()
}

func (p *pending) isRunning() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.running
}

// cancel stops what is being made. Nothing of it is then there.
func (p *pending) cancel() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.stop != nil {
		p.stop()
	}
}

// begin reports whether it may run now: once, and only if nothing is wrong.
func (p *pending) begin(stop context.CancelFunc) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.running || p.cards != nil || p.wrong != nil || p.size() == 0 || p.counts().Wrong > 0 {
		return false
	}
	p.running, p.stop, p.made, p.failed = true, stop, 0, ""
	return true
}

func (p *pending) courseID() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.course.ID
}

// hold has what was read stand as it was checked anew. It reports whether that
// says the same as before; where it does not, nothing may be made of it before
// somebody has looked. While it is being made by somebody, it stays.
func (p *pending) hold(lines []checkedLine, course CourseChoice) (same bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.running || p.cards != nil || p.wrong != nil {
		return true
	}
	same = p.course.ID == course.ID && reflect.DeepEqual(p.lines, lines)
	p.lines, p.course, p.failed = lines, course, ""
	if !same {
		p.failed = "changed"
	}
	return same
}

// replaced puts lines that were checked anew in the place of those that were to
// be made, and reports whether they say the same.
func (p *pending) replaced(lines []checkedLine) (same bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	same = reflect.DeepEqual(p.lines, lines)
	p.lines = lines
	return same
}

// end says how it went. It can be looked at for ten minutes from then on.
func (p *pending) end(cards []*signin.NewCard, failed string, now time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.running, p.stop, p.cards, p.failed, p.until = false, nil, cards, failed, now.Add(keptFor)
	p.forget.Reset(keptFor)
}

func (p *pending) oneMore() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.made++
}

// size is how many cards there are to make.
func (p *pending) size() int {
	if p.owners != nil {
		return len(p.owners)
	}
	return p.counts().New
}

type lineCounts struct{ New, Wrong, Here int }

func (p *pending) counts() (n lineCounts) {
	for _, line := range p.lines {
		switch {
		case len(line.problems) > 0:
			n.Wrong++
		case line.here:
			n.Here++
		default:
			n.New++
		}
	}
	return n
}
