package authoring

import (
	"context"
	"errors"
	"net/http"
	"reflect"

	"alongside/courses"
	"alongside/hooks/web"

	"github.com/pocketbase/pocketbase/core"
)

// saveAbout writes what the form says into the text. Only what somebody changed in it
// is written, so that what others saved meanwhile stays.
func (a *Authoring) saveAbout(e *core.RequestEvent) error {
	form, err := web.Form(e)
	if err != nil {
		return err
	}
	p, _, err := a.aboutPlace(e)
	if err != nil {
		return err
	}
	page := &AboutPage{}
	page.read(form)
	if form.Get("do") == "more" {
		page.credit("", "")
		return a.aboutPage(e, p, http.StatusOK, page)
	}
	err = a.storeAbout(e.Request.Context(), p, page, web.Current(e).ID)
	switch {
	case errors.Is(err, courses.ErrFront):
		page.ByHand = true
		return a.aboutPage(e, p, http.StatusUnprocessableEntity, page)
	case err != nil:
		return err
	case len(page.Errors) > 0:
		return a.aboutPage(e, p, http.StatusUnprocessableEntity, page)
	}
	web.Notify(e, "saved")
	return web.SeeOther(e, p.Address())
}

// storeAbout adds the text with what the form says, unless it says so already. What is
// wrong with the form is in page.Errors afterwards.
func (a *Authoring) storeAbout(ctx context.Context, p Place, page *AboutPage, by string) error {
	return a.app.RunInTransaction(func(tx core.App) error {
		page.Errors = nil
		d, err := a.draftByID(ctx, tx.DB(), p.Draft.ID)
		if err != nil {
			return err
		}
		p.Draft = d
		if d.State == Live || d.State == Dropped {
			return web.ErrNotFound
		}
		head, err := a.state(ctx, tx.DB(), d.ID, d.Head)
		if err != nil {
			return err
		}
		from, err := a.state(ctx, tx.DB(), d.ID, page.After)
		if err != nil {
			return err
		}
		was, err := courses.ReadFront([]byte(from.Text))
		if err != nil {
			return err
		}
		said, wrong := page.said(was, d.Kind == string(courses.FileModule))
		if page.Errors = wrong; len(wrong) > 0 {
			return nil
		}
		now, err := courses.ReadFront([]byte(head.Text))
		if err != nil {
			return err
		}
		text, err := courses.WriteFront([]byte(head.Text), changedIn(now, was, said))
		if err != nil || string(text) == head.Text {
			return err
		}
		if len(text) > courses.MaxFileBytes {
			page.Errors = []web.FieldError{{Field: "summary", Key: "text-long", Max: courses.MaxFileBytes >> 10}}
			return nil
		}
		_, err = a.add(tx, p, State{After: head.Number, Text: string(text), By: by, How: Added})
		return err
	})
}

// changedIn is what a text says now, with what somebody changed who saw it as it was.
func changedIn(now, was, said courses.Front) courses.Front {
	of := func(f *courses.Front) reflect.Value { return reflect.ValueOf(f).Elem() }
	for i := range of(&now).NumField() {
		if !reflect.DeepEqual(of(&was).Field(i).Interface(), of(&said).Field(i).Interface()) {
			of(&now).Field(i).Set(of(&said).Field(i))
		}
	}
	return now
}
