package facilitation

import (
	"net/http"
	"slices"

	"alongside/hooks/people"
	"alongside/hooks/web"

	"github.com/pocketbase/pocketbase/core"
)

// AwayPage is `/facilitate/away`, "facilitation/away": when the viewer is away, who
// covers, for whom they cover, and for managers who else is away. Its form posts to
// the same address, and that which ends a time away to /facilitate/away/{absence}/end.
type AwayPage struct {
	web.Base
	Address  string
	Form     *people.AwayForm // with no place for whoever walks beside nobody
	Absences []people.Absence // the viewer's
	Covers   []people.Absence // for whom the viewer covers
	Others   []people.Absence // in the programmes that the viewer manages
	Theirs   bool             // never
	Several  bool             // the viewer works in several programmes, so each is named
	Errors   []web.FieldError
}

func (f *Facilitation) showAway(e *core.RequestEvent) error {
	page, err := f.awayPage(e)
	if err != nil {
		return err
	}
	return web.Show(e, http.StatusOK, "facilitation/away", page)
}

func (f *Facilitation) awayPage(e *core.RequestEvent) (*AwayPage, error) {
	ctx, viewer, now := e.Request.Context(), web.Current(e), web.Now(e)
	page := &AwayPage{Address: "/facilitate/away"}
	var err error
	if page.Form, err = people.ReadAwayForm(e, viewer.ID, ""); err != nil {
		return nil, err
	}
	page.Several = len(page.Form.Where) > 1
	if page.Absences, err = people.AbsencesOf(ctx, f.app, viewer.ID, now); err != nil {
		return nil, err
	}
	if page.Covers, err = people.CoversOf(ctx, f.app, viewer.ID, now); err != nil {
		return nil, err
	}
	page.Others, err = people.AwayIn(ctx, f.app, viewer, now)
	return page, err
}

// coversNow are those for whom the viewer covers today.
func (f *Facilitation) coversNow(e *core.RequestEvent) ([]people.Absence, error) {
	all, err := people.CoversOf(e.Request.Context(), f.app, web.Current(e).ID, web.Now(e))
	return slices.DeleteFunc(all, func(a people.Absence) bool { return !a.Begun }), err
}
