package authoring

import (
	"errors"

	"alongside/hooks/content"
	"alongside/hooks/people"
	"alongside/hooks/web"

	"github.com/pocketbase/pocketbase/core"
)

// courseFor finds the course that an address names, for somebody to whom a matter
// of it is open: a course is its programme's or, without one, the site's, and open
// then to whoever has the matter anywhere. It returns web.ErrNotFound for any other.
func (a *Authoring) courseFor(e *core.RequestEvent, matter people.Matter) (content.Course, error) {
	course, err := a.content.Course(e.Request.Context(), e.Request.PathValue("course"))
	if errors.Is(err, content.ErrNoCourse) {
		return course, web.ErrNotFound
	}
	if err != nil {
		return course, err
	}
	if !reaches(web.Current(e), matter, course.Programme) {
		return course, web.ErrNotFound
	}
	return course, nil
}

// reaches reports whether a viewer has a matter in a course of this programme; ""
// is the site's.
func reaches(v *web.Viewer, matter people.Matter, programme string) bool {
	for _, grant := range people.Grants(v, matter) {
		switch {
		case grant.Of == people.Own: // theirs, and no course's
		case programme == "" || grant.Of == people.Everybodys || grant.Programme == programme:
			return true
		}
	}
	return false
}

// isOfCourse is the condition that somebody has a role now by which they belong to
// those who work on a course: in its programme or, where it is the site's, in any.
// m is the alias of memberships, programme that of the course's column.
func isOfCourse(m, programme string) string {
	return "(" + programme + " = '' OR " + m + ".programme = " + programme + ") AND " + people.InForce(m)
}
