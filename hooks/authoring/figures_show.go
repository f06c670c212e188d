package authoring

import (
	"fmt"
	"net/http"

	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// FiguresPage is `/write/{course}/{module}/figures`, "authoring/figures": how many
// people took a module, how far they got, and how many said thanks, for those who wrote
// it. It names nobody, and nobody can be known by it.
type FiguresPage struct {
	web.Base
	Head
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

func (a *Authoring) showFigures(e *core.RequestEvent) error {
	h, err := a.writersHearing(e)
	if err != nil {
		return err
	}
	ctx := e.Request.Context()
	live, err := a.content.Compiled(ctx, h.Live.Revision, h.Course.Build)
	if err != nil {
		return err
	}
	reach, err := a.learning.ReachOf(ctx, h.Live.Module, h.Live.Revision, live.Outline.Steps)
	if err != nil {
		return err
	}
	thanks := 0
	err = a.app.ConcurrentDB().NewQuery("SELECT COUNT(*) FROM thanks WHERE module = {:module}").Bind(dbx.Params{"module": h.Live.Module}).WithContext(ctx).Row(&thanks)
	if err != nil {
		return fmt.Errorf("thanks for module %s: %w", h.Live.Module, err)
	}
	shown := figures(append([]int{reach.Began, reach.Finished, thanks}, reach.Steps...)...)
	page := &FiguresPage{Head: headOf(h.Place), Began: shown[0], Finished: shown[1], Thanks: shown[2]}
	for i, step := range live.Module.Steps {
		page.Steps = append(page.Steps, StepFigure{Title: stepTitle(live.Module, step), People: shown[3+i]})
	}
	for _, one := range shown {
		page.Spans = page.Spans || !one.IsFew() && !one.IsExact()
	}
	return web.Show(e, http.StatusOK, "authoring/figures", page)
}
