package notify

import (
	"context"
	"time"
)

// WaitAtMost is how long a test's mail may take.
func (p *Post) WaitAtMost(d time.Duration) { p.most = d }

// MakeIfDue is what the worker does each minute.
func (p *Post) MakeIfDue(ctx context.Context) error { return p.makeIfDue(ctx) }
