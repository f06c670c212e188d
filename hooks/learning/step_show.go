package learning

import (
	"context"
	"errors"
	"net/http"
	"net/url"

	"alongside/hooks/content"
	"alongside/hooks/signin"
	"alongside/hooks/web"
	"alongside/templates"

	"github.com/pocketbase/pocketbase/core"
)

// showStep is GET of one step: as it was left, or with what an idle end kept.
func (l *Learning) showStep(e *core.RequestEvent) error {
	key, step := address(e)
	w, err := l.find(e.Request.Context(), web.Current(e), key, stepAsks(step))
	if err != nil {
		return orSignIn(e, err)
	}
	found, place := w.compiled.Step(step)
	if found == nil {
		return l.showElsewhere(e, w, key, step)
	}
	if kept, ok := signin.KeptPost(e); ok {
		return l.showKept(e, w, key, place, kept)
	}
	page, err := l.stepPage(e, w, key, place, nil)
	if err != nil {
		return err
	}
	return web.Show(e, http.StatusOK, "learning/step", page)
}

// showElsewhere sends the browser on from an address that names an activity, or
// a step by an id that it no longer has.
func (l *Learning) showElsewhere(e *core.RequestEvent, w *where, key moduleKey, id string) error {
	if step := w.compiled.StepOf(id); step != "" {
		return e.Redirect(http.StatusSeeOther, content.StepAddress(key.course, key.module, step)+"#at-"+url.PathEscape(id))
	}
	to, err := l.content.FormerStep(e.Request.Context(), w.Revision, id)
	if err != nil {
		return err
	}
	if to == "" {
		return web.ErrNotFound
	}
	return e.Redirect(http.StatusMovedPermanently, content.StepAddress(key.course, key.module, to))
}

// showKept shows what was typed before an idle end, as not saved yet.
func (l *Learning) showKept(e *core.RequestEvent, w *where, key moduleKey, place int, kept url.Values) error {
	handed, err := l.handedIn(e.Request.Context(), w, web.Current(e), place, kept)
	if err != nil {
		return err
	}
	page, err := l.stepPage(e, w, key, place, handed)
	if err != nil {
		return err
	}
	page.Kept = true
	return web.Show(e, http.StatusOK, "learning/step", page)
}

// stepPage makes the page of one step. handed, where it is not nil, is what the
// learner just gave, and stands before what is stored.
func (l *Learning) stepPage(e *core.RequestEvent, w *where, key moduleKey, place int, handed map[string]given) (*StepPage, error) {
	viewer, module := web.Current(e), w.compiled.Module
	step := module.Steps[place]
	stored, _, err := l.readerOf(e.Request.Context(), viewer, w).all(w.Answers, w.Reflections)
	if err != nil {
		return nil, err
	}
	for id, g := range handed {
		stored[id] = g
	}
	view := stepView{
		compiled: w.compiled, language: key.language, given: stored, help: web.SiteOf(e).Help,
		recalled: l.recall(e.Request.Context(), viewer, key, w),
	}
	parts, err := view.parts(step.Parts)
	if err != nil {
		return nil, err
	}
	done, err := l.progressNow(e.Request.Context(), w)
	if err != nil {
		return nil, err
	}
	if err := l.remember(w, done, step.ID); err != nil {
		return nil, err
	}
	page := &StepPage{
		Address:     content.StepAddress(key.course, key.module, step.ID),
		Course:      Link{Title: w.CourseTitle, Address: content.CourseAddress(key.course)},
		Module:      Link{Title: module.Title, Address: content.ModuleAddress(key.course, key.module)},
		ContentLang: module.Lang, ContentDir: templates.Direction(module.Lang),
		Title: step.Title, Number: place + 1, Count: len(module.Steps), Minutes: step.Minutes,
		Revision: w.Revision, Asks: len(step.Activities) > 0, Parts: parts, Terms: step.Terms,
		Last: place+1 == len(module.Steps), Done: done.isDone(step.ID),
		Guest: w.Enrolment == "", Errors: errorsOf(step, handed),
	}
	if place == 0 {
		page.Title, page.ContentNote = module.Title, module.ContentNote
	} else {
		before := module.Steps[place-1]
		page.Back = &Link{Title: titleOf(before, module), Address: content.StepAddress(key.course, key.module, before.ID)}
	}
	return page, nil
}

// progressNow is the progress as of the live revision.
func (l *Learning) progressNow(ctx context.Context, w *where) (progress, error) {
	if w.Progress.Revision == "" || w.Progress.Revision == w.Revision {
		return w.Progress, nil
	}
	carrier, err := l.content.Carrier(ctx, w.Progress.Revision, w.Revision)
	if err != nil {
		return progress{}, err
	}
	return w.Progress.carried(carrier, w.Revision), nil
}

// address is what a request asks for.
func address(e *core.RequestEvent) (moduleKey, string) {
	language, _ := web.Language(e)
	return moduleKey{e.Request.PathValue("course"), e.Request.PathValue("module"), language}, e.Request.PathValue("step")
}

// orSignIn sends a guest to sign in and back again, where that is what is missing.
func orSignIn(e *core.RequestEvent, err error) error {
	if errors.Is(err, errSignIn) {
		return web.SeeOther(e, "/sign-in?back="+url.QueryEscape(e.Request.URL.RequestURI()))
	}
	return err
}
