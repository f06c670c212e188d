package facilitation

import (
	"net/http"

	"alongside/hooks/people"
	"alongside/hooks/web"

	"github.com/pocketbase/pocketbase/core"
)

// showGrid is how far a group is.
func (f *Facilitation) showGrid(e *core.RequestEvent) error {
	page, _, err := f.grid(e)
	if err != nil {
		return err
	}
	page.MayAdd, err = f.mayAdd(e, page.ID)
	if err != nil {
		return err
	}
	page.MayEnrol = people.May(web.Current(e), people.Accounts)
	if page.MayAdd {
		unused, err := f.unusedIn(e, page.ID)
		if err != nil {
			return err
		}
		page.Unused = len(unused)
	}
	return web.Show(e, http.StatusOK, "facilitation/grid", page)
}

// mayAdd reports whether the viewer may add learners to a group.
func (f *Facilitation) mayAdd(e *core.RequestEvent, group string) (bool, error) {
	if !people.May(web.Current(e), people.AddLearner) {
		return false, nil
	}
	_, err := f.cohort(e, group)
	if err == web.ErrNotFound {
		return false, nil
	}
	return err == nil, err
}
