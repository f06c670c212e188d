package learning

import (
	"net/http"

	"alongside/courses"
	"alongside/hooks/content"
	"alongside/hooks/web"

	"github.com/pocketbase/pocketbase/core"
)

// looks is the field of a form whose page said that nothing is kept.
const looks = "look"

// keepsNothingOf reports whether somebody only reads: a guest, or whoever is not
// on this course and cannot start it by themselves.
func (w *where) keepsNothingOf(viewer *web.Viewer) bool {
	return viewer == nil || w.Enrolment == "" && !w.Open
}

// ahead is where reading on leads: the next step, and after the last the course,
// whose page lists its modules.
func (w *where) ahead(place int) string {
	if steps := w.compiled.Outline.Steps; place+1 < len(steps) {
		return w.stepAt(steps[place+1].ID)
	}
	if w.root != "" {
		return w.root
	}
	return content.CourseAddress(w.CourseSlug)
}

// tryOut is Check for whoever looks on: the step again, with what there is to
// say of an answer. Nothing is stored.
func (s *saving) tryOut(e *core.RequestEvent) error {
	s.action, s.check = pressed(s.form)
	if err := s.findSeen(); err != nil {
		return err
	}
	return s.tryAsked(e)
}

// tryAsked does it for the step that was found.
func (s *saving) tryAsked(e *core.RequestEvent) error {
	s.handed = handedIn(s.asked, readings{}, s.form)
	for _, a := range s.asked.Activities {
		s.tryOne(a)
	}
	w := s.w.as(s.seen)
	w.looksOn = true
	page, err := s.stepPage(e, w, s.place, s.handed)
	if err != nil {
		return err
	}
	status := http.StatusOK
	if len(page.Errors) > 0 {
		status = http.StatusUnprocessableEntity
	}
	if web.IsFragment(e) {
		return web.ShowFragment(e, status, "learning/step", "step", page)
	}
	return web.Show(e, status, "learning/step", page)
}

func (s *saving) tryOne(a *courses.Activity) {
	if g, given := s.handed[a.ID]; given && g.errors == nil {
		g.tried = s.handsIn(a) && !empty(g.answer)
		s.handed[a.ID] = g
	}
}
