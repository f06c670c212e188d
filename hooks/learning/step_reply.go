package learning

import (
	"errors"
	"net/http"
	"net/url"

	"alongside/courses"
	"alongside/hooks/content"
	"alongside/hooks/reflections"
	"alongside/hooks/web"

	"github.com/pocketbase/pocketbase/core"
)

// showAgain gives the page again as the learner saw it, with everything that was
// typed and what to put right.
func (s *saving) showAgain(e *core.RequestEvent, problems []FieldError) error {
	if s.isAuto() && writtenElsewhere(problems) { // its script reads the status alone
		return e.NoContent(http.StatusConflict)
	}
	page, err := s.stepPage(e, s.w.as(s.seen), s.place, s.handed)
	if err != nil {
		return err
	}
	page.Errors = problems
	if web.IsFragment(e) {
		return web.ShowFragment(e, statusOf(problems), "learning/step", "step", page)
	}
	return web.Show(e, statusOf(problems), "learning/step", page)
}

// statusOf tells what the person can put right from what only we can.
func statusOf(problems []FieldError) int {
	for _, p := range problems {
		if p.Key == "cannot-be-kept" || p.Key == "answer-cannot-be-kept" {
			return http.StatusServiceUnavailable
		}
	}
	return http.StatusUnprocessableEntity
}

// reply goes on, or shows the step again with what was saved.
func (s *saving) reply(e *core.RequestEvent) error {
	switch {
	case s.goesOn():
		return web.GoTo(e, s.onward())
	case s.isAuto():
		return web.Stored(e, s.seenNow())
	case s.action == doStuck:
		return s.askForHelp(e)
	case s.action == doSpeak && s.saidTo() != "":
		return web.GoTo(e, "/reflections/"+s.saidTo()+"/voice?back="+url.QueryEscape(e.Request.URL.Path))
	case web.IsFragment(e) && s.moveTo != "":
		return s.fragment(e)
	}
	web.Notify(e, "saved")
	if s.moveTo == "" || s.w.key.withdrawn {
		return web.GoTo(e, s.whereNow())
	}
	return web.SeeOther(e, content.StepAddress(s.w.CourseSlug, s.w.ModuleSlug, s.moveTo))
}

// saidTo is the id of the reflection that somebody wants to say something to, ""
// where it is none of the step.
func (s *saving) saidTo() string {
	for _, a := range s.asked.Activities {
		if _, shown := s.handed[a.ID]; shown && a.ID == s.check && a.Kind == courses.Reflection {
			return reflections.RowID(s.viewer.ID, s.w.Module, s.seen.Outline.Name(a.ID))
		}
	}
	return ""
}

// askForHelp tells those who walk beside the learner that they are stuck here, and
// leads to the page that says whom.
func (s *saving) askForHelp(e *core.RequestEvent) error {
	err := s.written.Stuck(s.ctx, s.viewer.ID, s.w.Module, s.moveTo)
	switch {
	case errors.Is(err, reflections.ErrNobody):
		web.Notify(e, "call-nobody")
	case err != nil:
		return err
	default:
		web.Notify(e, "call-stuck")
	}
	return web.GoTo(e, "/me/calls")
}

// fragment is the step as it now is, for htmx.
func (s *saving) fragment(e *core.RequestEvent) error {
	w, err := s.find(s.ctx, s.viewer, s.w.key, stepAsks(s.moveTo))
	if err != nil {
		return err
	}
	_, place := w.compiled.Step(s.moveTo)
	if place < 0 { // published meanwhile
		return web.GoTo(e, s.whereNow())
	}
	page, err := s.stepPage(e, w, place, nil)
	if err != nil {
		return err
	}
	page.Saved = "saved"
	return web.ShowFragment(e, http.StatusOK, "learning/step", "step", page)
}

// onward is where Continue leads: the next step, and after the last, or from a
// step that is gone, the module's page.
func (s *saving) onward() string {
	following := next(s.moveTo, s.w.compiled.Outline.Steps)
	if s.moveTo == "" || following == "" || s.w.key.withdrawn {
		return s.whereNow()
	}
	return content.StepAddress(s.w.CourseSlug, s.w.ModuleSlug, following)
}

// whereNow is the page of the module, or of its course where it is withdrawn.
func (s *saving) whereNow() string {
	if s.w.key.withdrawn {
		return content.CourseAddress(s.w.CourseSlug)
	}
	return content.ModuleAddress(s.w.CourseSlug, s.w.ModuleSlug)
}
