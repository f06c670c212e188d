package learning

import (
	"context"
	"slices"
)

// A Credit is somebody who worked on a text that learners read, as they want to be
// named.
type Credit struct {
	Name   string `db:"name"`
	What   string `db:"what"`   // words, review, translation, picture, recording
	Module string `db:"module"` // record id; "" for the course's own page
}

// creditsOf are those of a module, or, for "", of a whole course: each name and work
// once.
func (l *Learning) creditsOf(ctx context.Context, course, module string) ([]Credit, error) {
	if l.voices == nil {
		return nil, nil
	}
	all, err := l.voices.Credits(ctx, course)
	var shown []Credit
	for _, one := range all {
		if module != "" && one.Module != module {
			continue
		}
		one.Module = module
		if !slices.Contains(shown, one) {
			shown = append(shown, one)
		}
	}
	return shown, err
}
