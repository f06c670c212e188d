// Package browser drives a real Chromium as a person would: by the words on the
// screen. Every page that it opens is watched and checked (watch.go, checks.go),
// so that no test has to remember to.
package browser

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"sync"
	"time"

	"github.com/chromedp/chromedp"
)

// patience is how long something may take to appear before it has failed.
const patience = 30 * time.Second

// A Browser is one Chromium, shared by all tests of a run.
type Browser struct {
	axe     string // the source of axe-core
	context context.Context
	cancel  context.CancelFunc
	profile string

	mu      sync.Mutex
	checked map[string]bool // shapes of pages that axe has seen, each in its look
	Stored  string          // folder to store the HTML of each page in; "" for none
}

// ErrNoChromium says that there is no browser to test with.
var ErrNoChromium = errors.New("no Chromium found: install the system's package, or set CHROMIUM to its path")

// path finds the Chromium that CHROMIUM names, or the system's.
func path() (string, error) {
	if named := os.Getenv("CHROMIUM"); named != "" {
		return named, nil
	}
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable"} {
		if found, err := exec.LookPath(name); err == nil {
			return found, nil
		}
	}
	return "", ErrNoChromium
}

// Start starts Chromium. axe is the path of axe.min.js.
func Start(axe string) (*Browser, error) {
	program, err := path()
	if err != nil {
		return nil, err
	}
	source, err := os.ReadFile(axe)
	if err != nil {
		return nil, fmt.Errorf("read axe: %w", err)
	}
	profile, err := os.MkdirTemp("", "alongside-browser-")
	if err != nil {
		return nil, fmt.Errorf("make a profile: %w", err)
	}
	b := &Browser{axe: string(source), profile: profile, checked: map[string]bool{}}
	allocator, stop := chromedp.NewExecAllocator(context.Background(), options(program, profile)...)
	b.context, b.cancel = chromedp.NewContext(allocator)
	if err := chromedp.Do(b.context); err != nil {
		stop()
		return nil, fmt.Errorf("start %s: %w", program, err)
	}
	return b, nil
}

// options start a Chromium that talks to nobody but this machine.
func options(program, profile string) []chromedp.ExecAllocatorOption {
	flags := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(program), chromedp.UserDataDir(profile), chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true),
		chromedp.Flag("hide-scrollbars", true), chromedp.Flag("force-prefers-reduced-motion", true),
		chromedp.Flag("use-fake-device-for-media-stream", true), chromedp.Flag("use-fake-ui-for-media-stream", true), // a microphone that beeps, and may be used
		chromedp.Flag("host-resolver-rules", "MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"))
	if os.Getuid() == 0 { // as root there is no sandbox to have
		flags = append(flags, chromedp.NoSandbox)
	}
	return flags
}

// Close ends Chromium and removes its profile.
func (b *Browser) Close() {
	_ = chromedp.Cancel(b.context)
	b.cancel()
	_ = os.RemoveAll(b.profile)
}

// first reports whether this is the first time that a page of this shape and
// look is to be checked. Axe judges how a page is built, not what it says.
func (b *Browser) first(shape string) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	seen := b.checked[shape]
	b.checked[shape] = true
	return !seen
}
