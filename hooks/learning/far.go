package learning

import (
	"context"

	"alongside/hooks/content"
)

// Stored is how far somebody is in a module as its row says, for rooms that
// read the rows of many people at once.
type Stored struct {
	Module    string `db:"module"` // "" where they have not begun one
	Revision  string `db:"revision"`
	Done      string `db:"done"`
	Last      string `db:"last"`
	Completed string `db:"completed"`
	Updated   string `db:"updated"`
}

// Far is how far somebody is in a module as it is now.
type Far struct {
	State ModuleState
	Steps int // of the module
	Done  int // of them
	New   int // that were added after it was finished
	At    int // the step to go on with, from 1
}

// Far reads a row as of the module that is live.
func (l *Learning) Far(ctx context.Context, module content.LiveModule, row Stored) (Far, error) {
	s, err := l.stage(ctx, module, progressRow{
		Module: row.Module, Revision: row.Revision, Done: row.Done, Last: row.Last, Completed: row.Completed, Updated: row.Updated,
	})
	if err != nil {
		return Far{}, err
	}
	steps := module.Outline.Steps
	far := Far{State: s.progress.state(), Steps: len(steps), Done: s.progress.count(steps), At: s.progress.place(steps) + 1}
	if far.State == Finished {
		far.New = far.Steps - far.Done
	}
	return far, nil
}
