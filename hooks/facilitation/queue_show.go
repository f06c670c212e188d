package facilitation

import (
	"alongside/hooks/learning"
	"alongside/hooks/people"
	"alongside/hooks/reflections"
	"alongside/hooks/web"

	"github.com/pocketbase/pocketbase/core"
)

// A Queue is who needs the viewer today. Nothing that anybody wrote is in it.
type Queue struct {
	Stuck     []Stuck   // on a step, who has waited longest first
	Waiting   []Waiting // for an answer, the same
	Begun     []Waiting // the viewer began to write, and nobody waits
	Quiet     []Quiet   // learners of whom nothing was seen for a while
	Withdrawn []Waiting // what was taken back of late
	Helped    []Stuck   // who was stuck, and whom the viewer helped a short while ago
	Count     int       // of those who wait, also where not all of them are shown
	Tag       string    `json:"-"` // another once anything of it shows differently

	// What stands on top of every page, as web.Ways has it: it shows with the queue, so
	// that it reaches a page that is open.
	Called       web.Calling
	ConcernWaits bool
}

// Needs is how many need the viewer.
func (q *Queue) Needs() int { return len(q.Stuck) + q.Count }

// More is how many wait who are not shown.
func (q *Queue) More() int { return q.Count - len(q.Waiting) }

// A Waiting is one share in a list of its reader.
type Waiting struct {
	Share     string
	Learner   Person
	Module    learning.Link // without a title where it is not there any more
	State     reflections.State
	Back      bool   // they wrote back, in a thread that was answered before
	Shared    string // ISO dates
	Since     string // since when it is the reader's turn; "" while it is not
	Promised  string // by when an answer was promised; "" for no promise that is open
	Late      bool   // that day is over
	Begun     string // when the reader last wrote at an answer that is not sent; ""
	Withdrawn string
	Beside    string // who is answering now, where that is somebody else; ""
}

// A Stuck is somebody who asked for help with a step.
type Stuck struct {
	ID      string // of the call
	Learner Person
	Module  learning.Link
	Step    learning.Link
	Since   string // ISO date
}

// showQueue sends the queue alone, for a page that looks again by itself.
func (f *Facilitation) showQueue(e *core.RequestEvent) error {
	if !web.IsFragment(e) {
		return web.SeeOther(e, "/facilitate")
	}
	queue, err := f.queue(e)
	if err != nil {
		return err
	}
	return web.ShowAgain(e, queue.Tag, "facilitation/home", "queue", &HomePage{Queue: queue})
}

// hasQueue reports whether anybody may share something with the viewer.
func hasQueue(v *web.Viewer) bool { return people.May(v, people.Shared) }
