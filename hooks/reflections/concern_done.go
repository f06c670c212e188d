package reflections

import (
	"errors"
	"net/http"
	"slices"

	"alongside/hooks/vault"
	"alongside/hooks/web"
	"alongside/templates"

	"github.com/pocketbase/pocketbase/core"
)

// choicesOf are the choices of a list, with those that were chosen.
func choicesOf(key string, all, chosen []string) []templates.Choice {
	choices := make([]templates.Choice, len(all))
	for i, one := range all {
		choices[i] = templates.Choice{Value: one, Key: key + one, Chosen: slices.Contains(chosen, one)}
	}
	return choices
}

// among keeps of what a form sent what is on offer.
func among(all, sent []string) []string {
	return slices.DeleteFunc(slices.Clone(all), func(one string) bool { return !slices.Contains(sent, one) })
}

func (r *Room) showConcernDone(e *core.RequestEvent) error {
	c, s, err := r.draft(e.Request.Context(), web.Current(e), e.Request.PathValue("concern"))
	if errors.Is(err, vault.ErrNoKey) {
		return r.showCannot(e)
	}
	if err != nil {
		return hide(err)
	}
	return showDone(e, http.StatusOK, &ConcernDonePage{Concern: c.ID, Statement: s})
}

func showDone(e *core.RequestEvent, status int, page *ConcernDonePage) error {
	page.Whom = choicesOf("concern.told.", toldWhom(), page.Told)
	return web.Show(e, status, "reflections/concern-done", page)
}

func (r *Room) saveConcernDone(e *core.RequestEvent) error {
	return r.saveScreen(e, "wishes", func(in *typing, s *Statement) {
		s.Done, s.ToldElse, s.Told = in.text("done"), in.text("told_else"), among(toldWhom(), in.form["told"])
	}, func(status int, id string, s Statement, problems []web.FieldError) error {
		return showDone(e, status, &ConcernDonePage{Concern: id, Statement: s, Errors: problems})
	})
}

func (r *Room) showConcernWishes(e *core.RequestEvent) error {
	c, s, err := r.draft(e.Request.Context(), web.Current(e), e.Request.PathValue("concern"))
	if errors.Is(err, vault.ErrNoKey) {
		return r.showCannot(e)
	}
	if err != nil {
		return hide(err)
	}
	return showWishes(e, http.StatusOK, &ConcernWishesPage{Concern: c.ID, Statement: s})
}

func showWishes(e *core.RequestEvent, status int, page *ConcernWishesPage) error {
	page.Know = choicesOf("concern.knows.", doTheyKnow(), []string{page.Knows})
	return web.Show(e, status, "reflections/concern-wishes", page)
}

func (r *Room) saveConcernWishes(e *core.RequestEvent) error {
	return r.saveScreen(e, "check", func(in *typing, s *Statement) {
		s.Wishes, s.Knows = in.text("wishes"), ""
		if knows := in.form.Get("knows"); slices.Contains(doTheyKnow(), knows) {
			s.Knows = knows
		}
	}, func(status int, id string, s Statement, problems []web.FieldError) error {
		return showWishes(e, status, &ConcernWishesPage{Concern: id, Statement: s, Errors: problems})
	})
}

// saveScreen stores one screen of a draft and goes to the next, or shows it again
// with all that was typed. The other screens stay as they are.
func (r *Room) saveScreen(e *core.RequestEvent, next string, read func(*typing, *Statement), again func(int, string, Statement, []web.FieldError) error) error {
	form, err := web.Form(e)
	if err != nil {
		return err
	}
	c, s, err := r.draft(e.Request.Context(), web.Current(e), e.Request.PathValue("concern"))
	if err != nil && !errors.Is(err, vault.ErrNoKey) {
		return hide(err)
	}
	in := typing{form: form}
	read(&in, &s)
	if err == nil && in.problems == nil {
		err = r.storeDraft(c, s)
		if err == nil {
			return web.SeeOther(e, "/concerns/"+c.ID+"/"+next)
		}
	}
	if errors.Is(err, vault.ErrNoKey) {
		in.problems = cannotBeKept()
	} else if err != nil {
		return err
	}
	return again(in.status(), e.Request.PathValue("concern"), s, in.problems)
}
