package people

import (
	"context"

	"alongside/hooks/web"
)

// ConcernCounts are what managers know of safeguarding concerns: how many and how
// long, and nothing of any one.
type ConcernCounts struct {
	Unknown bool // without the master key nobody can tell; the rest is 0 then
	Year    int  // raised in the last year, or open
	Open    int
	Waiting int // that nobody has acknowledged
	Longest int // full hours that the oldest of these has waited
	Took    int // full hours until one was acknowledged, in the middle; -1 where there is none
}

// CountConcerns registers what counts the concerns of the programmes that a viewer
// manages. They are kept in a room below.
func (o *Office) CountConcerns(of func(context.Context, *web.Viewer) (ConcernCounts, error)) {
	o.concerns = of
}
