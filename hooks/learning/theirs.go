package learning

import (
	"context"
	"fmt"

	"alongside/courses"
	"alongside/hooks/content"
	"alongside/hooks/reflections"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
)

// theirs is what somebody gave in one module that a list shows.
type theirs struct {
	lines []Line // of the step that keeps
	gone  []Line // given to what is not in the module any more
}

const moduleAnswersSQL = `SELECT activity, revision, positions, sealed, tried, draft FROM answers
	WHERE enrolment = {:enrolment} AND module = {:module} ORDER BY created, id`

// theirs reads everything that a viewer gave in a module.
func (l *Learning) theirs(ctx context.Context, viewer *web.Viewer, j *journey, s stage) (theirs, error) {
	var answers []storedAnswer
	err := l.app.ConcurrentDB().NewQuery(moduleAnswersSQL).
		Bind(dbx.Params{"enrolment": j.enrolment, "module": s.module.ID}).WithContext(ctx).All(&answers)
	if err != nil {
		return theirs{}, fmt.Errorf("answers in %s: %w", s.module.Slug, err)
	}
	written, err := reflections.List(ctx, l.app, viewer.ID, s.module.ID)
	if err != nil {
		return theirs{}, err
	}
	return l.theirsIn(ctx, viewer, j, s, answers, written)
}

func (l *Learning) theirsIn(ctx context.Context, viewer *web.Viewer, j *journey, s stage, answers []storedAnswer, written []reflections.Stored) (theirs, error) {
	if len(answers)+len(written) == 0 {
		return theirs{}, nil
	}
	compiled, err := l.content.Compiled(ctx, s.module.Revision, j.course.Build)
	if err != nil {
		return theirs{}, err
	}
	r := reader{Learning: l, ctx: ctx, viewer: viewer, enrolment: j.enrolment, module: s.module.ID, revision: s.module.Revision}
	all, err := r.all(answers, written)
	if err != nil {
		return theirs{}, err
	}
	return theirs{lines: keptLines(compiled, all.found), gone: goneLines(compiled.Module.Title, compiled.Module.Lang, all.gone)}, nil
}

// keptLines are the reflections of the step that keeps.
func keptLines(c *content.Compiled, found map[string]given) []Line {
	step, _ := c.Step(courses.StepKeep)
	if step == nil {
		return nil
	}
	var lines []Line
	for _, a := range step.Activities {
		g, ok := found[a.ID]
		words := append(said(a, g.answer), g.kept...)
		if a.Kind == courses.Reflection && ok && (len(words) > 0 || g.also().Says() || g.isLocked()) {
			lines = append(lines, Line{Module: c.Module.Title, Question: a.Text, Lang: c.Module.Lang, Said: words, Also: g.also(), Date: g.at, Lock: g.lock})
		}
	}
	return lines
}

func goneLines(module, lang string, gone []lost) []Line {
	var lines []Line
	for _, g := range gone {
		if len(g.said) > 0 || g.also.Says() || g.lock != reflections.Unlocked {
			lines = append(lines, Line{Module: module, Question: g.question, Lang: lang, Said: g.said, Also: g.also, Date: g.at, Lock: g.lock})
		}
	}
	return lines
}

// fromGone are the reflections of a module that is not there any more, each as
// it was asked when they wrote it.
func (l *Learning) fromGone(ctx context.Context, viewer *web.Viewer, written []reflections.Stored) ([]Line, error) {
	var lines []Line
	for _, row := range written {
		r := reader{Learning: l, ctx: ctx, viewer: viewer, module: row.Module, revision: row.Revision}
		all, err := r.all(nil, []reflections.Stored{row})
		if err != nil {
			return nil, err
		}
		outline, err := l.content.Outline(ctx, row.Revision)
		if err != nil {
			return nil, err
		}
		for id, g := range all.found {
			a, err := l.content.Activity(ctx, row.Revision, id)
			if err != nil {
				return nil, err
			}
			lines = append(lines, goneLines(outline.Title, outline.Lang, []lost{{
				question: a.Text, said: append(said(a, g.answer), g.kept...), also: g.also(), lock: g.lock, at: g.at,
			}})...)
		}
	}
	return lines, nil
}
