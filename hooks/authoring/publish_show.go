package authoring

import (
	"context"
	"errors"

	"alongside/courses"
	"alongside/hooks/web"
)

// Going is how a text stands with going live: the partial "go-live". Its forms post
// to At/publish and At/later.
type Going struct {
	At       string // address above them
	SignOffs SignOffs
	Whom     Touched
	Changes  Differences
	GoesLive string // when it goes live by itself; "" for no date
	Missed   string // when it was to, and did not
	May      bool   // nothing is missing
	Typed    string // the date and hour as they were sent
	Errors   []web.FieldError
}

// A Touched is whom it touches that a text goes live: learners who have answered in
// it, and who are in it now. Few are not told from none.
type Touched struct {
	Answered, Inside int // -1 for fewer than five
}

func (a *Authoring) touched(ctx context.Context, p Place) (t Touched, err error) {
	if p.Live.Module == "" {
		return t, nil
	}
	t.Answered, t.Inside, err = a.learning.Touched(ctx, p.Live.Module)
	return t, err
}

// Differences are what is different for learners once a version is live.
type Differences struct {
	NewSteps  []string // titles
	GoneSteps []string
	Asked     []ChangedActivity
}

// Any reports whether there is anything to say.
func (d Differences) Any() bool { return len(d.NewSteps)+len(d.GoneSteps)+len(d.Asked) > 0 }

// A ChangedActivity is one that reads differently, or is gone.
type ChangedActivity struct {
	Text    string // what it asks now, or asked
	Gone    bool
	Answers int // that learners gave to it; -1 for fewer than five
}

// going is how the version of a draft stands, and whom it touches.
func (a *Authoring) going(ctx context.Context, p Place) (g Going, err error) {
	if g.Whom, err = a.touched(ctx, p); err != nil || p.Draft == nil || p.Draft.Revision == "" || p.Draft.State == Open {
		return g, err
	}
	g.GoesLive, g.Missed = p.Draft.GoesLive, p.Draft.Missed
	text, err := a.content.RevisionText(ctx, p.Draft.Revision)
	if err != nil {
		return g, err
	}
	if g.SignOffs, err = a.signOffs(ctx, a.app.ConcurrentDB(), p.Draft, p.Draft.Revision); err != nil {
		return g, err
	}
	if g.Changes, err = a.changes(ctx, p, text); err != nil {
		return g, err
	}
	breaks, err := a.breaking(ctx, p, text)
	if err != nil {
		return g, err
	}
	err = a.mayGoLive(ctx, a.app, p, p.Draft, text)
	if err != nil && !errors.Is(err, errNotYet) {
		return g, err
	}
	g.May = err == nil && len(breaks) == 0
	return g, nil
}

// changes compares what learners read with a version of it.
func (a *Authoring) changes(ctx context.Context, p Place, text string) (c Differences, err error) {
	if p.Live.Module == "" {
		return c, nil
	}
	before, after := compiled(p, p.Live.Text), compiled(p, text)
	outline, err := a.content.Outline(ctx, p.Live.Revision)
	if err != nil {
		return c, err
	}
	answers, err := a.learning.AnswersTo(ctx, p.Live.Module)
	if err != nil {
		return c, err
	}
	went := courses.Compare(before, after)
	there, asks := map[string]bool{}, map[string]string{}
	for _, step := range after.Steps {
		for _, one := range step.Activities {
			asks[one.ID] = one.Text
		}
	}
	for _, step := range before.Steps {
		to := went.Steps[step.ID]
		if there[to] = true; to == "" {
			c.GoneSteps = append(c.GoneSteps, titleOfStep(before, step))
		}
		for _, one := range step.Activities {
			to := went.Activities[one.ID]
			if to.To != "" && !isOther(to) {
				continue
			}
			asked := ChangedActivity{Text: asks[to.To], Gone: to.To == "", Answers: answers[outline.Name(one.ID)]}
			if asked.Gone {
				asked.Text = one.Text
			}
			c.Asked = append(c.Asked, asked)
		}
	}
	for _, step := range after.Steps {
		if !there[step.ID] {
			c.NewSteps = append(c.NewSteps, titleOfStep(after, step))
		}
	}
	return c, nil
}

// isOther reports whether an activity reads differently, or a part of it is gone.
func isOther(m courses.ActivityMap) bool {
	for _, to := range m.Positions {
		if to == 0 {
			return true
		}
	}
	return m.Changed || len(m.Reworded) > 0
}

func titleOfStep(module *courses.Module, step *courses.Step) string {
	if step.Title == "" {
		return module.Title
	}
	return step.Title
}
