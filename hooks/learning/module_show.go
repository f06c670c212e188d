package learning

import (
	"cmp"
	"net/http"
	"slices"

	"alongside/hooks/content"
	"alongside/hooks/web"
	"alongside/templates"

	"github.com/pocketbase/pocketbase/core"
)

// showModule is a module's steps with what is done, and its finish page once
// all are.
func (l *Learning) showModule(e *core.RequestEvent) error {
	j, err := l.findCourse(e)
	if err != nil {
		return orSignIn(e, err)
	}
	slug := e.Request.PathValue("module")
	i := slices.IndexFunc(j.stages, func(s stage) bool { return s.module.Slug == slug })
	if i < 0 {
		return l.showFormer(e, j, slug)
	}
	page := modulePage(j, i)
	if page.Credits, err = l.creditsOf(e.Request.Context(), j.course.ID, j.stages[i].module.ID); err != nil {
		return err
	}
	if j.enrolment != "" {
		theirs, err := l.theirs(e.Request.Context(), web.Current(e), j, j.stages[i])
		if err != nil {
			return err
		}
		page.Lines, page.Gone = theirs.lines, theirs.gone
		if err := l.thanks(e.Request.Context(), web.Current(e), j.stages[i].module.ID, page); err != nil {
			return err
		}
	}
	return web.Show(e, http.StatusOK, "learning/module", page)
}

// showFormer sends the browser on from the address that a module had, and from one
// that is not in the course any more to the course, which says so.
func (l *Learning) showFormer(e *core.RequestEvent, j *journey, slug string) error {
	now, err := l.content.FormerModule(e.Request.Context(), j.course.Slug, slug)
	if err != nil {
		return err
	}
	if now != "" && slices.ContainsFunc(j.stages, func(s stage) bool { return s.module.Slug == now }) {
		return web.SeeOther(e, content.ModuleAddress(j.course.Slug, now))
	}
	return l.toCourse(e, j, cmp.Or(now, slug))
}

// toCourse sends the browser to the course that a module was in, with a word on it.
func (l *Learning) toCourse(e *core.RequestEvent, j *journey, slug string) error {
	withdrawn, err := l.content.WithdrawnModule(e.Request.Context(), j.course.ID, slug)
	if err != nil {
		return err
	}
	if !withdrawn {
		return web.ErrNotFound
	}
	web.Notify(e, "module-withdrawn")
	return web.SeeOther(e, content.CourseAddress(j.course.Slug))
}

func modulePage(j *journey, i int) *ModulePage {
	s, o := j.stages[i], j.stages[i].module.Outline
	page := &ModulePage{
		Course: j.link(), Module: j.moduleRow(i), ContentNote: o.ContentNote,
		ContentLang: o.Lang, ContentDir: templates.Direction(o.Lang), Enrolled: j.enrolment != "",
	}
	for _, step := range o.Steps {
		done := s.progress.isDone(step.ID)
		page.Steps = append(page.Steps, StepInList{
			Link: j.linkToStep(s, step), Minutes: step.Minutes, Done: done, New: page.Module.State == Finished && !done,
		})
	}
	if page.Module.State != Finished {
		page.Next = j.continueIn(s)
	} else if after := j.after(i); after >= 0 {
		next := j.linkTo(j.stages[after])
		page.After = &next
	}
	return page
}

// after is the next module that is not finished, behind one and then from the
// front; -1 where there is none.
func (j *journey) after(i int) int {
	for k := 1; k < len(j.stages); k++ {
		if at := (i + k) % len(j.stages); j.stages[at].progress.state() != Finished {
			return at
		}
	}
	return -1
}
