package facilitation

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"strings"

	"alongside/hooks/learning"
	"alongside/hooks/people"
	"alongside/hooks/reflections"
	"alongside/hooks/web"

	"github.com/pocketbase/pocketbase/core"
)

// A Queue is who needs the viewer today. Nothing that anybody wrote is in it.
type Queue struct {
	Stuck   []Stuck   // on a step, who has waited longest first
	Waiting []Waiting // for an answer, the same
	Begun   []Waiting // the viewer began to write, and nobody waits
	Quiet   []Quiet   // learners of whom nothing was seen for a while
	Count   int       // of those who wait, also where not all of them are shown
	Tag     string    `json:"-"` // another once anything of it shows differently
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

// showQueue sends the queue alone, for a page that looks again by itself. Nothing
// of it may be kept by a browser, so the page remembers the tag, and brings it.
func (f *Facilitation) showQueue(e *core.RequestEvent) error {
	if !web.IsFragment(e) {
		return web.SeeOther(e, "/facilitate")
	}
	queue, err := f.queue(e)
	if err != nil {
		return err
	}
	page := &HomePage{Queue: queue}
	page.Notice = leftForThePage
	return showAgain(e, queue.Tag, "facilitation/home", "queue", page)
}

// leftForThePage stands where the notice of what just happened would: that is for
// the page that somebody opens, and not for what a page asks for by itself.
const leftForThePage = "none"

// showAgain sends a part of a page, unless the page has it as it is.
func showAgain(e *core.RequestEvent, tag, name, part string, page web.Page) error {
	h := e.Response.Header()
	h.Set("ETag", tag)
	h.Set("Vary", "HX-Request, Accept-Language, Cookie")
	for one := range strings.SplitSeq(e.Request.Header.Get("If-None-Match"), ",") {
		if strings.TrimPrefix(strings.TrimSpace(one), "W/") == tag {
			return e.NoContent(http.StatusNotModified)
		}
	}
	return web.ShowFragment(e, http.StatusOK, name, part, page)
}

// tagOf is an ETag of what shows of something to this viewer.
func tagOf(e *core.RequestEvent, shown any) (string, error) {
	text, err := json.Marshal([]any{web.Current(e).ID, languageOf(e), shown})
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(text)
	return `"` + base64.RawURLEncoding.EncodeToString(sum[:12]) + `"`, nil
}

// hasQueue reports whether anybody may share something with the viewer.
func hasQueue(v *web.Viewer) bool { return people.May(v, people.Shared) }
