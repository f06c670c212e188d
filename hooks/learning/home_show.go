package learning

import (
	"context"
	"net/http"

	"alongside/hooks/content"
	"alongside/hooks/web"

	"github.com/pocketbase/pocketbase/core"
)

// showHome is `/`: one Continue for who has begun, the open courses for who has
// not, a welcome for a guest.
func (l *Learning) showHome(e *core.RequestEvent) error {
	page := &HomePage{}
	viewer := web.Current(e)
	journeys, err := l.journeys(e, viewer)
	if err != nil {
		return err
	}
	var latest string
	for _, j := range journeys {
		if !j.mayShow(viewer) {
			continue
		}
		page.Courses = append(page.Courses, j.asRow())
		if at := j.touched(); j.enrolment != "" && at >= latest {
			if next := j.next(); next != nil {
				latest, page.Continue = at, next
			}
		}
	}
	return web.Show(e, http.StatusOK, "learning/home", page)
}

// showCatalogue is `/courses`.
func (l *Learning) showCatalogue(e *core.RequestEvent) error {
	page := &CataloguePage{}
	viewer := web.Current(e)
	journeys, err := l.journeys(e, viewer)
	if err != nil {
		return err
	}
	for _, j := range journeys {
		if j.mayShow(viewer) {
			page.Courses = append(page.Courses, j.asRow())
		}
	}
	return web.Show(e, http.StatusOK, "learning/catalogue", page)
}

// journeys are the viewer's ways through all courses. Only what was begun is
// read in full; of the rest a row is enough.
func (l *Learning) journeys(e *core.RequestEvent, viewer *web.Viewer) ([]*journey, error) {
	ctx := e.Request.Context()
	listed, err := l.content.List(ctx)
	if err != nil {
		return nil, err
	}
	language, _ := web.Language(e)
	all := make([]*journey, 0, len(listed))
	for _, course := range listed {
		j, err := l.briefly(ctx, viewer, course, language)
		if err != nil {
			return nil, err
		}
		all = append(all, j)
	}
	return all, nil
}

func (l *Learning) briefly(ctx context.Context, viewer *web.Viewer, course content.Listed, language string) (*journey, error) {
	rows, err := l.progressOf(ctx, viewer, course.ID)
	if err != nil {
		return nil, err
	}
	if len(rows) == 0 {
		return &journey{course: course}, nil
	}
	return l.journey(ctx, viewer, course, language)
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
