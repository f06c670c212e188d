package browser

import (
	"context"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// A Line is what a page has to the product. The zero value is as quick as this
// machine.
type Line struct {
	Delay int  // milliseconds before an answer begins
	Speed int  // kilobytes a second, both ways; 0 for no bound
	Lost  bool // nothing gets through, and the browser knows it
}

var (
	// Quick is no line to speak of.
	Quick = Line{}
	// SlowPhone is a phone with one bar.
	SlowPhone = Line{Delay: 400, Speed: 50}
	// NoLine is a phone in a lift.
	NoLine = Line{Lost: true}
)

// Line changes the line of this page, from its next request on.
func (p *Page) Line(line Line) {
	p.t.Helper()
	p.watch.lose(line.Lost)
	speed := float64(line.Speed * 1000)
	if line.Speed == 0 {
		speed = -1
	}
	p.do(chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		conditions := &network.Conditions{Latency: float64(line.Delay), DownloadThroughput: speed, UploadThroughput: speed, Offline: line.Lost}
		rules := network.EmulateNetworkConditionsByRuleParams{MatchedNetworkConditions: []*network.Conditions{conditions}}
		if _, err := cdp.Call(ctx, t, network.EmulateNetworkConditionsByRule, rules); err != nil {
			return err
		}
		state := network.OverrideNetworkStateParams{Offline: line.Lost, Latency: float64(line.Delay), DownloadThroughput: speed, UploadThroughput: speed}
		_, err := cdp.Call(ctx, t, network.OverrideNetworkState, state)
		return err
	}))
}

func (w *watch) lose(lost bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.lost = lost
}
