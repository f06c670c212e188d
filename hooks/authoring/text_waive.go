package authoring

import (
	"errors"
	"strings"
	"unicode/utf8"

	"alongside/courses"
	"alongside/hooks/web"

	"github.com/pocketbase/pocketbase/core"
)

// waiveAdvice sets a piece of advice aside, with a reason, in the text itself: those
// who review it read it there.
func (a *Authoring) waiveAdvice(e *core.RequestEvent) error {
	form, err := web.Form(e)
	if err != nil {
		return err
	}
	p, err := a.writePlace(e)
	if err != nil {
		return err
	}
	why := strings.TrimSpace(form.Get("why"))
	if why == "" || utf8.RuneCountInString(why) > aboutMost {
		web.Notify(e, "waiver-bare")
		return web.SeeOther(e, p.Address()+"#checks")
	}
	ctx := e.Request.Context()
	err = a.app.RunInTransaction(func(tx core.App) error {
		if p.Draft, err = a.draftByID(ctx, tx.DB(), p.Draft.ID); err != nil {
			return err
		}
		head, err := a.state(ctx, tx.DB(), p.Draft.ID, p.Draft.Head)
		if err != nil {
			return err
		}
		text, err := courses.Waive([]byte(head.Text), form.Get("kind"), form.Get("place"), why)
		if err != nil || string(text) == head.Text {
			return err
		}
		_, err = a.add(tx, p, State{After: head.Number, Text: string(text), By: web.Current(e).ID, How: Fixed})
		return err
	})
	switch {
	case errors.Is(err, courses.ErrFront), errors.Is(err, courses.ErrWaiverBare):
		web.Notify(e, "waiver-by-hand")
	case err != nil:
		return err
	default:
		web.Notify(e, "waived")
	}
	return web.SeeOther(e, p.Address()+"#checks")
}
