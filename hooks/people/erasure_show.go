package people

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"alongside/hooks/audit"
	"alongside/hooks/web"

	"github.com/pocketbase/pocketbase/core"
)

// showErasure is the dry run: what would go, what is in the way, and nothing of
// what it says.
func (k *Keeping) showErasure(e *core.RequestEvent) error {
	err := k.audit.Record(k.app, audit.Act{Kind: audit.ErasurePreviewed, Actor: web.Current(e).ID, Subject: e.Request.PathValue(inPerson)})
	if err != nil {
		return err
	}
	return k.showErasureOf(e, http.StatusOK, &ErasurePage{})
}

func (k *Keeping) showErasureOf(e *core.RequestEvent, status int, page *ErasurePage) error {
	ctx, viewer, person := e.Request.Context(), web.Current(e), e.Request.PathValue(inPerson)
	var err error
	if page.Username, err = usernameOf(ctx, k.app, person); err != nil {
		return err
	}
	page.Address = "/manage/erasures/" + person
	asked, err := openErasure(ctx, k.app, person)
	if err != nil {
		return err
	}
	if asked != nil {
		page.Asked, page.Theirs, page.MayBack = Moment(asked.Asked), asked.AskedBy == person, asked.AskedBy == viewer.ID && !asked.hasBegun()
		page.Begun = asked.hasBegun()
	}
	held, err := k.held(ctx, person)
	if err != nil {
		return err
	}
	page.Held = goes(held)
	if !page.Begun {
		if page.Holds, err = k.holdViewsFor(ctx, viewer, person); err != nil {
			return err
		}
		if page.Alone, err = managesAlone(ctx, k.app, person, k.now()); err != nil {
			return err
		}
	}
	if page.Beyond, err = k.isBeyond(ctx, viewer, person); err != nil {
		return err
	}
	if page.Copies, err = k.copiesGone(ctx); err != nil {
		return err
	}
	return web.Show(e, status, "people/erasure", page)
}

// isBeyond reports whether somebody has a role that the viewer does not manage:
// their account is not of one programme alone, so a site manager erases it.
func (k *Keeping) isBeyond(ctx context.Context, viewer *web.Viewer, person string) (beyond bool, err error) {
	if viewer.IsSiteManager() {
		return false, nil
	}
	which, params := ProgrammesOf(viewer, Erasures, Whole)
	params["person"], params["now"] = person, Before(k.now())
	err = k.app.ConcurrentDB().NewQuery(`SELECT EXISTS (SELECT 1 FROM memberships m WHERE m.user = {:person}
		AND m.starts <= {:now} AND (m.ends = '' OR m.ends > {:now}) AND m.programme NOT IN (` + which + `))`).
		Bind(params).WithContext(ctx).Row(&beyond)
	if err != nil {
		return false, fmt.Errorf("programmes of %s: %w", person, err)
	}
	return beyond, nil
}

// carryOut erases somebody whose username was typed once more.
func (k *Keeping) carryOut(e *core.RequestEvent) error {
	form, err := web.Form(e)
	if err != nil {
		return err
	}
	ctx, viewer, person := e.Request.Context(), web.Current(e), e.Request.PathValue(inPerson)
	username, err := usernameOf(ctx, k.app, person)
	if err != nil {
		return err
	}
	beyond, err := k.isBeyond(ctx, viewer, person)
	if err != nil {
		return err
	}
	if beyond {
		return k.showErasureOf(e, http.StatusConflict, &ErasurePage{})
	}
	err = k.mayErase(ctx, k.app, person)
	if err == nil && !strings.EqualFold(strings.TrimSpace(form.Get("username")), username) {
		return k.showErasureOf(e, http.StatusUnprocessableEntity, &ErasurePage{Errors: []web.FieldError{{Field: "username", Key: "username-other"}}})
	}
	if err == nil { // Once begun it is carried to its end, also where the browser goes away.
		err = k.erase(context.WithoutCancel(ctx), person, viewer.ID)
	}
	if isRefusal(err) {
		return k.showErasureOf(e, http.StatusConflict, &ErasurePage{Unasked: errors.Is(err, errNotAsked)})
	}
	if err != nil {
		return err
	}
	if person == viewer.ID {
		return web.SeeOther(e, "/")
	}
	web.Notify(e, "erased")
	return web.SeeOther(e, "/manage/erasures")
}

func (k *Keeping) askForThem(e *core.RequestEvent) error {
	if _, err := web.Form(e); err != nil {
		return err
	}
	person := e.Request.PathValue(inPerson)
	if err := k.ask(person, web.Current(e).ID); err != nil {
		return err
	}
	web.Notify(e, "erasure-asked-for")
	return web.SeeOther(e, "/manage/erasures/"+person)
}

// takeBackTheirs ends what the viewer asked for themself: what somebody wished
// for their own part only they take back.
func (k *Keeping) takeBackTheirs(e *core.RequestEvent) error {
	if _, err := web.Form(e); err != nil {
		return err
	}
	viewer, person := web.Current(e), e.Request.PathValue(inPerson)
	asked, err := openErasure(e.Request.Context(), k.app, person)
	if err != nil {
		return err
	}
	if asked != nil && asked.AskedBy == viewer.ID {
		was, err := k.takeBack(person, viewer.ID)
		if err != nil {
			return err
		}
		if was {
			web.Notify(e, "erasure-undone")
		}
	}
	return web.SeeOther(e, "/manage/erasures/"+person)
}
