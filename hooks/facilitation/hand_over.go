package facilitation

import (
	"net/http"
	"net/url"
	"slices"

	"alongside/hooks/people"
	"alongside/hooks/web"

	"github.com/pocketbase/pocketbase/core"
)

// showHandOver is the form that gives learners to somebody else: a manager's for
// anybody's learners, a facilitator's for their own.
func (f *Facilitation) showHandOver(e *core.RequestEvent) error {
	page, err := f.handOverPage(e, e.Request.URL.Query())
	if err != nil {
		return err
	}
	for i := range page.Learners {
		page.Learners[i].Chosen = isOr(e.Request.URL.Query().Get("learner"), page.Learners[i].ID)
	}
	if page.Wishes, err = f.written.WishesFor(e.Request.Context(), web.Current(e)); err != nil {
		return err
	}
	return web.Show(e, http.StatusOK, "facilitation/hand-over", page)
}

// settleWish ends what a learner asked for, because a manager did what can be done
// about it.
func (f *Facilitation) settleWish(e *core.RequestEvent, wish string) error {
	if err := f.written.SettleWish(e.Request.Context(), web.Current(e), wish); err != nil {
		return err
	}
	web.Notify(e, "wish-settled")
	return web.SeeOther(e, "/facilitate/hand-over")
}

// handOverPage is the page for what was chosen so far. Who has one caseload only
// need not choose it.
func (f *Facilitation) handOverPage(e *core.RequestEvent, chosen url.Values) (*HandOverPage, error) {
	loads, err := f.caseloads(e)
	if err != nil {
		return nil, err
	}
	fit := slices.DeleteFunc(slices.Clone(loads), func(c Caseload) bool {
		return !isOr(chosen.Get("from"), c.ID) || !isOr(chosen.Get("role"), string(c.Role)) || !isOr(chosen.Get("programme"), c.Programme)
	})
	switch {
	case len(fit) == 0 && chosen.Get("from") != "":
		return &HandOverPage{Caseloads: loads, None: true}, nil
	case len(fit) != 1:
		return &HandOverPage{Caseloads: fit}, nil
	}
	page := &HandOverPage{From: &fit[0]}
	if page.Learners, err = f.learnersWith(e, fit[0]); err != nil {
		return nil, err
	}
	page.To, err = f.receivers(e, fit[0])
	return page, err
}

func isOr(wanted, value string) bool { return wanted == "" || wanted == value }

// handOver shows first what will be, and does it when that was seen.
func (f *Facilitation) handOver(e *core.RequestEvent) error {
	form, err := web.Form(e)
	if err != nil {
		return err
	}
	if form.Get("do") == "settle" {
		return f.settleWish(e, form.Get("wish"))
	}
	page, err := f.handOverPage(e, form)
	if err != nil {
		return err
	}
	if page.From == nil {
		return web.Show(e, http.StatusOK, "facilitation/hand-over", page)
	}
	if page.choose(form); page.Errors != nil {
		return web.Show(e, http.StatusUnprocessableEntity, "facilitation/hand-over", page)
	}
	if form.Get("do") != "hand-over" {
		page.Check = true
		return web.Show(e, http.StatusOK, "facilitation/hand-over", page)
	}
	if err := f.give(e, page); err != nil {
		return err
	}
	web.Notify(e, page.From.notice())
	return web.SeeOther(e, "/facilitate")
}

// choose puts in what the form says, and what is to be put right in it.
func (p *HandOverPage) choose(form url.Values) {
	for i := range p.Learners {
		p.Learners[i].Chosen = slices.Contains(form["learner"], p.Learners[i].ID)
	}
	for i := range p.To {
		if p.Sends(p.To[i]) == form.Get("to") {
			p.To[i].Chosen, p.Receiver = true, &p.To[i]
		}
	}
	if p.Receiver == nil {
		p.Errors = append(p.Errors, web.FieldError{Field: "to", Key: "to-missing"})
	}
	if len(p.given()) == 0 {
		p.Errors = append(p.Errors, web.FieldError{Field: "learners", Key: "learners-missing"})
	}
}

// Sends is what the form says of somebody who may take them over: where the role
// is not given by who had them, that too.
func (p *HandOverPage) Sends(w WorkerChoice) string {
	if p.From.IsAlone() {
		return w.Value()
	}
	return w.ID
}

// given are the learners that change hands.
func (p *HandOverPage) given() (all []LearnerChoice) {
	for _, l := range p.Learners {
		if l.Chosen {
			all = append(all, l)
		}
	}
	return all
}

// Given is how they are called, for the check.
func (p *HandOverPage) Given() []LearnerChoice { return p.given() }

// handsOverAs says as what a viewer hands over: their own learners, by programme and
// role, and all of the programmes in which they answer for every account.
func handsOverAs(v *web.Viewer) (own, all []string) {
	for _, g := range people.Grants(v, people.Accounts) {
		switch g.Of {
		case people.Assigned:
			own = append(own, g.Programme+"."+string(g.Role))
		case people.OfProgramme:
			all = append(all, g.Programme)
		}
	}
	return own, all
}
