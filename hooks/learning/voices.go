package learning

import (
	"context"
	"slices"

	"alongside/courses"
	"alongside/hooks/web"

	"github.com/pocketbase/pocketbase/core"
)

// Voices is what the room of those who write adds to the pages of learners, who speak
// back to them.
type Voices interface {
	// Answered reports whether something became of what a learner said, and they have
	// not seen it.
	Answered(ctx context.Context, learner string) (bool, error)
	// Thanked reports whether a learner has thanked those who wrote a module.
	Thanked(ctx context.Context, learner, module string) (bool, error)
	// Named are the learners because of whom a course changed, as they want to be named.
	Named(ctx context.Context, course string) ([]courses.Contributor, error)
	// Credits are those who worked on the texts of a course, by its record id, as they
	// want to be named.
	Credits(ctx context.Context, course string) ([]Credit, error)
}

// Hear lets the room of those who write add to these pages. Without one they show
// nothing of it.
func (l *Learning) Hear(v Voices) { l.voices = v }

// answered is Voices.Answered of a viewer.
func (l *Learning) answered(ctx context.Context, viewer *web.Viewer) (bool, error) {
	if l.voices == nil {
		return false, nil
	}
	return l.voices.Answered(ctx, viewer.ID)
}

// thanks fills in, on the finish page of a module, whether a learner can say thanks.
func (l *Learning) thanks(ctx context.Context, viewer *web.Viewer, module string, page *ModulePage) (err error) {
	if l.voices == nil || page.Module.State != Finished {
		return nil
	}
	page.Thanks = "/thanks" + page.Module.Address[len("/courses"):]
	page.Thanked, err = l.voices.Thanked(ctx, viewer.ID, module)
	return err
}

// namedToo adds those because of whom a course changed to those who are credited in it.
func (l *Learning) namedToo(ctx context.Context, course string, credited []courses.Contributor) ([]courses.Contributor, error) {
	if l.voices == nil {
		return credited, nil
	}
	named, err := l.voices.Named(ctx, course)
	return append(slices.Clone(credited), named...), err
}

// FinishedAt is the record id of the module {course}/{module}, where the viewer has
// finished it, and its address. It returns web.ErrNotFound for any other.
func (l *Learning) FinishedAt(e *core.RequestEvent) (module, address string, err error) {
	j, err := l.findCourse(e)
	if err != nil {
		return "", "", orSignIn(e, err)
	}
	i := slices.IndexFunc(j.stages, func(s stage) bool { return s.module.Slug == e.Request.PathValue("module") })
	if i < 0 || j.enrolment == "" || j.stages[i].progress.state() != Finished {
		return "", "", web.ErrNotFound
	}
	return j.stages[i].module.ID, j.linkTo(j.stages[i]).Address, nil
}
