package reflections

import (
	"context"
	"net/http"
	"net/url"
	"slices"

	"alongside/hooks/web"

	"github.com/pocketbase/pocketbase/core"
)

// showShare is the page on which a learner chooses who may read what they wrote.
func (r *Room) showShare(e *core.RequestEvent) error {
	page, _, err := r.sharePage(e)
	if err != nil {
		return err
	}
	query := e.Request.URL.Query()
	for i := range page.Readers {
		page.Readers[i].Chosen = slices.Contains(query["to"], page.Readers[i].ID)
	}
	if err := r.keepAsBefore(page); err != nil {
		return err
	}
	return web.Show(e, http.StatusOK, "reflections/share", page)
}

// sharePage is the page as it stands before anything was chosen, and the
// reflection that it is about.
func (r *Room) sharePage(e *core.RequestEvent) (*SharePage, *own, error) {
	ctx, viewer, id := e.Request.Context(), web.Current(e), e.Request.PathValue("reflection")
	o, err := r.ownOf(ctx, viewer, id)
	if err != nil {
		return nil, nil, err
	}
	page := &SharePage{
		Address: shareAddress(id), Back: address(id), Title: o.Title, Lang: o.Lang, Asked: o.Asked, Lock: o.Lock, Paper: o.How == OnPaper, Seen: o.seen(),
	}
	for _, p := range o.pieces {
		page.Pieces = append(page.Pieces, PieceChoice{Key: p.Key, Part: p.Part, Felt: p.Felt, Heard: p.Heard})
	}
	page.Readers, err = r.readersFor(ctx, viewer, id)
	return page, o, err
}

// keepAsBefore keeps for the learner what they kept the last time: when they
// shared it with those who are chosen, else with anybody.
func (r *Room) keepAsBefore(page *SharePage) error {
	last := page.lastShare()
	if last == nil || page.Lock != Unlocked {
		return nil
	}
	shown, lock, err := r.shownOf(*last)
	if err != nil || lock != Unlocked {
		return err
	}
	for i := range page.Pieces {
		page.Pieces[i].Keep = slices.Contains(shown.Held, page.Pieces[i].Key)
	}
	page.Edited = slices.ContainsFunc(shown.Held, func(key string) bool { return !slices.Contains(page.keeps(), key) })
	return nil
}

// lastShare is the share that the learner made last and did not take back.
func (p *SharePage) lastShare() (last *Share) {
	chosen := len(p.Chosen()) > 0
	for _, one := range p.Readers {
		s := one.share
		if s == nil || s.Withdrawn != "" || chosen && !one.Chosen {
			continue
		}
		if last == nil || s.Shared > last.Shared {
			last = s
		}
	}
	return last
}

// choose puts in what the form says, and what is to be put right in it.
func (p *SharePage) choose(form url.Values) {
	for i := range p.Readers {
		p.Readers[i].Chosen = slices.Contains(form["to"], p.Readers[i].ID)
	}
	for i := range p.Pieces {
		p.Pieces[i].Keep = slices.Contains(form["keep"], p.Pieces[i].Key)
	}
}

// problems are what is to be put right before it can be looked at.
func (p *SharePage) problems() (wrong []web.FieldError) {
	if len(p.Chosen()) == 0 {
		wrong = append(wrong, web.FieldError{Field: "to", Key: "share-to-missing"})
	}
	if p.Shown.isNothing() {
		wrong = append(wrong, web.FieldError{Field: "keep", Key: "share-nothing"})
	}
	return wrong
}

// mayCheck reports whether what was chosen of an older text says of this one what
// is to be seen by whom. Where a part that was kept reads differently now, the
// learner has to choose anew.
func (p *SharePage) mayCheck(form url.Values) bool {
	gone := slices.ContainsFunc(form["keep"], func(key string) bool { return !slices.Contains(p.keeps(), key) })
	return !gone && !p.isMissing(form["to"]) && p.problems() == nil
}

// isMissing reports whether somebody was chosen who is not there to choose.
func (p *SharePage) isMissing(chosen []string) bool {
	return slices.ContainsFunc(chosen, func(id string) bool {
		return !slices.ContainsFunc(p.Readers, func(c ReaderChoice) bool { return c.ID == id })
	})
}

// share shows first what each of those who are chosen will see, and shares it when
// that was seen.
func (r *Room) share(e *core.RequestEvent) error {
	form, err := web.Form(e)
	if err != nil {
		return err
	}
	page, o, err := r.sharePage(e)
	if err != nil {
		return err
	}
	page.choose(form)
	page.Shown = o.shown(web.Current(e), page.keeps())
	switch {
	case page.Lock != Unlocked:
		return web.Show(e, http.StatusConflict, "reflections/share", page)
	case form.Get("seen") != page.Seen:
		page.Check = form.Get("do") == "share" && page.mayCheck(form)
		return refuseToShare(e, page, "changed")
	case page.isMissing(form["to"]):
		return refuseToShare(e, page, "gone")
	case form.Get("do") == "change":
		return web.Show(e, http.StatusOK, "reflections/share", page)
	}
	if page.Errors = page.problems(); page.Errors != nil {
		return web.Show(e, http.StatusUnprocessableEntity, "reflections/share", page)
	}
	if form.Get("do") != "share" {
		page.Check = true
		return web.Show(e, http.StatusOK, "reflections/share", page)
	}
	return r.shareNow(e, page, o)
}

// refuseToShare shows the page again, with why nothing was shared.
func refuseToShare(e *core.RequestEvent, page *SharePage, why string) error {
	page.Why = why
	status := http.StatusConflict
	if why == "no-key" {
		status = http.StatusServiceUnavailable
	}
	return web.Show(e, status, "reflections/share", page)
}

// shownOf opens what a share shows, for the learner whose it is.
func (r *Room) shownOf(s Share) (Shown, Lock, error) {
	shown, err := s.open(r.app, r.vault)
	if CannotKeep(err) {
		return Shown{}, NotNow, nil
	}
	return shown, Unlocked, err
}

// alreadySees reports whether a reader sees exactly this already: the same press
// came twice.
func (r *Room) alreadySees(ctx context.Context, s *Share, shown Shown) (bool, error) {
	if s == nil || s.Withdrawn != "" {
		return false, nil
	}
	still, lock, err := r.shownOf(*s)
	return lock == Unlocked && still.isSame(shown), err
}

func address(reflection string) string      { return "/reflections/" + reflection }
func shareAddress(reflection string) string { return address(reflection) + "/share" }
