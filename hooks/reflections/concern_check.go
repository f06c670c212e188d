package reflections

import (
	"context"
	"errors"
	"fmt"
	"net/http"

	"alongside/hooks/vault"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

func (r *Room) showConcernCheck(e *core.RequestEvent) error {
	return r.checkConcern(e, http.StatusOK, nil)
}

func (r *Room) checkConcern(e *core.RequestEvent, status int, problems []web.FieldError) error {
	ctx, viewer := e.Request.Context(), web.Current(e)
	c, s, err := r.draft(ctx, viewer, e.Request.PathValue("concern"))
	if errors.Is(err, vault.ErrNoKey) {
		return r.showCannot(e)
	}
	if err != nil {
		return hide(err)
	}
	page := &ConcernCheckPage{Concern: c.ID, Seen: Stamp(c.Sealed), Statement: s, Errors: problems}
	linked, err := r.shareWithin(ctx, c)
	if err != nil {
		return err
	}
	page.Linked, page.Unlinked = linked != "", linked != c.Share
	if page.Who, err = r.namedIn(ctx, c); err != nil {
		return err
	}
	readers, err := r.readersOf(ctx, c)
	if err != nil {
		return err
	}
	for _, lead := range readers {
		if lead.ID == viewer.ID {
			page.Mine = true
		} else {
			page.Readers = append(page.Readers, lead)
		}
	}
	if len(readers) == 0 {
		page.Numbers = web.HelpGroups(e)
	}
	return web.Show(e, status, "reflections/concern-check", page)
}

// namedIn are those whom a concern names, as they are called.
func (r *Room) namedIn(ctx context.Context, c Concern) (n Named, err error) {
	const called = "COALESCE((SELECT COALESCE(NULLIF(name, ''), username) FROM users WHERE id = {:%s}), '') AS %s"
	var row struct {
		About  string `db:"about"`
		Staff  string `db:"staff"`
		Raiser string `db:"raiser"`
		Label  string `db:"label"`
	}
	err = r.app.ConcurrentDB().NewQuery("SELECT " + fmt.Sprintf(called, "about", "about") + ", " + fmt.Sprintf(called, "staff", "staff") + ", " +
		fmt.Sprintf(called, "raiser", "raiser") + ", COALESCE((SELECT label FROM programmes WHERE id = {:programme}), '') AS label").
		Bind(dbx.Params{"about": c.About, "staff": c.Staff, "raiser": c.RaisedBy, "programme": c.Programme}).WithContext(ctx).One(&row)
	if err != nil {
		return n, fmt.Errorf("whom concern %s names: %w", c.ID, err)
	}
	return Named(row), nil
}

// raiseConcern hands a draft on to those who answer for it.
func (r *Room) raiseConcern(e *core.RequestEvent) error {
	form, err := web.Form(e)
	if err != nil {
		return err
	}
	ctx, viewer, id := e.Request.Context(), web.Current(e), e.Request.PathValue("concern")
	c, s, err := r.draft(ctx, viewer, id)
	if errors.Is(err, web.ErrNotFound) {
		if _, err := r.concern(ctx, viewer, id); err != nil {
			return err
		}
		return web.SeeOther(e, "/concerns/"+id) // it was raised already
	}
	if err == nil {
		if field := c.unfit(s); field != nil {
			return r.checkConcern(e, http.StatusUnprocessableEntity, []web.FieldError{*field})
		}
		if form.Has("seen") && form.Get("seen") != Stamp(c.Sealed) {
			err = ErrChanged
		} else {
			err = r.raise(ctx, c, s)
		}
	}
	switch {
	case errors.Is(err, vault.ErrNoKey):
		return r.showCannot(e)
	case errors.Is(err, ErrChanged):
		return r.checkAnew(e, id)
	case err != nil:
		return hide(err)
	}
	web.Notify(e, "concern-raised")
	return web.SeeOther(e, "/concerns/"+id)
}

// checkAnew shows the draft as it is now, where it was changed in another tab; where
// it was raised in one, it leads there.
func (r *Room) checkAnew(e *core.RequestEvent, id string) error {
	c, err := r.concern(e.Request.Context(), web.Current(e), id)
	if err != nil {
		return err
	}
	if c.State != ConcernDraft {
		return web.SeeOther(e, "/concerns/"+id)
	}
	return r.checkConcern(e, http.StatusConflict, []web.FieldError{{Field: "main", Key: "concern-changed"}})
}

// unfit is what keeps a draft from being raised; nil for nothing.
func (c Concern) unfit(s Statement) *web.FieldError {
	switch {
	case c.Programme == "":
		return &web.FieldError{Field: "main", Key: "concern-about-missing"}
	case !s.says():
		return &web.FieldError{Field: "said", Key: "concern-says-nothing"}
	default:
		return nil
	}
}

// deleteConcern takes a draft away.
func (r *Room) deleteConcern(e *core.RequestEvent) error {
	if _, err := web.Form(e); err != nil {
		return err
	}
	c, err := r.concern(e.Request.Context(), web.Current(e), e.Request.PathValue("concern"))
	if err != nil {
		return err
	}
	if !c.isBy(web.Current(e)) {
		return web.ErrNotFound
	}
	if err := r.dropDraft(c); err != nil {
		return err
	}
	r.truncateLog(e.Request.Context())
	web.Notify(e, "concern-deleted")
	return web.SeeOther(e, "/concerns")
}
