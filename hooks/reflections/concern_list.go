package reflections

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"alongside/hooks/people"
	"alongside/hooks/vault"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// concernsOf are the concerns that a viewer may know of, the oldest first and those
// that are closed last, each as it was sealed: of one that was changed by hand nobody knows whom it was hidden
// from, so it is only counted, and not for whom it would have named.
func (r *Room) concernsOf(ctx context.Context, viewer *web.Viewer) (concerns []Concern, changed int, err error) {
	rows, err := r.concernRows(ctx, viewer)
	if err != nil {
		return nil, 0, err
	}
	for _, c := range rows {
		ok, err := c.isTrue(r.app, r.vault)
		switch {
		case err != nil:
			return nil, 0, err
		case ok:
			concerns = append(concerns, c)
		case !c.namesByHand(r.app, r.vault, viewer.ID):
			changed++
		}
	}
	return concerns, changed, nil
}

func (r *Room) concernRows(ctx context.Context, viewer *web.Viewer) ([]Concern, error) {
	mine, params := []string{"FALSE"}, dbx.Params{"me": viewer.ID}
	for i, m := range viewer.Memberships {
		in := fmt.Sprintf("in%d", i)
		params[in] = m.Programme
		if mayRaise(viewer, m.Programme) {
			mine = append(mine, "n.programme = {:"+in+"} AND n.raised_by = {:me}")
		}
		if isLead(viewer, m.Programme) {
			mine = append(mine, "n.programme = {:"+in+"} AND n.state != 'draft'")
		}
	}
	if people.May(viewer, people.Raising) {
		mine = append(mine, "n.programme = '' AND n.raised_by = {:me} AND n.state = 'draft'")
	}
	var rows []Concern
	err := r.app.ConcurrentDB().NewQuery("SELECT " + columnsOfConcern + " FROM concerns n WHERE (" + strings.Join(mine, " OR ") +
		") AND n.staff != {:me} AND n.about != {:me} ORDER BY n.state = 'closed', n.raised, n.id LIMIT 1000").Bind(params).WithContext(ctx).All(&rows)
	if err != nil {
		return nil, fmt.Errorf("list concerns: %w", err)
	}
	return rows, nil
}

func (r *Room) showConcerns(e *core.RequestEvent) error {
	ctx, viewer := e.Request.Context(), web.Current(e)
	concerns, changed, err := r.concernsOf(ctx, viewer)
	if errors.Is(err, vault.ErrNoKey) {
		return r.showCannot(e)
	}
	if err != nil {
		return err
	}
	r.readConcerns() // should the key have been away when they were read
	page := &ConcernsPage{Lead: viewer.Is(web.Lead), Changed: changed}
	for _, c := range concerns {
		lead := isLead(viewer, c.Programme)
		row, err := r.concernRow(ctx, c, lead)
		if err != nil {
			return err
		}
		page.add(row, c.State, lead)
	}
	slices.SortStableFunc(page.Drafts, func(a, b ConcernInList) int { return strings.Compare(b.Since, a.Since) })
	slices.SortStableFunc(page.Open, func(a, b ConcernInList) int { return a.first() - b.first() })
	return web.Show(e, http.StatusOK, "reflections/concerns", page)
}

// add puts a row where it belongs.
func (p *ConcernsPage) add(row ConcernInList, state string, lead bool) {
	switch {
	case state == ConcernDraft:
		p.Drafts = append(p.Drafts, row)
	case !lead:
		p.Own = append(p.Own, row)
	case state == ConcernRaised:
		p.Waiting = append(p.Waiting, row)
	case state == ConcernClosed:
		p.Closed = append(p.Closed, row)
	default:
		p.Open = append(p.Open, row)
	}
}

func (r *Room) concernRow(ctx context.Context, c Concern, lead bool) (row ConcernInList, err error) {
	names, err := r.namedIn(ctx, c)
	if err != nil {
		return row, err
	}
	row = ConcernInList{ID: c.ID, State: c.State, Since: c.Since(), For: r.clock(c)}
	if lead {
		row.Raiser = names.Raiser // whoever else has it in their list raised it
	}
	if c.State == ConcernDraft {
		row.Since = people.Moment(c.Written)
	}
	if !lead || c.State == ConcernClosed || c.State == ConcernDraft {
		return row, nil
	}
	row.Review, row.Due = dayOf(c.Review), r.due(c)
	acts, err := r.actsOf(ctx, c)
	row.More = len(acts) > 0 && acts[len(acts)-1].Kind == actAdded
	return row, err
}

// due says whether the day has come on which a concern is looked at again.
func (r *Room) due(c Concern) Due {
	day, today := dayOf(c.Review), r.now().UTC().Format(time.DateOnly)
	switch {
	case day == today:
		return DueToday
	case day != "" && day < today:
		return DueSince
	default:
		return ""
	}
}

// first is the place of a row among those that are open: before all others what
// somebody has to look at now.
func (row ConcernInList) first() int {
	if row.Due != "" || row.More {
		return 0
	}
	return 1
}

// clock is how long ago a concern was raised.
func (r *Room) clock(c Concern) Clock {
	at, err := time.Parse(time.RFC3339Nano, people.Moment(c.Raised))
	if err != nil {
		return Clock{}
	}
	return clockOf(r.now().Sub(at))
}

// dayOf is the day of a stored moment; "" for none.
func dayOf(stored string) string {
	if len(stored) < len(time.DateOnly) {
		return ""
	}
	return stored[:len(time.DateOnly)]
}
