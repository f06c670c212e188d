package authoring

import (
	"net/http"

	"alongside/hooks/people"
	"alongside/hooks/web"

	"github.com/pocketbase/pocketbase/core"
)

// CaredPage is `/course-settings`, "authoring/cared": the courses that somebody cares
// for.
type CaredPage struct {
	web.Base
	Courses []CourseRow
}

func (a *Authoring) showCared(e *core.RequestEvent) (err error) {
	page := &CaredPage{}
	if page.Courses, err = a.coursesFor(e.Request.Context(), web.Current(e), people.Caring, "/course-settings/"); err != nil {
		return err
	}
	return web.Show(e, http.StatusOK, "authoring/cared", page)
}
