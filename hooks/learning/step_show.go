package learning

import (
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/url"

	"alongside/courses"
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
	if errors.Is(err, web.ErrNotFound) {
		return l.showWithdrawn(e, key.module)
	}
	if err != nil {
		return orSignIn(e, err)
	}
	if kept, ok := signin.KeptPost(e); ok {
		return l.showKept(e, w, step, kept)
	}
	found, place := w.compiled.Step(step)
	if found == nil || w.ModuleSlug != key.module {
		return l.showElsewhere(e, w, step)
	}
	l.remember(w, step)
	return l.showAsLeft(e, w, place)
}

// showWithdrawn sends the browser on from a step of a module that is not in its course
// any more to the course. It returns web.ErrNotFound for any other.
func (l *Learning) showWithdrawn(e *core.RequestEvent, module string) error {
	j, err := l.findCourse(e)
	if err != nil {
		return orSignIn(e, err)
	}
	return l.toCourse(e, j, module)
}

// stepKey is what the page of a step depends on, besides its revision, where
// nothing stands on it but what was stored.
type stepKey struct {
	course Link // its title may change while the revision does not
	place  int
	guest  bool
	looks  bool
	asks   bool   // they may ask for help
	own    string // which parts show what the learner gave
	root   string // where its steps are, of what is not live
}

// showAsLeft shows a step with what is stored. This is what a course costs: all
// that reads the same for everybody is rendered once.
func (l *Learning) showAsLeft(e *core.RequestEvent, w *where, place int) error {
	w.looksOn = w.root != "" || w.keepsNothingOf(web.Current(e))
	step := w.compiled.Module.Steps[place]
	view, err := l.stepView(e, w, nil)
	if err != nil {
		return err
	}
	own, html, err := view.own(step.Parts)
	if err != nil {
		return err
	}
	w.asks = web.Current(e).Is(web.Learner)
	course := w.course()
	return web.ShowShared(e, web.Shared{
		Name: "learning/step",
		Key:  stepKey{course: course, place: place, guest: w.Enrolment == "", looks: w.looksOn, asks: w.asks, own: fmt.Sprint(own), root: w.root},
		Keep: w.compiled.Kept,
		Own:  html,
		Page: func() (web.Page, error) {
			parts, err := view.around(step.Parts, own)
			return w.stepPage(place, parts), err
		},
	})
}

// showElsewhere sends the browser on from an address that names something in a
// step, or a step or module by an id that it no longer has.
func (l *Learning) showElsewhere(e *core.RequestEvent, w *where, id string) error {
	if found, _ := w.compiled.Step(id); found != nil {
		return web.SeeOther(e, content.StepAddress(w.CourseSlug, w.ModuleSlug, id))
	}
	if step := w.compiled.Module.StepOf(id); step != "" {
		return web.SeeOther(e, content.StepAddress(w.CourseSlug, w.ModuleSlug, step)+"#"+w.anchor(id))
	}
	to, err := l.content.FormerStep(e.Request.Context(), w.Revision, id)
	if err != nil {
		return err
	}
	if to == "" {
		return web.ErrNotFound
	}
	return web.SeeOther(e, content.StepAddress(w.CourseSlug, w.ModuleSlug, to))
}

// anchor is where in its step's page something is: an activity has its own
// place there, all else is as the course text has it.
func (w *where) anchor(id string) string {
	if w.compiled.Activity(id) != nil {
		return courses.ActivityPrefix + url.PathEscape(id)
	}
	return courses.IDPrefix + url.PathEscape(id)
}

