package reflections

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"alongside/hooks/audit"
	"alongside/hooks/people"
	"alongside/hooks/vault"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// leadsThere is how long the first page leads to what somebody has not read yet. It is
// less than the record of acts is kept, which knows what they have read.
const leadsThere = 300 * 24 * time.Hour

const toldSQL = `SELECT a.id, a.concern, a.actor, a.kind, a.sealed, a.at FROM concerns n JOIN concern_acts a ON a.concern = n.id
	WHERE n.about = {:learner} AND a.kind = 'told' AND a.at > {:since} ORDER BY a.at DESC LIMIT 100`

// toldTo is what was said to a learner, the newest first. What was said to somebody
// else, and made theirs by hand, is left out. While what the learner wrote is closed
// for this session, so is all of this: that there is any would say too much to
// whoever holds a card that is not theirs.
func (r *Room) toldTo(ctx context.Context, learner *web.Viewer, since time.Time) (all []Told, err error) {
	if !learner.Opens("") {
		return nil, nil
	}
	var rows []actRow
	err = r.app.ConcurrentDB().NewQuery(toldSQL).Bind(dbx.Params{"learner": learner.ID, "since": moment(since)}).WithContext(ctx).All(&rows)
	if err != nil {
		return nil, fmt.Errorf("what %s was told: %w", learner.ID, err)
	}
	for _, row := range rows {
		d, err := row.open(r.app, r.vault, Concern{ID: row.Concern, About: learner.ID})
		if errors.Is(err, vault.ErrTampered) {
			continue
		}
		if err != nil && !errors.Is(err, vault.ErrNoKey) {
			return nil, err
		}
		all = append(all, Told{At: people.Moment(row.At), Text: d.Text, NotNow: err != nil, at: row.At})
	}
	return all, nil
}

// openedSQL is which leads opened something of a learner's for a concern, and up to
// when the learner has read that they did.
const openedSQL = `SELECT a.at, a.kind, a.detail, COALESCE(NULLIF(u.name, ''), u.username, '') AS who, COALESCE(f.id, '') AS reflection
	FROM audit a LEFT JOIN users u ON u.id = a.actor LEFT JOIN shares s ON s.id = a.item AND s.learner = a.subject
	LEFT JOIN reflections f ON f.id = s.reflection AND f.state IN ('draft', 'kept', 'shared')
	WHERE a.subject = {:learner} AND a.kind IN ('` + string(audit.ConcernShareViewed) + `', '` + string(audit.ConcernRead) + `') AND a.at > {:since}
	ORDER BY a.number DESC LIMIT 200`

// openedTo are the times that a lead opened what a learner had shared, the newest
// first, and up to which moment they have read of such things. The same rule holds
// as for toldTo.
func (r *Room) openedTo(ctx context.Context, learner *web.Viewer, since time.Time) (all []LeadOpened, read string, err error) {
	if !learner.Opens("") {
		return nil, "", nil
	}
	var rows []struct {
		At         string     `db:"at"`
		Kind       audit.Kind `db:"kind"`
		Detail     string     `db:"detail"`
		Who        string     `db:"who"`
		Reflection string     `db:"reflection"`
	}
	err = r.app.ConcurrentDB().NewQuery(openedSQL).Bind(dbx.Params{"learner": learner.ID, "since": moment(since)}).WithContext(ctx).All(&rows)
	if err != nil {
		return nil, "", fmt.Errorf("what of %s was opened: %w", learner.ID, err)
	}
	for _, row := range rows {
		if row.Kind == audit.ConcernRead {
			read = max(read, row.Detail)
			continue
		}
		one := LeadOpened{At: people.Moment(row.At), Who: row.Who, at: row.At}
		if row.Reflection != "" {
			one.Address = address(row.Reflection)
		}
		all = append(all, one)
	}
	return all, read, nil
}

// toldPage is what a learner finds of concerns since a moment.
func (r *Room) toldPage(ctx context.Context, learner *web.Viewer, since time.Time) (page *ToldPage, err error) {
	page = &ToldPage{Shut: !learner.Opens("")}
	if page.Told, err = r.toldTo(ctx, learner, since); err != nil {
		return nil, err
	}
	page.Opened, page.read, err = r.openedTo(ctx, learner, since)
	return page, err
}

// WasTold reports whether there is something for a learner to read that they have
// not looked at: what came of a concern, or that a lead opened what they had shared.
func (r *Room) WasTold(ctx context.Context, learner *web.Viewer) (bool, error) {
	page, err := r.toldPage(ctx, learner, r.now().Add(-leadsThere))
	return err == nil && page.newest() > page.read, err
}

// showTold is `/me/told`. A learner finds there what they were told, and what was
// opened, and nothing else of a concern.
func (r *Room) showTold(e *core.RequestEvent) error {
	viewer := web.Current(e)
	page, err := r.toldPage(e.Request.Context(), viewer, time.Time{})
	if err != nil {
		return err
	}
	if newest := page.newest(); newest > page.read {
		act := audit.Act{Kind: audit.ConcernRead, Actor: viewer.ID, Subject: viewer.ID, Detail: newest}
		if err := r.audit.Record(r.app, act); err != nil {
			return err
		}
	}
	return web.Show(e, http.StatusOK, "reflections/told", page)
}

// newest is the moment of the newest that can be read; "" for nothing.
func (p *ToldPage) newest() (at string) {
	for _, one := range p.Told {
		if !one.NotNow {
			at = max(at, one.at)
		}
	}
	for _, one := range p.Opened {
		at = max(at, one.at)
	}
	return at
}
