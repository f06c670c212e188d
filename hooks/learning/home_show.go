package learning

import (
	"net/http"
	"slices"

	"alongside/hooks/people"
	"alongside/hooks/signin"
	"alongside/hooks/web"

	"github.com/pocketbase/pocketbase/core"
)

// showHome is `/`: one Continue and their courses for who has begun, what is
// theirs to keep for who has finished, all courses for who is new, a welcome for
// a guest.
func (l *Learning) showHome(e *core.RequestEvent) error {
	journeys, err := l.journeys(e)
	if err != nil {
		return err
	}
	page := &HomePage{}
	if err := l.tell(e, page); err != nil {
		return err
	}
	own := slices.DeleteFunc(slices.Clone(journeys), func(j *journey) bool { return j.enrolment == "" })
	if page.Continue = latest(own); page.Continue == nil {
		page.Finished = records(own)
	}
	if len(own) == 0 {
		own = journeys
	}
	page.Courses = asRows(own)
	return web.Show(e, http.StatusOK, "learning/home", page)
}

// tell says what a viewer should know before anything else: that text of theirs
// is closed, or who opened it; and that somebody else walks beside them now.
func (l *Learning) tell(e *core.RequestEvent, page *HomePage) (err error) {
	viewer := web.Current(e)
	if viewer == nil {
		return nil
	}
	if page.Closed, err = l.holdsClosed(e.Request.Context(), viewer); err != nil {
		return err
	}
	if page.Reopened, err = signin.ReopenedOf(e); err != nil {
		return err
	}
	if page.News, err = l.written.NewsOf(e.Request.Context(), viewer); err != nil {
		return err
	}
	if page.HandedOver, err = people.HandOversOf(e.Request.Context(), l.app, viewer.ID, web.Now(e)); err != nil {
		return err
	}
	if page.Told, err = l.written.WasTold(e.Request.Context(), viewer); err != nil {
		return err
	}
	if page.Asked, err = l.written.HasAsked(e.Request.Context(), viewer.ID); err != nil {
		return err
	}
	if page.Heard, err = l.answered(e.Request.Context(), viewer); err != nil {
		return err
	}
	page.Away, err = people.AwayOf(e.Request.Context(), l.app, viewer.ID, web.Now(e))
	return err
}

// records are the records of the courses that somebody has finished.
func records(own []*journey) []Link {
	var all []Link
	for _, j := range own {
		if j.isFinished() {
			all = append(all, Link{Title: j.course.Title, Lang: j.course.Spoken, Address: recordAddress(j.course.Slug)})
		}
	}
	return all
}

// latest is what to go on with in the course that was touched last.
func latest(journeys []*journey) *Continue {
	var at string
	var found *Continue
	for _, j := range journeys {
		if next := j.next(); next != nil && j.touched() >= at {
			at, found = j.touched(), next
		}
	}
	return found
}

// showCatalogue is `/courses`.
func (l *Learning) showCatalogue(e *core.RequestEvent) error {
	journeys, err := l.journeys(e)
	if err != nil {
		return err
	}
	return web.Show(e, http.StatusOK, "learning/catalogue", &CataloguePage{Courses: asRows(journeys)})
}

func asRows(journeys []*journey) []CourseInList {
	var rows []CourseInList
	for _, j := range journeys {
		rows = append(rows, j.asRow())
	}
	return rows
}

// journeys are the viewer's ways through all courses that they may see. Of what
// was not begun a row is enough.
func (l *Learning) journeys(e *core.RequestEvent) ([]*journey, error) {
	ctx, viewer := e.Request.Context(), web.Current(e)
	listed, err := l.content.List(ctx, contentLanguage(e))
	if err != nil {
		return nil, err
	}
	rows, err := l.progressOf(ctx, viewer, "")
	if err != nil {
		return nil, err
	}
	var all []*journey
	for _, course := range listed {
		j := &journey{course: course}
		if !j.mayShow(viewer) {
			continue
		}
		if begun := inCourse(rows, course.ID); len(begun) > 0 {
			if j, err = l.journey(ctx, course, contentLanguage(e), begun); err != nil {
				return nil, err
			}
		}
		all = append(all, j)
	}
	return all, nil
}

func inCourse(rows []progressRow, course string) []progressRow {
	return slices.DeleteFunc(slices.Clone(rows), func(r progressRow) bool { return r.Course != course })
}

// mayShow reports whether a viewer may see a course: whoever is signed in sees
// every live one, a guest those that are public.
func (j *journey) mayShow(viewer *web.Viewer) bool { return viewer != nil || j.course.Public }

// touched is when anything in it was last done.
func (j *journey) touched() string {
	var at string
	for _, s := range j.stages {
		at = max(at, s.updated)
	}
	return at
}