// showKept shows what was typed before an idle end, as not saved yet, in the
// step as it was then: a form that is older than what is live is sent as such.
func (l *Learning) showKept(e *core.RequestEvent, w *where, step string, kept url.Values) error {
	ctx, viewer := e.Request.Context(), web.Current(e)
	seen, w, err := l.seenIn(ctx, viewer, w, step, kept)
	if err != nil {
		return err
	}
	w = w.as(seen)
	_, place := seen.Step(step)
	if place < 0 {
		return web.ErrNotFound
	}
	stored, err := l.readerOf(ctx, viewer, w).all(w.Answers, w.Reflections)
	if err != nil {
		return err
	}
	page, err := l.stepPage(e, w, place, handedIn(seen.Module.Steps[place], stored, kept))
	if err != nil {
		return err
	}
	page.Kept = true
	return web.Show(e, http.StatusOK, "learning/step", page)
}

// stepPage makes the page of one step with what the learner just gave, which
// stands before what is stored.
func (l *Learning) stepPage(e *core.RequestEvent, w *where, place int, handed map[string]given) (*StepPage, error) {
	step := w.compiled.Module.Steps[place]
	view, err := l.stepView(e, w, handed)
	if err != nil {
		return nil, err
	}
	parts, err := view.parts(step.Parts)
	if err != nil {
		return nil, err
	}
	w.asks = web.Current(e).Is(web.Learner)
	page := w.stepPage(place, parts)
	page.Errors = errorsOf(step, handed)
	return page, nil
}

func (l *Learning) stepView(e *core.RequestEvent, w *where, handed map[string]given) (stepView, error) {
	viewer := web.Current(e)
	stored, err := l.readerOf(e.Request.Context(), viewer, w).all(w.Answers, w.Reflections)
	if err != nil {
		return stepView{}, err
	}
	maps.Copy(stored.found, handed)
	language, _ := web.Language(e)
	return stepView{
		compiled: w.compiled, language: language, site: web.SiteOf(e), given: stored.found, looksOn: w.looksOn,
		recalled: l.recallIn(e.Request.Context(), viewer, w),
	}, nil
}

// stepPage is the page of one step around its parts.
func (w *where) stepPage(place int, parts []PartView) *StepPage {
	module := w.compiled.Module
	step := module.Steps[place]
	page := &StepPage{
		Address:     w.stepAt(step.ID),
		Course:      w.course(),
		Module:      Link{Title: module.Title, Lang: module.Lang, Address: w.at()},
		ContentLang: module.Lang, ContentDir: templates.Direction(module.Lang),
		Title: step.Title, Number: place + 1, Count: len(module.Steps), Minutes: step.Minutes,
		Revision: w.compiled.Revision, Asks: len(step.Activities) > 0, Parts: parts, Terms: step.Terms,
		Last: place+1 == len(module.Steps), Guest: w.Enrolment == "",
		MayAsk: w.asks && !w.looksOn, Say: w.sayAddress(step.ID),
	}
	if w.looksOn {
		page.Ahead = w.ahead(place)
	}
	if place == 0 {
		page.Title, page.ContentNote = module.Title, module.ContentNote
	} else {
		before := w.compiled.Outline.Steps[place-1]
		page.Back = &Link{Title: before.Title, Lang: module.Lang, Address: w.stepAt(before.ID)}
	}
	return page
}

func (w *where) course() Link {
	return Link{Title: w.CourseTitle, Lang: w.CourseLang, Address: content.CourseAddress(w.CourseSlug)}
}

// address is what a request asks for.
func address(e *core.RequestEvent) (moduleKey, string) {
	return moduleKey{
		course: e.Request.PathValue("course"), module: e.Request.PathValue("module"), language: contentLanguage(e),
	}, e.Request.PathValue("step")
}

// contentLanguage is the language in which somebody wants to read a course:
// their own, also where these pages are not in it yet.
func contentLanguage(e *core.RequestEvent) string {
	if viewer := web.Current(e); viewer != nil && viewer.Language != "" {
		return viewer.Language
	}
	language, _ := web.Language(e)
	return language
}

// orSignIn sends a guest to sign in and back again, where that is what is missing.
func orSignIn(e *core.RequestEvent, err error) error {
	if errors.Is(err, errSignIn) {
		return web.AskToSignIn(e)
	}
	return err
}
