package learning

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"

	"alongside/courses"
	"alongside/hooks/content"
	"alongside/hooks/signin"
	"alongside/hooks/vault"
	"alongside/hooks/web"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"
)

// The submit buttons of a step, as values of its field `do`.
const (
	doContinue = "continue"
	doSkip     = "skip"
	doCheck    = "check"
	doSave     = "save"
)

// saveStep is POST of one step. Whatever was typed is saved, whichever button
// was pressed; Continue and Skip also go on.
func (l *Learning) saveStep(e *core.RequestEvent) error {
	viewer := web.Current(e)
	if viewer == nil {
		return orSignIn(e, errSignIn)
	}
	form, err := web.Form(e)
	if err != nil {
		return err
	}
	key, step := address(e)
	w, err := l.find(e.Request.Context(), viewer, key, stepAsks(step))
	if err != nil {
		return err
	}
	s := &saving{Learning: l, ctx: e.Request.Context(), viewer: viewer, w: w, key: key, step: step, form: form, now: types.NowDateTime()}
	if err := s.decide(); err != nil {
		return s.show(e, err)
	}
	if err := l.writes.Do(s.ctx, s.write); err != nil {
		return err
	}
	if err := signin.DropKeptPost(e); err != nil {
		e.App.Logger().Warn("drop a kept post", "error", err) // it is saved; the copy ages out by itself
	}
	return s.reply(e)
}

// saving is one step being saved.
type saving struct {
	*Learning
	ctx    context.Context
	viewer *web.Viewer
	w      *where
	key    moduleKey
	step   string // as the address says
	form   url.Values
	now    types.DateTime

	action   string           // the button
	asked    *courses.Step    // the step as the learner saw it, nil where it is gone
	handed   map[string]given // by activity
	rows     []row
	progress *progress // as it is after this; nil where it does not change
}

// errAnswers says that something in the form is to be put right first.
var errAnswers = errors.New("something to put right")

// decide reads the form as of the revision that it was made from, and makes the
// rows that change. Nothing is stored yet.
func (s *saving) decide() (err error) {
	s.action = s.form.Get("do")
	seen, place, err := s.revisionSeen()
	if err != nil {
		return err
	}
	if place >= 0 {
		s.asked = seen.Module.Steps[place]
		if s.handed, err = s.handedIn(s.ctx, s.as(seen), s.viewer, place, s.form); err != nil {
			return err
		}
		if len(errorsOf(s.asked, s.handed)) > 0 {
			return errAnswers
		}
	}
	if err := s.decideRows(seen); err != nil {
		return err
	}
	return s.decideProgress(seen)
}

// revisionSeen is the revision that the learner was looking at: the one that
// the form names, if it is one of this module, else the live one.
func (s *saving) revisionSeen() (*content.Compiled, int, error) {
	seen := s.w.compiled
	if id := s.form.Get("revision"); id != "" && id != s.w.Revision {
		old, err := s.content.Compiled(s.ctx, id, s.w.Build)
		if err == nil && old.ModuleID == s.w.Module {
			seen = old
		}
	}
	_, place := seen.Step(s.step)
	if place < 0 && seen == s.w.compiled {
		return nil, -1, web.ErrNotFound
	}
	return seen, place, nil
}

// as is where the learner is, read as of another revision of the module.
func (s *saving) as(seen *content.Compiled) *where {
	w := *s.w
	w.compiled = seen
	return &w
}

// handedIn reads a form into what was given to each activity of a step. The
// form lists the activities that it shows in its field `has`: what is not among
// them is left as it is, while one with nothing ticked any more is given empty.
func (l *Learning) handedIn(ctx context.Context, w *where, viewer *web.Viewer, place int, form url.Values) (map[string]given, error) {
	stored, _, err := l.readerOf(ctx, viewer, w).all(w.Answers, w.Reflections)
	if err != nil {
		return nil, err
	}
	handed := make(map[string]given)
	for _, a := range w.compiled.Module.Steps[place].Activities {
		if !slices.Contains(form["has"], a.ID) {
			continue
		}
		before := stored[a.ID]
		answer, err := a.Read(func(field string) []string { return form[field] })
		g := given{answer: answer, revision: w.compiled.Revision, tried: before.tried && same(answer, before.answer), closed: before.closed}
		g.errors = fieldError(err)
		handed[a.ID] = g
	}
	return handed, nil
}

// fieldError is what a person has to put right in a field.
func fieldError(err error) *FieldError {
	var tooLong *courses.TooLong
	if errors.As(err, &tooLong) {
		return &FieldError{Field: controlID(tooLong.Field, ""), Key: "too-long", Max: tooLong.Max}
	}
	if err != nil {
		return &FieldError{Key: "unreadable"}
	}
	return nil
}

func errorsOf(step *courses.Step, handed map[string]given) []FieldError {
	var all []FieldError
	for _, a := range step.Activities {
		if g := handed[a.ID]; g.errors != nil {
			all = append(all, *g.errors)
		}
	}
	return all
}

// show gives the page again with everything that was typed and what to put right.
func (s *saving) show(e *core.RequestEvent, err error) error {
	noKey := errors.Is(err, vault.ErrNoKey)
	if !noKey && !errors.Is(err, errAnswers) {
		return err
	}
	_, place := s.w.compiled.Step(s.step)
	if place < 0 {
		return err
	}
	page, failed := s.stepPage(e, s.w, s.key, place, s.handed)
	if failed != nil {
		return failed
	}
	status := http.StatusUnprocessableEntity
	if noKey {
		status = http.StatusServiceUnavailable
		page.Errors = append(page.Errors, FieldError{Field: "step", Key: "cannot-be-kept"})
	}
	if web.IsFragment(e) {
		return web.ShowFragment(e, status, "learning/step", "step", page)
	}
	return web.Show(e, status, "learning/step", page)
}

// reply goes on, or shows the step again with what was saved.
func (s *saving) reply(e *core.RequestEvent) error {
	if s.action == doContinue || s.action == doSkip {
		return web.SeeOther(e, s.onward())
	}
	if s.form.Get("auto") != "" {
		return e.NoContent(http.StatusNoContent)
	}
	if web.IsFragment(e) {
		return s.fragment(e)
	}
	web.Notify(e, "saved")
	return web.SeeOther(e, content.StepAddress(s.key.course, s.key.module, s.step))
}

// fragment is the step as it now is, for htmx.
func (s *saving) fragment(e *core.RequestEvent) error {
	w, err := s.find(s.ctx, s.viewer, s.key, stepAsks(s.step))
	if err != nil {
		return err
	}
	_, place := w.compiled.Step(s.step)
	if place < 0 {
		e.Response.Header().Set("HX-Redirect", content.ModuleAddress(s.key.course, s.key.module))
		return e.NoContent(http.StatusNoContent)
	}
	page, err := s.stepPage(e, w, s.key, place, nil)
	if err != nil {
		return err
	}
	page.Saved = "saved"
	return web.ShowFragment(e, http.StatusOK, "learning/step", "step", page)
}

// onward is where Continue leads: the next step, and after the last, or from a
// step that is gone, the module's page.
func (s *saving) onward() string {
	steps := s.w.compiled.Module.Steps
	if s.progress != nil && slices.ContainsFunc(steps, func(step *courses.Step) bool { return step.ID == s.step }) {
		return content.StepAddress(s.key.course, s.key.module, next(s.step, steps))
	}
	return content.ModuleAddress(s.key.course, s.key.module)
}
