package browser

import (
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/chromedp/cdproto/audits"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
)

// A watch sees what a page does: requests, errors, what its policy refused.
type watch struct {
	home string // scheme and host of the product

	mu        sync.Mutex
	elsewhere []string // other origins that this test goes to on purpose
	flying    map[network.RequestID]flight
	shown     cdp.LoaderID // the document that is on the screen
	leads     int          // documents and fetches begun so far
	arrivals  int          // documents shown so far
	loaded    bool
	lost      bool // the line is, so scripts may complain of it
	last      time.Time
	answers   []answer // HTML that came and was not checked yet
	problems  []string
	asked     []string // addresses asked for, the newest last
	status    int64    // of the last document
	asks      int      // how often the browser asked whether to leave a page
	stays     bool     // whether the answer is no
	gone      bool     // the tab was closed
}

// A flight is a request that is on its way.
type flight struct {
	page     cdp.LoaderID // that asked
	address  string
	document bool // it is a page itself
	sends    bool // it brings something, and nobody has answered yet
}

// An answer is a response whose body is HTML.
type answer struct {
	id       network.RequestID
	address  string
	fragment bool // fetched by a script
}

func newWatch(home string, elsewhere []string) *watch {
	return &watch{home: home, elsewhere: elsewhere, flying: map[network.RequestID]flight{}}
}

func (w *watch) problem(format string, values ...any) {
	w.problems = append(w.problems, fmt.Sprintf(format, values...))
}

// event takes what the browser says, in order. It must be quick.
func (w *watch) event(event any) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.last = time.Now()
	switch event := event.(type) {
	case *network.EventRequestWillBeSent:
		w.request(event)
	case *network.EventResponseReceivedExtraInfo:
		w.answered(event.RequestID)
	case *network.EventResponseReceived:
		w.response(event)
	case *network.EventLoadingFinished:
		delete(w.flying, event.RequestID)
	case *network.EventLoadingFailed:
		w.failed(event)
	case *page.EventFrameNavigated:
		w.navigated(event)
	case *page.EventLoadEventFired:
		w.loaded = true
	case *page.EventJavascriptDialogOpening:
		if event.Type == page.DialogTypeBeforeunload {
			w.asks++
		} else {
			w.problem("a dialog opened: %s", event.Message)
		}
	case *runtime.EventExceptionThrown:
		w.problem("a script failed: %s", event.ExceptionDetails.Text)
	case *runtime.EventConsoleAPICalled:
		if event.Type == runtime.ConsoleAPICalledTypeError && !w.lost {
			w.problem("a script wrote an error: %s", spoken(event.Args))
		}
	case *log.EventEntryAdded:
		w.entry(event.Entry)
	case *audits.EventIssueAdded:
		if d := event.Issue.Details.ContentSecurityPolicyIssueDetails; d != nil {
			w.problem("the page's policy was broken: %s %s", d.ViolatedDirective, d.BlockedURL)
		}
	}
}

// navigated takes a new document. One from the back-forward cache is there at
// once, and no load follows. What the page before it still asked for is not
// waited for: in that cache it rests, and nothing is heard of it any more. What
// it brought is, until somebody has answered.
func (w *watch) navigated(event *page.EventFrameNavigated) {
	if event.Frame.ParentID != "" {
		return
	}
	w.arrivals++
	w.shown = event.Frame.LoaderID
	w.loaded = event.Type == page.NavigationTypeBackForwardCacheRestore
	maps.DeleteFunc(w.flying, func(_ network.RequestID, f flight) bool { return f.page != event.Frame.LoaderID && !f.sends })
}

// answered takes that the product has answered a request. A page that goes on
// when its script has the answer is often gone before the browser says that the
// request has ended, and then it never says so.
func (w *watch) answered(id network.RequestID) {
	f, flies := w.flying[id]
	if !flies || !f.sends {
		return
	}
	f.sends = false
	w.flying[id] = f
	if f.page != w.shown && !f.document {
		delete(w.flying, id)
	}
}

func (w *watch) request(event *network.EventRequestWillBeSent) {
	address := event.Request.URL
	if strings.HasPrefix(address, "data:") || strings.HasPrefix(address, "blob:") { // of the page itself
		return
	}
	if event.RedirectResponse != nil {
		w.judge(event.RedirectResponse)
	}
	w.flying[event.RequestID] = flight{
		page: event.LoaderID, address: address,
		document: event.Type == network.ResourceTypeDocument, sends: event.Request.Method != "GET",
	}
	w.asked = append(w.asked, address)
	switch event.Type {
	case network.ResourceTypeDocument, network.ResourceTypeFetch, network.ResourceTypeXHR:
		w.leads++
	}
	if origin := originOf(address); origin != w.home && !slices.Contains(w.elsewhere, origin) {
		w.problem("a request left the host: %s", address)
	}
}

func (w *watch) response(event *network.EventResponseReceived) {
	w.judge(event.Response)
	document := event.Type == network.ResourceTypeDocument
	fetched := event.Type == network.ResourceTypeFetch || event.Type == network.ResourceTypeXHR
	if document {
		w.status = event.Response.Status
	}
	if !document && !fetched && event.Response.Status >= 400 {
		w.problem("%d for %s", event.Response.Status, event.Response.URL)
	}
	if fetched && event.Response.Headers["Hx-Redirect"] != nil {
		w.loaded = false // the page that it leads to is still to come
	}
	if (document || fetched) && event.Response.MimeType == "text/html" && originOf(event.Response.URL) == w.home {
		w.answers = append(w.answers, answer{event.RequestID, event.Response.URL, fetched})
	}
}

// judge looks at any response. 4xx is often what a test asks for; 5xx never is.
func (w *watch) judge(response *network.Response) {
	if response.Status >= 500 {
		w.problem("%d for %s", response.Status, response.URL)
	}
}

func (w *watch) failed(event *network.EventLoadingFailed) {
	delete(w.flying, event.RequestID)
	if event.BlockedReason == network.BlockedReasonCsp {
		w.problem("the page's policy refused a request (%s)", event.Type)
	}
}

// entry takes a line of the browser's own log. What it says about requests is
// seen better by response.
func (w *watch) entry(entry *log.Entry) {
	if entry.Level == log.EntryLevelError && entry.Source != log.EntrySourceNetwork {
		w.problem("the browser reports: %s (%s)", entry.Text, entry.URL)
	}
}

func spoken(args []*runtime.RemoteObject) string {
	var said []string
	for _, a := range args {
		said = append(said, strings.Trim(string(a.Value), `"`)+a.Description)
	}
	return strings.Join(said, " ")
}

func originOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	return u.Scheme + "://" + u.Host
}

// quiet reports whether the page is there and nothing is on its way.
func (w *watch) quiet() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.loaded && len(w.flying) == 0 && time.Since(w.last) > 60*time.Millisecond
}

// waits says what quiet waits for.
func (w *watch) waits() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return fmt.Sprintf("loaded %t, on their way %v", w.loaded, slices.Collect(maps.Values(w.flying)))
}

// begun is how many documents and fetches were asked for so far.
func (w *watch) begun() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.leads
}

// arrived is how many documents were shown so far.
func (w *watch) arrived() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.arrivals
}

// take empties what was gathered since the last check.
func (w *watch) take() (answers []answer, problems []string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	answers, problems = w.answers, w.problems
	w.answers, w.problems = nil, nil
	return answers, problems
}
