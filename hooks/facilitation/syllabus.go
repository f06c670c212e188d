package facilitation

import (
	"context"
	"slices"

	"alongside/hooks/content"
	"alongside/hooks/learning"
	"alongside/hooks/web"

	"github.com/pocketbase/pocketbase/core"
)

// taught is a course with its modules in order, as they are live.
type taught struct {
	content.Listed
	modules []content.LiveModule
}

// syllabus gives the courses of these ids that are live, by title.
func (f *Facilitation) syllabus(e *core.RequestEvent, ids []string) ([]*taught, error) {
	ctx, lang := e.Request.Context(), languageOf(e)
	listed, err := f.content.List(ctx, lang)
	if err != nil {
		return nil, err
	}
	var all []*taught
	for _, course := range listed {
		if !slices.Contains(ids, course.ID) {
			continue
		}
		modules, err := f.content.LiveModules(ctx, course.ID, lang)
		if err != nil {
			return nil, err
		}
		all = append(all, &taught{course, modules})
	}
	return all, nil
}

func languageOf(e *core.RequestEvent) string {
	lang, _ := web.Language(e)
	return lang
}

func (t *taught) link() learning.Link {
	return learning.Link{Title: t.Title, Lang: t.Spoken, Address: content.CourseAddress(t.Slug)}
}

// title is what a module is called. It leads nowhere: staff open a module where
// they need it, from the course.
func title(m content.LiveModule) learning.Link {
	return learning.Link{Title: m.Outline.Title, Lang: m.Outline.Lang}
}

// opened is what a module is called, leading to the module itself.
func opened(t *taught, m content.LiveModule) learning.Link {
	link := title(m)
	link.Address = content.ModuleAddress(t.Slug, m.Slug)
	return link
}

// fars reads how far somebody is in each module of a course.
func (f *Facilitation) fars(ctx context.Context, t *taught, rows map[string]learning.Stored) ([]learning.Far, error) {
	all := make([]learning.Far, len(t.modules))
	for i, module := range t.modules {
		var err error
		if all[i], err = f.learning.Far(ctx, module, rows[module.ID]); err != nil {
			return nil, err
		}
	}
	return all, nil
}
