package learning

import (
	"errors"
	"net/http"

	"alongside/hooks/content"
	"alongside/hooks/web"
	"alongside/templates"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"
)

// findCourse is a course that the viewer may see. A guest who may not see it is
// sent to sign in whether it is there or not.
func (l *Learning) findCourse(e *core.RequestEvent) (*journey, error) {
	viewer := web.Current(e)
	course, err := l.content.Find(e.Request.Context(), e.Request.PathValue("course"), contentLanguage(e))
	none := errors.Is(err, content.ErrNoCourse)
	switch {
	case viewer == nil && (none || err == nil && !course.Public):
		return nil, errSignIn
	case none:
		return nil, web.ErrNotFound
	case err != nil:
		return nil, err
	}
	rows, err := l.progressOf(e.Request.Context(), viewer, course.ID)
	if err != nil {
		return nil, err
	}
	return l.journey(e.Request.Context(), course, contentLanguage(e), rows)
}

// showCourse is what a course is, and its modules.
func (l *Learning) showCourse(e *core.RequestEvent) error {
	j, err := l.findCourse(e)
	if err != nil {
		return orSignIn(e, err)
	}
	about, err := l.content.About(e.Request.Context(), j.course.ID, contentLanguage(e))
	if err != nil {
		return err
	}
	credited, err := l.namedToo(e.Request.Context(), j.course.ID, about.Credited)
	if err != nil {
		return err
	}
	page := &CoursePage{
		Course: j.asRow(), About: about.Page, AboutLang: about.Language, AboutDir: templates.Direction(about.Language),
		Contributors: credited, Finished: j.isFinished(),
	}
	if page.Credits, err = l.creditsOf(e.Request.Context(), j.course.ID, ""); err != nil {
		return err
	}
	for i := range j.stages {
		page.Modules = append(page.Modules, j.moduleRow(i))
	}
	if j.enrolment != "" {
		page.Next = j.next()
	}
	if page.Finished {
		page.Record = recordAddress(j.course.Slug)
	}
	return web.Show(e, http.StatusOK, "learning/course", page)
}

// saveEnrolment is the button Start on a course that is open: it enrols and
// goes to the first step, or to where they are if they had begun.
func (l *Learning) saveEnrolment(e *core.RequestEvent) error {
	viewer := web.Current(e)
	if viewer == nil {
		return web.AskToSignIn(e)
	}
	if _, err := web.Form(e); err != nil {
		return err
	}
	j, err := l.findCourse(e)
	if err != nil {
		return err
	}
	if j.enrolment == "" {
		if !j.course.Open {
			return web.ErrForbidden
		}
		if err := l.enrol(e, viewer, j.course.ID); err != nil {
			return err
		}
		if j, err = l.findCourse(e); err != nil { // whoever comes back has been somewhere
			return err
		}
	}
	if next := j.next(); next != nil {
		return web.SeeOther(e, next.Step.Address)
	}
	return web.SeeOther(e, content.CourseAddress(j.course.Slug))
}

func (l *Learning) enrol(e *core.RequestEvent, viewer *web.Viewer, course string) error {
	now := types.NowDateTime()
	return l.writes.Do(e.Request.Context(), func(tx core.App) error { return enrol(tx, viewer.ID, course, now) })
}
