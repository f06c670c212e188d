package reflections

import (
	"errors"

	"alongside/hooks/web"

	"github.com/pocketbase/pocketbase/core"
)

// shareNow shares what the learner saw on the page with all whom they chose, or
// with nobody. Who sees exactly that already is left alone, so a second press
// changes nothing.
func (r *Room) shareNow(e *core.RequestEvent, page *SharePage, o *own) error {
	due, err := r.sharings(e, page, o)
	defer r.dropCopies(due)
	switch {
	case CannotKeep(err):
		return refuseToShare(e, page, "no-key")
	case errors.Is(err, ErrShut):
		return refuseToShare(e, page, "changed")
	case err != nil:
		return err
	}
	err = r.app.RunInTransaction(func(tx core.App) error {
		for _, s := range due {
			if err := r.storeShare(tx, s); err != nil {
				return err
			}
		}
		return nil
	})
	if errors.Is(err, ErrNotThere) {
		return r.afterRace(e, page)
	}
	if err != nil {
		return err
	}
	web.Notify(e, "shared")
	return web.SeeOther(e, page.Back)
}

// sharings are prepared for those who do not see it yet.
func (r *Room) sharings(e *core.RequestEvent, page *SharePage, o *own) (due []sharing, err error) {
	ctx, viewer := e.Request.Context(), web.Current(e)
	for _, one := range page.Chosen() {
		seen, err := r.alreadySees(ctx, one.share, page.Shown)
		if err != nil {
			return due, err
		}
		if seen {
			continue
		}
		s, err := r.prepareShare(viewer, o.ID, one.Answerer, page.Shown, one.promised)
		if err != nil {
			return due, err
		}
		s.stamp, s.was = o.Stamp, ""
		if one.share != nil {
			s.was = one.share.MAC
		}
		due = append(due, s)
	}
	return due, nil
}

// dropCopies lets the copies go that were not stored.
func (r *Room) dropCopies(all []sharing) {
	for _, s := range all {
		r.dropTake(s.copied)
	}
}

// afterRace looks again where something changed in the moment of the press: the
// same press may have come twice.
func (r *Room) afterRace(e *core.RequestEvent, before *SharePage) error {
	page, o, err := r.sharePage(e)
	if err != nil {
		return err
	}
	chosen := before.form()
	page.choose(chosen)
	page.Shown = o.shown(web.Current(e), page.keeps())
	switch {
	case page.Seen != before.Seen:
		page.Check = page.mayCheck(chosen)
		return refuseToShare(e, page, "changed")
	case page.isMissing(chosen["to"]):
		return refuseToShare(e, page, "gone")
	}
	left, err := r.sharings(e, page, o)
	defer r.dropCopies(left)
	if err != nil {
		return err
	}
	if len(left) > 0 {
		return refuseToShare(e, page, "elsewhere")
	}
	web.Notify(e, "shared")
	return web.SeeOther(e, page.Back)
}
