package learning

import (
	"context"
	"net/http"
	"net/url"

	"alongside/hooks/web"

	"github.com/pocketbase/pocketbase/core"
)

// showRecord is a record of completion, to print: for whoever has finished a
// module at least.
func (l *Learning) showRecord(e *core.RequestEvent) error {
	viewer := web.Current(e)
	if viewer == nil {
		return web.AskToSignIn(e)
	}
	j, err := l.findCourse(e)
	if err != nil {
		return err
	}
	page := &RecordPage{Course: j.link(), Name: viewer.Called()}
	if page.Modules, err = l.recorded(e.Request.Context(), j); err != nil {
		return err
	}
	some := false
	for _, m := range page.Modules {
		some = some || m.Finished != ""
		if j.isFinished() && j.finished == "" {
			page.Finished = max(page.Finished, m.Finished)
		}
	}
	if j.enrolment == "" || !some {
		return web.ErrNotFound
	}
	if j.finished != "" {
		page.Finished = day(j.finished)
	}
	written, err := l.writtenBy(e.Request.Context(), viewer)
	if err != nil {
		return err
	}
	if page.Lines, err = l.linesOf(e.Request.Context(), viewer, j, written); err != nil {
		return err
	}
	return web.Show(e, http.StatusOK, "learning/record", page)
}

// recorded are the modules of a course, and those that were finished before
// they left it.
func (l *Learning) recorded(ctx context.Context, j *journey) ([]RecordedModule, error) {
	var modules []RecordedModule
	for _, s := range j.stages {
		modules = append(modules, RecordedModule{Title: s.module.Outline.Title, Lang: s.module.Outline.Lang, Finished: day(s.progress.Completed)})
	}
	for _, row := range j.past {
		if row.Completed == "" {
			continue
		}
		outline, err := l.content.Outline(ctx, row.Revision)
		if err != nil {
			return nil, err
		}
		modules = append(modules, RecordedModule{Title: outline.Title, Lang: outline.Lang, Finished: day(row.Completed)})
	}
	return modules, nil
}

// day is the date of a time as the database writes it.
func day(at string) string {
	if len(at) < len("2006-01-02") {
		return ""
	}
	return at[:len("2006-01-02")]
}

func recordAddress(course string) string { return "/me/record/" + url.PathEscape(course) }
