package authoring

import (
	"net/http"

	"alongside/hooks/content"
	"alongside/hooks/learning"
	"alongside/hooks/web"

	"github.com/pocketbase/pocketbase/core"
)

// PreviewPage is `/write/{course}/{module}/preview`, "authoring/preview": the steps of
// a text as learners will find them.
type PreviewPage struct {
	web.Base
	Head
	Steps []learning.Link
}

func (a *Authoring) showPreview(e *core.RequestEvent) error {
	p, look, err := a.lookAt(e)
	if err != nil {
		return err
	}
	web.LetBeFramed(e)
	return web.Show(e, http.StatusOK, "authoring/preview", &PreviewPage{Head: headOf(p), Steps: learning.LookSteps(look)})
}

// showPreviewStep is the learner's page of a step, made of what was saved last.
func (a *Authoring) showPreviewStep(e *core.RequestEvent) error {
	_, look, err := a.lookAt(e)
	if err != nil {
		return err
	}
	web.LetBeFramed(e)
	return a.learning.ShowLook(e, look, e.Request.PathValue("step"))
}

// tryPreviewStep is Check on it.
func (a *Authoring) tryPreviewStep(e *core.RequestEvent) error {
	_, look, err := a.lookAt(e)
	if err != nil {
		return err
	}
	web.LetBeFramed(e)
	return a.learning.TryLook(e, look, e.Request.PathValue("step"))
}

// lookAt is what the viewer's draft looks like now. It returns web.ErrNotFound for a
// text that learners have no page of.
func (a *Authoring) lookAt(e *core.RequestEvent) (p Place, look learning.Look, err error) {
	if p, err = a.writePlace(e); err != nil {
		return p, look, err
	}
	head, err := a.head(e.Request.Context(), p.Draft)
	if err != nil {
		return p, look, err
	}
	if !headOf(p).IsModule() {
		return p, look, web.ErrNotFound
	}
	look, err = a.lookOf(e, p, head.Text, p.Address()+"/preview")
	return p, look, err
}

// lookOf is a text of a place as a learner would see it, with its steps below an
// address.
func (a *Authoring) lookOf(e *core.RequestEvent, p Place, text, root string) (learning.Look, error) {
	shown, err := a.content.Provisional(e.Request.Context(), p.Text(text))
	if err != nil {
		return learning.Look{}, err
	}
	language, _ := web.Language(e)
	course := learning.Link{Title: p.Course.Title, Lang: p.Course.Language, Address: content.CourseAddress(p.Course.Slug)}
	if listed, err := a.content.Find(e.Request.Context(), p.Course.Slug, language); err == nil {
		course.Title, course.Lang = listed.Title, listed.Spoken
	}
	return learning.Look{Compiled: shown, Course: course, Root: root}, nil
}
