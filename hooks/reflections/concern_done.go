package reflections

import (
	"errors"
	"net/http"
	"slices"
	"strings"

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
	return r.showScreen(e, doneScreen())
}

func (r *Room) showConcernWishes(e *core.RequestEvent) error {
	return r.showScreen(e, wishesScreen())
}

// showScreen shows what is stored of the second or third screen of a draft.
func (r *Room) showScreen(e *core.RequestEvent, sc screen) error {
	c, s, err := r.draft(e.Request.Context(), web.Current(e), e.Request.PathValue("concern"))
	if errors.Is(err, vault.ErrNoKey) {
		return r.showCannot(e)
	}
	if err != nil {
		return hide(err)
	}
	return sc.show(&drafting{e: e, c: c, s: s, page: sc.tab(c, s)}, http.StatusOK)
}

// doneScreen is the second: what was done, and who was told.
func doneScreen() screen {
	return screen{
		name: "done", next: "wishes",
		parts: func(_ Concern, s Statement) []part {
			return []part{{"told", strings.Join(s.Told, " ")}, {"told_else", s.ToldElse}, {"told_when", s.ToldWhen}, {"done", s.Done}}
		},
		read: func(d *drafting) error {
			d.s.Done, d.s.ToldElse, d.s.ToldWhen = d.text("done"), d.text("told_else"), d.text("told_when")
			d.s.Told = among(toldWhom(), d.form["told"])
			return nil
		},
		join: func(stored Statement, d *drafting) {
			d.s.Done = both(stored.Done, d.s.Done)
			d.s.ToldElse, d.s.ToldWhen = joined(stored.ToldElse, d.s.ToldElse), joined(stored.ToldWhen, d.s.ToldWhen)
			d.s.Told = among(toldWhom(), slices.Concat(stored.Told, d.s.Told))
		},
		check: nothingElse,
		show: func(d *drafting, status int) error {
			return web.Show(d.e, status, "reflections/concern-done", &ConcernDonePage{
				Concern: d.c.ID, Whom: choicesOf("concern.told.", toldWhom(), d.s.Told), Statement: d.s, Draft: d.page, Errors: d.problems,
			})
		},
	}
}

// wishesScreen is the third: what the person wants, whether they know and agree, and
// where they do not, why it is passed on all the same.
func wishesScreen() screen {
	return screen{
		name: "wishes", next: "check",
		parts: func(_ Concern, s Statement) []part {
			return []part{{"wishes", s.Wishes}, {"knows", s.Knows}, {"why", s.Why}}
		},
		read: func(d *drafting) error {
			d.s.Wishes, d.s.Why, d.s.Knows = d.text("wishes"), d.text("why"), ""
			if knows := d.form.Get("knows"); slices.Contains(doTheyKnow(), knows) {
				d.s.Knows = knows
			}
			return nil
		},
		join: func(stored Statement, d *drafting) {
			d.s.Wishes, d.s.Why = both(stored.Wishes, d.s.Wishes), both(stored.Why, d.s.Why)
			if d.s.Knows == "" {
				d.s.Knows = stored.Knows
			}
		},
		check: nothingElse,
		show: func(d *drafting, status int) error {
			return web.Show(d.e, status, "reflections/concern-wishes", &ConcernWishesPage{
				Concern: d.c.ID, Know: choicesOf("concern.knows.", doTheyKnow(), []string{d.s.Knows}), Statement: d.s, Draft: d.page, Errors: d.problems,
			})
		},
	}
}

// nothingElse is to be put right on a screen.
func nothingElse(*drafting) []web.FieldError { return nil }

func both(stored, mine string) string { return web.Keep(web.KeepBoth, stored, mine) }
