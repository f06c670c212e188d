package reflections

import (
	"errors"
	"maps"
	"net/http"

	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// FlaggedPage is `/calls`, "reflections/flagged": who needs help now, for whoever
// was told by name. Its forms post to /calls/{call}/on-it and /calls/{call}/done
// nothing.
type FlaggedPage struct {
	web.Base
	Calls   []FlaggedCall
	Numbers []web.HelpGroup
}

// A FlaggedCall is one that the viewer was told of.
type FlaggedCall struct {
	Call
	Mine bool // the viewer is on it
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
	viewer, page := web.Current(e), &FlaggedPage{Numbers: web.HelpGroups(e)}
	for _, c := range calls {
		page.Calls = append(page.Calls, FlaggedCall{Call: c, Mine: c.Taker == viewer.ID})
	}
	return web.Show(e, http.StatusOK, "reflections/flagged", page)
}

func (r *Room) flaggedTo(e *core.RequestEvent, condition string, more dbx.Params) ([]Call, error) {
	which, params := flaggedTo(web.Current(e))
	maps.Copy(params, more)
	return r.callsWhere(e.Request.Context(), which+" AND "+condition, params)
}

// onCall does something about one call that the viewer was told of.
func (r *Room) onCall(do func(*web.Viewer, Call) error, notice string) func(e *core.RequestEvent) error {
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
		if err := do(web.Current(e), found[0]); err != nil {
			return err
		}
		web.Notify(e, notice)
		return web.SeeOther(e, "/calls")
	}
}
