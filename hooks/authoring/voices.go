package authoring

import (
	"context"
	"fmt"

	"alongside/courses"

	"github.com/pocketbase/dbx"
)

// Answered reports whether something became of what a learner said, and they have not
// seen it. With Thanked, Named and Credits it is what learning.Voices asks of this room.
func (a *Authoring) Answered(ctx context.Context, learner string) (yes bool, err error) {
	err = a.app.ConcurrentDB().NewQuery("SELECT EXISTS (SELECT 1 FROM remarks WHERE learner = {:learner} AND state != 'open' AND told = '')").
		Bind(dbx.Params{"learner": learner}).WithContext(ctx).Row(&yes)
	if err != nil {
		return false, fmt.Errorf("what became of what %s said: %w", learner, err)
	}
	return yes, nil
}

// Thanked reports whether a learner has thanked those who wrote a module.
func (a *Authoring) Thanked(ctx context.Context, learner, module string) (yes bool, err error) {
	err = a.app.ConcurrentDB().NewQuery("SELECT EXISTS (SELECT 1 FROM thanks WHERE module = {:module} AND learner = {:learner})").
		Bind(dbx.Params{"module": module, "learner": learner}).WithContext(ctx).Row(&yes)
	if err != nil {
		return false, fmt.Errorf("thanks of %s: %w", learner, err)
	}
	return yes, nil
}

// Named are the learners because of whom a course changed, under the names that they
// chose. Who chose none is not among them.
func (a *Authoring) Named(ctx context.Context, course string) (all []courses.Contributor, err error) {
	var names []string
	err = a.app.ConcurrentDB().NewQuery(`SELECT DISTINCT k.name FROM contributions k WHERE k.course = {:course} AND k.what = 'said' AND k.state = 'agreed' AND k.name != '' ORDER BY k.name`).
		Bind(dbx.Params{"course": course}).WithContext(ctx).Column(&names)
	if err != nil {
		return nil, fmt.Errorf("who is named in course %s: %w", course, err)
	}
	for _, name := range names {
		all = append(all, courses.Contributor{Name: name})
	}
	return all, nil
}
