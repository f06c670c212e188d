package browser

import (
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
)

func TestWhatAPageBroughtIsWaitedForUntilSomebodyHasAnswered(t *testing.T) {
	brings := &network.EventRequestWillBeSent{
		RequestID: "keep", LoaderID: "before", Type: network.ResourceTypeXHR,
		Request: &network.Request{URL: "http://here/voice", Method: "POST"},
	}
	answer := &network.EventResponseReceivedExtraInfo{RequestID: "keep"}
	next := &page.EventFrameNavigated{Frame: &cdp.Frame{LoaderID: "after"}, Type: page.NavigationTypeNavigation}

	for name, c := range map[string]struct {
		events []any
		waits  bool
	}{
		"not answered":                         {[]any{brings, next}, true},
		"answered, and then the page went on":  {[]any{brings, answer, next}, false},
		"the page went on, and then answered":  {[]any{brings, next, answer}, false},
		"answered, and the page is still here": {[]any{brings, answer}, true},
	} {
		w := newWatch("http://here", nil)
		w.event(&page.EventFrameNavigated{Frame: &cdp.Frame{LoaderID: "before"}, Type: page.NavigationTypeNavigation})
		for _, event := range c.events {
			w.event(event)
		}
		if waits := len(w.flying) > 0; waits != c.waits {
			t.Errorf("%s: waits %t", name, waits)
		}
	}
}
