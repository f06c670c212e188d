package learning

import (
	"context"
	"net/http"

	"alongside/hooks/reflections"
	"alongside/hooks/web"

	"github.com/pocketbase/pocketbase/core"
)

// showLines is every kept line of every course on one page, and what they wrote
// in modules that are not there any more, which have no page of their own.
func (l *Learning) showLines(e *core.RequestEvent) error {
	viewer := web.Current(e)
	if viewer == nil {
		return web.AskToSignIn(e)
	}
	journeys, err := l.journeys(e)
	if err != nil {
		return err
	}
	page := &LinesPage{}
	written, err := l.writtenBy(e.Request.Context(), viewer)
	if err != nil {
		return err
	}
	for _, j := range journeys {
		lines, err := l.linesOf(e.Request.Context(), viewer, j, written)
		if err != nil {
			return err
		}
		page.Lines = append(page.Lines, lines...)
	}
	for _, rows := range written.left() {
		lines, err := l.fromGone(e.Request.Context(), viewer, rows)
		if err != nil {
			return err
		}
		page.Gone = append(page.Gone, lines...)
	}
	return web.Show(e, http.StatusOK, "learning/lines", page)
}

// written is everything that somebody wrote, by module; the order is that in
// which they began to.
type written struct {
	byModule map[string][]reflections.Stored
	order    []string
}

func (l *Learning) writtenBy(ctx context.Context, viewer *web.Viewer) (*written, error) {
	rows, err := reflections.List(ctx, l.app, viewer.ID, "")
	if err != nil {
		return nil, err
	}
	w := &written{byModule: make(map[string][]reflections.Stored)}
	for _, row := range rows {
		if w.byModule[row.Module] == nil {
			w.order = append(w.order, row.Module)
		}
		w.byModule[row.Module] = append(w.byModule[row.Module], row)
	}
	return w, nil
}

// take gives what was written in a module, and leaves the rest.
func (w *written) take(module string) []reflections.Stored {
	rows := w.byModule[module]
	delete(w.byModule, module)
	return rows
}

func (w *written) left() [][]reflections.Stored {
	var left [][]reflections.Stored
	for _, module := range w.order {
		if rows := w.byModule[module]; rows != nil {
			left = append(left, rows)
		}
	}
	return left
}

// linesOf are the kept lines of one course. It takes the course's modules from
// what was written.
func (l *Learning) linesOf(ctx context.Context, viewer *web.Viewer, j *journey, w *written) ([]Line, error) {
	var lines []Line
	for _, s := range j.stages {
		found, err := l.theirsIn(ctx, viewer, j, s, nil, w.take(s.module.ID))
		if err != nil {
			return nil, err
		}
		lines = append(lines, found.lines...)
	}
	return lines, nil
}
