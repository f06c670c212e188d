package authoring

import (
	"context"
	"fmt"
	"net/http"

	"alongside/hooks/people"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// FiguresPage is `/write/{course}/{module}/figures`, "authoring/figures": how many
// people took a module, how far they got, and how many said thanks, for those who wrote
// it. Below `/course-settings` it is for those who care for the course. It names nobody,
// and nobody can be known by it.
type FiguresPage struct {
	web.Base
	Head
	Back     string // address of the page above
	Began    Figure
	Finished Figure
	Thanks   Figure
	Steps    []StepFigure
	Spans    bool // numbers are so close together that they are shown as spans
}

// A StepFigure is how many people got as far as a step.
type StepFigure struct {
	Title  string
	People Figure
}

// carersCounting is for somebody who cares for a course, whoever wrote the text.
func (a *Authoring) carersCounting(e *core.RequestEvent) (hearing, error) {
	h, _, err := a.hearingFor(e, people.Caring)
	h.root = "/course-settings/" + h.Course.Slug + "/" + h.Name + "/figures"
	return h, err
}

func (a *Authoring) showFigures(door hears) func(e *core.RequestEvent) error {
	return func(e *core.RequestEvent) error {
		h, err := door(e)
		if err != nil {
			return err
		}
		page, err := a.figuresOf(e.Request.Context(), h)
		if err != nil {
			return err
		}
		return web.Show(e, http.StatusOK, "authoring/figures", page)
	}
}

func (a *Authoring) figuresOf(ctx context.Context, h hearing) (*FiguresPage, error) {
	live, err := a.content.Compiled(ctx, h.Live.Revision, h.Course.Build)
	if err != nil {
		return nil, err
	}
	reach, err := a.learning.ReachOf(ctx, h.Live.Module, h.Live.Revision, live.Outline.Steps)
	if err != nil {
		return nil, err
	}
	thanks := 0
	err = a.app.ConcurrentDB().NewQuery("SELECT COUNT(*) FROM thanks WHERE module = {:module}").Bind(dbx.Params{"module": h.Live.Module}).WithContext(ctx).Row(&thanks)
	if err != nil {
		return nil, fmt.Errorf("thanks for module %s: %w", h.Live.Module, err)
	}
	shown := figures(append([]int{reach.Began, reach.Finished, thanks}, reach.Steps...)...)
	page := &FiguresPage{Head: headOf(h.Place), Back: h.backTo(), Began: shown[0], Finished: shown[1], Thanks: shown[2]}
	for i, step := range live.Module.Steps {
		page.Steps = append(page.Steps, StepFigure{Title: stepTitle(live.Module, step), People: shown[3+i]})
	}
	for _, one := range shown {
		page.Spans = page.Spans || !one.IsFew() && !one.IsExact()
	}
	return page, nil
}
