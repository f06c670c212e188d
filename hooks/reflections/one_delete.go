package reflections

import (
	"context"
	"fmt"
	"net/http"

	"alongside/hooks/audit"
	"alongside/hooks/people"
	"alongside/hooks/web"
	"alongside/templates"

	"github.com/pocketbase/pocketbase/core"
)

// DeletePage is `/reflections/{reflection}/delete`, "reflections/delete": what goes
// when a learner deletes what they gave. Its form posts to the same address nothing.
type DeletePage struct {
	web.Base
	Address string
	Back    string // the reflection's own page
	Title   string // of its module
	Lang    string
	Asked   string
	Lock    Lock     // why nothing can be deleted now
	Spoken  bool     // a recording goes too
	Shared  bool     // somebody else could read something of it, now or before
	Copies  string   // ISO date: by then it is in no copy of the data either
	Whys    []string // kinds of holds, under "hold-why.": what was shared is kept, and nobody can read it
	Untold  bool     // there is a hold, and why is not said while texts are closed
}

// Dir is the direction in which what was asked runs.
func (p *DeletePage) Dir() string { return templates.Direction(p.Lang) }

// IsHeld reports whether what was shared is kept for now.
func (p *DeletePage) IsHeld() bool { return p.Shared && (p.Untold || len(p.Whys) > 0) }

// showDelete asks before anything is deleted.
func (r *Room) showDelete(e *core.RequestEvent) error {
	page, err := r.deletePage(e)
	if err != nil {
		return err
	}
	return web.Show(e, http.StatusOK, "reflections/delete", page)
}

func (r *Room) deletePage(e *core.RequestEvent) (*DeletePage, error) {
	ctx, viewer, id := e.Request.Context(), web.Current(e), e.Request.PathValue("reflection")
	o, err := r.ownOf(ctx, viewer, id)
	if err != nil {
		return nil, err
	}
	shares, err := r.sharesOf(ctx, viewer.ID, id)
	if err != nil {
		return nil, err
	}
	page := &DeletePage{
		Address: address(id) + "/delete", Back: address(id), Title: o.Title, Lang: o.Lang, Asked: o.Asked,
		Lock: o.Lock, Spoken: o.How == ByVoice, Shared: len(shares) > 0,
	}
	if page.Lock, err = r.lockOfAll(viewer, page.Lock, shares); err != nil {
		return nil, err
	}
	if page.Copies, err = people.CopiesGone(ctx, r.app, r.now()); err != nil {
		return nil, err
	}
	page.Whys, page.Untold, err = r.whys(ctx, viewer)
	return page, err
}

// whys are the kinds of holds of the viewer, each once. While their texts are closed
// it only says that there is one: whoever made the session may be named in a concern.
func (r *Room) whys(ctx context.Context, viewer *web.Viewer) (whys []string, untold bool, err error) {
	holds, err := audit.HoldsOf(ctx, r.app, viewer.ID)
	if err != nil || viewer.Closed {
		return nil, len(holds) > 0, err
	}
	known := map[string]bool{}
	for _, hold := range holds {
		if !known[hold.Why] {
			known[hold.Why] = true
			whys = append(whys, hold.Why)
		}
	}
	return whys, false, nil
}

// lockOfAll is why something of a reflection does not open for the viewer: whoever
// cannot read it deletes nothing of it either.
func (r *Room) lockOfAll(viewer *web.Viewer, lock Lock, shares []Share) (Lock, error) {
	for _, s := range shares {
		if lock != Unlocked {
			break
		}
		view := ThreadView{Share: s}
		if err := r.openForLearner(viewer, &view); err != nil {
			return lock, err
		}
		lock = view.Lock
	}
	return lock, nil
}

// deleteOne deletes a reflection of the viewer's own: at once where only they could
// read it. What was shared is hidden at once and goes too, unless they are on hold
// (DESIGN §3, promise 6).
func (r *Room) deleteOne(e *core.RequestEvent) error {
	if _, err := web.Form(e); err != nil {
		return err
	}
	page, err := r.deletePage(e)
	if err != nil {
		return err
	}
	if page.Lock != Unlocked {
		return web.Show(e, http.StatusConflict, "reflections/delete", page)
	}
	held, err := r.remove(web.Current(e).ID, e.Request.PathValue("reflection"))
	if err != nil {
		return fmt.Errorf("delete reflection: %w", err)
	}
	r.truncateLog(e.Request.Context())
	if held {
		web.Notify(e, "reflection-held")
	} else {
		web.Notify(e, "reflection-deleted")
	}
	return web.SeeOther(e, "/reflections")
}
