package hooks

import (
	"context"
	"io"
	"os"
	"time"

	"alongside/hooks/signin"
)

// Options are what the operator chose, and what time it is. The command line
// fills them before anything runs.
type Options struct {
	Keys        string // file of the master keys; "" for where the vault looks by itself
	Demo        bool   // with people in it, for trying
	BehindProxy bool   // a proxy in front ends TLS and names the visitor's address
	AskSecond   bool   // leads and managers need a second factor; never in a demo

	Now   func() time.Time                     // the clock
	Pause func(context.Context, time.Duration) // how a slow answer waits
	Out   io.Writer                            // where a server says that it is ready; nil for nowhere
}

// DefaultOptions are those of a real server.
func DefaultOptions() *Options {
	return &Options{AskSecond: true, Now: time.Now, Pause: signin.Pause, Out: os.Stdout}
}
