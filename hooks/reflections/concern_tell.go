package reflections

import (
	"errors"
	"net/http"

	"alongside/hooks/audit"
	"alongside/hooks/vault"
	"alongside/hooks/web"

	"github.com/pocketbase/pocketbase/core"
)

// showConcernTell is where a lead writes to the person whom a concern is about.
func (r *Room) showConcernTell(e *core.RequestEvent) error {
	c, err := r.concernToTell(e)
	if err != nil {
		return err
	}
	return r.tellPage(e, http.StatusOK, c, &ConcernTellPage{Key: core.GenerateDefaultRandomId()})
}

// tellOfConcern is POST /concerns/{concern}/tell. What is told cannot be taken back,
// so it is looked at once more before it goes.
func (r *Room) tellOfConcern(e *core.RequestEvent) error {
	form, err := web.Form(e)
	if err != nil {
		return err
	}
	c, err := r.concernToTell(e)
	if err != nil {
		return err
	}
	in := typing{form: form}
	d := deed{Text: in.text("text")}
	page := &ConcernTellPage{Key: form.Get("id"), Text: form.Get("text")}
	switch do := form.Get("do"); {
	case do == "change":
		return r.tellPage(e, http.StatusOK, c, page)
	case d.Text == "":
		in.wrong("text", "concern-tell-missing")
	case in.problems == nil && do != "send":
		page.Check, page.Text = true, d.Text
		return r.tellPage(e, http.StatusOK, c, page)
	}
	act := r.newAct(c, web.Current(e), concernTell, page.Key, d)
	done, err := r.isDone(e.Request.Context(), act)
	if err == nil && !done && in.problems == nil {
		err = r.do(c, act, d, -1)
		done = err == nil
	}
	if done {
		web.Notify(e, "concern-told")
		return web.SeeOther(e, "/concerns/"+c.ID)
	}
	status, err := in.failed("text", err)
	if err != nil {
		return hide(err)
	}
	page.Errors = in.problems
	return r.tellPage(e, status, c, page)
}

// concernToTell finds a concern of which somebody can be told: it is about them, and
// a lead has read it.
func (r *Room) concernToTell(e *core.RequestEvent) (Concern, error) {
	c, err := r.concernToLead(e.Request.Context(), web.Current(e), e.Request.PathValue("concern"))
	if err == nil && !c.mayTell() {
		err = web.ErrNotFound
	}
	return c, err
}

func (c Concern) mayTell() bool { return c.About != "" && c.State != ConcernRaised }

// tellPage shows either of the two pages. They name whom the concern is about, so
// that it was opened is on record first, and one that was changed by hand has none.
func (r *Room) tellPage(e *core.RequestEvent, status int, c Concern, page *ConcernTellPage) error {
	err := r.audit.Record(r.app, audit.Act{Kind: audit.ConcernViewed, Actor: web.Current(e).ID, Item: c.ID})
	if err != nil {
		return err
	}
	page.Concern = c.ID
	if _, err := c.open(r.app, r.vault); errors.Is(err, vault.ErrNoKey) {
		page.Check, page.Errors = false, cannotBeKept()
		return web.Show(e, http.StatusServiceUnavailable, "reflections/concern-tell", page)
	} else if err != nil {
		return hide(err)
	}
	names, err := r.namedIn(e.Request.Context(), c)
	if err != nil {
		return err
	}
	page.Person = names.About
	return web.Show(e, status, "reflections/concern-tell", page)
}
