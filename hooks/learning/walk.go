package learning

import (
	"context"
	"fmt"
	"net/url"
	"time"

	"alongside/courses"
	"alongside/hooks/web"

	"github.com/pocketbase/pocketbase/tools/types"
)

// A Walk is somebody going through the first steps of a module, as they would
// with the pages: an answer to every activity, then Continue. It is how a demo's
// people got where they are.
type Walk struct {
	User   string // record id
	Course string // slug
	Module string // slug
	Steps  int    // how many; all where it is more than there are
	// Words are what they wrote, by activity; one text for each prompt or gap.
	// What they have no words for they leave empty.
	Words map[string][]string
	At    time.Time // when they pressed the last Continue
}

// Walk goes through the steps, each saved as its page would save it. Whoever
// has been in the module already stays where they are.
func (l *Learning) Walk(ctx context.Context, walk Walk) error {
	viewer := &web.Viewer{ID: walk.User}
	key := moduleKey{course: walk.Course, module: walk.Module}
	w, err := l.find(ctx, viewer, key, stepAsks(courses.StepStart))
	if err != nil {
		return fmt.Errorf("walk through %s: %w", walk.Module, err)
	}
	if w.Place.revision != "" {
		return nil
	}
	steps := w.compiled.Module.Steps
	for _, step := range steps[:min(walk.Steps, len(steps))] {
		if err := l.walkStep(ctx, viewer, key, walk, step); err != nil {
			return fmt.Errorf("walk through %s, step %s: %w", walk.Module, step.ID, err)
		}
	}
	return nil
}

func (l *Learning) walkStep(ctx context.Context, viewer *web.Viewer, key moduleKey, walk Walk, step *courses.Step) error {
	w, err := l.find(ctx, viewer, key, stepAsks(step.ID))
	if err != nil {
		return err
	}
	form := url.Values{"revision": {w.Revision}, "do": {doContinue}}
	for _, a := range step.Activities {
		form.Add("has", a.ID)
		for field, values := range a.Write(sensible(a, walk.Words[a.ID])) {
			form[field] = values
		}
	}
	at, err := types.ParseDateTime(walk.At.UTC())
	if err != nil {
		return err
	}
	s := &saving{Learning: l, ctx: ctx, viewer: viewer, w: w, step: step.ID, form: form, now: at}
	if err := s.decide(); err != nil {
		return err
	}
	if problems := s.problems(); len(problems) > 0 {
		return fmt.Errorf("%s at %s", problems[0].Key, problems[0].Field)
	}
	return l.writes.Do(ctx, s.write)
}

// sensible is an answer that somebody might give: what fits where something
// does, the middle of a scale, the first way through a scenario.
func sensible(a *courses.Activity, words []string) courses.Answer {
	var answer courses.Answer
	switch a.Kind {
	case courses.Question, courses.Checklist:
		answer.Chosen = fitting(a)
	case courses.Order:
		for _, item := range a.Items {
			answer.Chosen = append(answer.Chosen, item.Position)
		}
	case courses.Scale:
		answer.Chosen = []int{len(a.Items)/2 + 1}
	case courses.Scenario:
		for choices := a.Under(0); len(choices) > 0; choices = a.Under(choices[0].Position) {
			answer.Chosen = append(answer.Chosen, choices[0].Position)
		}
	case courses.Sort:
		answer.Placed = make(map[int]int)
		for _, card := range a.Cards() {
			answer.Placed[card.Position] = card.Parent
		}
	case courses.Blanks:
		answer.Typed = make(map[int]string)
		for _, gap := range a.Items {
			answer.Typed[gap.Position] = gap.Accept[0]
		}
	case courses.Practice, courses.Reflection:
		answer.Typed = typedOf(a, words)
	}
	return answer
}

func fitting(a *courses.Activity) []int {
	var chosen []int
	for _, item := range a.Items {
		if item.Right || a.Kind == courses.Checklist {
			chosen = append(chosen, item.Position)
		}
	}
	if len(chosen) == 0 && len(a.Items) > 0 {
		chosen = []int{1}
	}
	return chosen
}

func typedOf(a *courses.Activity, words []string) map[int]string {
	typed := make(map[int]string, len(words))
	for i, text := range words {
		if len(a.Items) == 0 {
			typed[0] = text
			break
		}
		typed[i+1] = text
	}
	return typed
}
