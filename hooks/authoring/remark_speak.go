package authoring

import (
	"context"
	"fmt"

	"alongside/hooks/web"
)

// A Spoken is what a learner says of a place of a module.
type Spoken struct {
	Course, Module string // slugs
	By             string // of users
	Place          string // address of a block in the live text
	Kind           string // NotTrue, OwnWords
	Text           string
}

// Speak says it, as the page for it does, once however often it is called. It is for the
// people of a demo.
func (a *Authoring) Speak(ctx context.Context, one Spoken) error {
	course, err := a.content.Course(ctx, one.Course)
	if err != nil {
		return err
	}
	live, err := a.content.LiveText(ctx, course, one.Module)
	if err != nil {
		return err
	}
	r := Remark{
		ID: remarkID(one.By, live.Module+" "+one.Place), Module: live.Module, Revision: live.Revision, Place: one.Place, Learner: one.By, Kind: one.Kind,
	}
	if r.Readers, err = a.readersNow(ctx, live.Module, course.Programme); err != nil {
		return err
	}
	problem, err := a.addRemark(ctx, &web.Viewer{ID: one.By}, one.Course, r, one.Text)
	if err == nil && problem != "" {
		err = fmt.Errorf("%s", problem)
	}
	if err != nil {
		return fmt.Errorf("say something of %s: %w", one.Module, err)
	}
	return nil
}
