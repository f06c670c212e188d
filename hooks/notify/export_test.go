package notify

import "time"

// WaitAtMost is how long a test's mail may take.
func (p *Post) WaitAtMost(d time.Duration) { p.most = d }
