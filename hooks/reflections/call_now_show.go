package reflections

import (
	"context"
	"errors"
	"maps"
	"net/http"

	"alongside/hooks/people"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// FlaggedPage is `/calls`, "reflections/flagged": who needs help now, for whoever
// was told by name. Its forms post nothing, to /calls/{call}/on-it, /instead, /let-go
// and /done.
type FlaggedPage struct {
	web.Base
	Calls   []FlaggedCall
	Numbers []web.HelpGroup
}

// A FlaggedCall is one that the viewer was told of.
type FlaggedCall struct {
	Call
	Mine     bool            // the viewer is on it
	Others   []people.Worker // who walk beside them there, besides the viewer
	MayRaise bool            // the viewer may raise a concern about them
	Leads    []people.Member // who answer for concerns there, where the viewer may not
}

// askNow is the button of /help.
func (r *Room) askNow(e *core.RequestEvent) error {
	if _, err := web.Form(e); err != nil {
		return err
	}
	err := r.AskNow(e.Request.Context(), web.Current(e).ID)
	if errors.Is(err, ErrNobody) {
		web.Notify(e, "call-now-nobody")
		return web.SeeOther(e, "/help")
	}
	if err != nil {
		return err
	}
	web.Notify(e, "call-now")
	return web.SeeOther(e, "/me/calls")
}

// showFlagged also reads anew what pages have in memory, should a row have been
// changed in another way.
func (r *Room) showFlagged(e *core.RequestEvent) error {
	calls, err := r.flaggedTo(e, "1", nil)
	if err != nil {
		return err
	}
	r.readCalls()
	page := &FlaggedPage{Numbers: web.HelpGroups(e)}
	for _, c := range calls {
		one, err := r.flaggedCall(e.Request.Context(), web.Current(e), c)
		if err != nil {
			return err
		}
		page.Calls = append(page.Calls, one)
	}
	return web.Show(e, http.StatusOK, "reflections/flagged", page)
}

// flaggedCall is a call with whom the viewer can turn to about it.
func (r *Room) flaggedCall(ctx context.Context, viewer *web.Viewer, c Call) (FlaggedCall, error) {
	one := FlaggedCall{Call: c, Mine: c.Taker == viewer.ID, MayRaise: mayRaise(viewer, c.Programme)}
	workers, err := people.WorkersOf(ctx, r.app, c.Learner, r.now())
	if err != nil {
		return one, err
	}
	for _, w := range workers {
		if w.Programme == c.Programme && w.ID != viewer.ID {
			one.Others = append(one.Others, w)
		}
	}
	if !one.MayRaise {
		one.Leads, err = people.LeadsOf(ctx, r.app, c.Programme, r.now())
	}
	return one, err
}

func (r *Room) flaggedTo(e *core.RequestEvent, condition string, more dbx.Params) ([]Call, error) {
	which, params := flaggedTo(web.Current(e))
	maps.Copy(params, more)
	return r.callsWhere(e.Request.Context(), which+" AND "+condition, params)
}

// onCall does something about one call that the viewer was told of, and says what.
func (r *Room) onCall(do func(*web.Viewer, Call) (notice string, err error)) func(e *core.RequestEvent) error {
	return func(e *core.RequestEvent) error {
		if _, err := web.Form(e); err != nil {
			return err
		}
		found, err := r.flaggedTo(e, "k.id = {:call}", dbx.Params{"call": e.Request.PathValue("call")})
		if err != nil {
			return err
		}
		if len(found) == 0 {
			return web.ErrNotFound
		}
		notice, err := do(web.Current(e), found[0])
		if err != nil {
			return err
		}
		web.Notify(e, notice)
		return web.SeeOther(e, "/calls")
	}
}
