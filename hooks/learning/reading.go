package learning

import (
	"errors"

	"alongside/courses"
	"alongside/hooks/content"
	"alongside/hooks/web"

	"github.com/pocketbase/pocketbase/core"
)

// A Reading is a learner in a step of a live module: what they may speak of.
type Reading struct {
	Module   string            // record id
	Slug     string            // of the course
	Compiled *content.Compiled // what they read: the live text in their language
	Step     *courses.Step     // of that
	Title    string            // of the step; of the module for its start
	Address  string            // of the step
}

// ReadingAt is what the viewer reads at {course}/{module}/{step}. revision is the one
// that their page was made from, "" for what is live. It returns web.ErrNotFound where
// nothing of theirs is kept there: for whoever only looks on, and for what is not there.
func (l *Learning) ReadingAt(e *core.RequestEvent, revision string) (r Reading, err error) {
	key, step := address(e)
	ctx, viewer := e.Request.Context(), web.Current(e)
	w, err := l.find(ctx, viewer, key, func(*content.Compiled) names { return names{} })
	if errors.Is(err, errSignIn) {
		return r, web.ErrNotFound
	}
	if err != nil {
		return r, err
	}
	if w.Enrolment == "" {
		return r, web.ErrNotFound
	}
	if revision != "" && revision != w.Revision {
		seen, err := l.content.Earlier(ctx, w.Module, revision, w.Build)
		if err != nil {
			return r, err
		}
		if seen != nil {
			w = w.as(seen)
		}
	}
	found, place := w.compiled.Step(step)
	if found == nil {
		return r, web.ErrNotFound
	}
	r = Reading{Module: w.Module, Slug: w.CourseSlug, Compiled: w.compiled, Step: found, Title: found.Title, Address: w.stepAt(found.ID)}
	if place == 0 {
		r.Title = w.compiled.Module.Title
	}
	return r, nil
}

// sayAddress is where somebody says what they think of a step.
func (w *where) sayAddress(step string) string {
	if w.Enrolment == "" || w.looksOn {
		return ""
	}
	return "/say/" + w.stepAt(step)[len("/courses/"):]
}
