package people

import (
	"net/http"

	"alongside/hooks/web"

	"github.com/pocketbase/pocketbase/core"
)

// showEraseMe says what would go and what stays, before somebody asks for it.
func (k *Keeping) showEraseMe(e *core.RequestEvent) error {
	ctx, viewer := e.Request.Context(), web.Current(e)
	page := &EraseMePage{}
	var err error
	if page.Held, err = k.held(ctx, viewer.ID); err != nil {
		return err
	}
	page.Held = goes(page.Held)
	if page.Holds, err = k.holdViews(ctx, viewer.ID); err != nil {
		return err
	}
	if page.Copies, err = k.copiesGone(ctx); err != nil {
		return err
	}
	return web.Show(e, http.StatusOK, "people/erase-me", page)
}

// goes leaves out what an erasure leaves: the record of acts.
func goes(held []Holding) []Holding {
	var going []Holding
	for _, one := range held {
		if one.Kind != kindActsAbout && one.Kind != kindActsBy {
			going = append(going, one)
		}
	}
	return going
}

func (k *Keeping) askForMe(e *core.RequestEvent) error {
	if _, err := web.Form(e); err != nil {
		return err
	}
	viewer := web.Current(e)
	if err := k.ask(viewer.ID, viewer.ID); err != nil {
		return err
	}
	web.Notify(e, "erasure-asked")
	return web.SeeOther(e, "/me/data#erase")
}

// takeBackMine ends it also where somebody else asked for them.
func (k *Keeping) takeBackMine(e *core.RequestEvent) error {
	if _, err := web.Form(e); err != nil {
		return err
	}
	viewer := web.Current(e)
	was, err := k.takeBack(viewer.ID, viewer.ID)
	if err != nil {
		return err
	}
	if was {
		web.Notify(e, "erasure-taken-back")
	}
	return web.SeeOther(e, "/me/data#erase")
}
