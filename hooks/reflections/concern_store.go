package reflections

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"alongside/hooks/audit"
	"alongside/hooks/people"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

const storeConcernSQL = `INSERT INTO concerns (id, programme, about, staff, raised_by, share, state, sealed, raised, acknowledged, decided, closed, review, created, updated)
	SELECT {:id}, {:programme}, {:about}, {:staff}, {:by}, {:share}, 'draft', {:sealed}, '', '', '', '', '', {:now}, {:now}
	WHERE {:was} = '' OR EXISTS (SELECT 1 FROM concerns c WHERE c.id = {:id})
	ON CONFLICT (id) DO UPDATE SET programme = excluded.programme, about = excluded.about, staff = excluded.staff, share = excluded.share,
		sealed = excluded.sealed, updated = excluded.updated
		WHERE concerns.state = 'draft' AND concerns.raised_by = excluded.raised_by AND concerns.sealed = {:was}`

// storeDraft keeps what somebody has written of a concern so far, over what was
// sealed of it before; "" for nothing. It returns ErrChanged where that is not there
// any more, or is another: look at what is there now first.
func (r *Room) storeDraft(c Concern, s Statement, was string) error {
	c.State, c.Raised = ConcernDraft, ""
	sealed, err := c.seal(r.app, r.vault, s)
	if err != nil {
		return err
	}
	return r.app.RunInTransaction(func(tx core.App) error {
		done, err := web.Changes(tx, storeConcernSQL, dbx.Params{
			"id": c.ID, "programme": c.Programme, "about": c.About, "staff": c.Staff, "by": c.RaisedBy, "share": c.Share,
			"sealed": sealed, "was": was, "now": moment(r.now()),
		})
		if err != nil {
			return fmt.Errorf("store concern: %w", err)
		}
		if !done {
			return ErrChanged
		}
		return nil
	})
}

// dropDraft takes a draft away, with its key.
func (r *Room) dropDraft(c Concern) error {
	return r.app.RunInTransaction(func(tx core.App) error {
		done, err := web.Changes(tx, "DELETE FROM concerns WHERE id = {:id} AND state = 'draft' AND raised_by = {:by}", dbx.Params{"id": c.ID, "by": c.RaisedBy})
		if err != nil {
			return fmt.Errorf("drop concern: %w", err)
		}
		if !done {
			return web.ErrNotFound
		}
		return r.vault.Forget(tx, concernOwner(c.ID))
	})
}

const raiseSQL = `UPDATE concerns SET state = {:state}, share = {:share}, sealed = {:sealed}, raised = {:now}, updated = {:now} WHERE id = {:id} AND state = 'draft' AND sealed = {:was}`

// raise starts the clock, and lets those know who answer for it. What is on record
// names neither whom it is about nor of which programme, so that no list of theirs
// tells them. It returns ErrChanged where the draft is not any more as it was.
func (r *Room) raise(ctx context.Context, c Concern, s Statement) error {
	readers, err := r.readersOf(ctx, c)
	if err != nil {
		return err
	}
	was := c.Sealed
	if c.Share, err = r.shareWithin(ctx, c); err != nil {
		return err
	}
	s.By = nil
	c.State, c.Raised = ConcernRaised, moment(r.now())
	if c.Sealed, err = c.seal(r.app, r.vault, s); err != nil {
		return err
	}
	defer r.readConcerns()
	return r.app.RunInTransaction(func(tx core.App) error {
		done, err := web.Changes(tx, raiseSQL, dbx.Params{"id": c.ID, "state": c.State, "share": c.Share, "sealed": c.Sealed, "now": c.Raised, "was": was})
		if err == nil && !done {
			err = ErrChanged
		}
		if err != nil {
			return err
		}
		for _, lead := range readers {
			if lead.ID == c.RaisedBy {
				continue
			}
			if err := r.urgent(tx, lead.ID, c.ID); err != nil {
				return err
			}
		}
		return r.audit.Record(tx, audit.Act{Kind: audit.ConcernRaised, Actor: c.RaisedBy, Item: c.ID})
	})
}

// readersOf are the leads who will read it: all of the programme but those whom it
// is about.
func (r *Room) readersOf(ctx context.Context, c Concern) ([]people.Member, error) {
	leads, err := people.LeadsOf(ctx, r.app, c.Programme, r.now())
	if err != nil {
		return nil, err
	}
	return c.readersAmong(leads), nil
}

// readersAmong are those of the leads of its programme whom it is not about.
func (c Concern) readersAmong(leads []people.Member) (readers []people.Member) {
	for _, lead := range leads {
		if lead.ID != c.Staff && lead.ID != c.About {
			readers = append(readers, lead)
		}
	}
	return readers
}

// concern finds a concern that the viewer may read: as one who answers for those of
// its programme, or as the one who wrote it and may raise one there now. It opens
// nothing. Of one that is hidden
// from them, by what it says or by what it said before somebody changed it by hand,
// they are told the same as of none.
func (r *Room) concern(ctx context.Context, viewer *web.Viewer, id string) (c Concern, err error) {
	err = r.app.ConcurrentDB().NewQuery("SELECT " + columnsOfConcern + " FROM concerns n WHERE n.id = {:id}").
		Bind(dbx.Params{"id": id}).WithContext(ctx).One(&c)
	if errors.Is(err, sql.ErrNoRows) {
		return c, web.ErrNotFound
	}
	if err != nil {
		return c, fmt.Errorf("read concern %s: %w", id, err)
	}
	lead := isLead(viewer, c.Programme) && c.State != ConcernDraft
	own := c.isBy(viewer) && (mayRaise(viewer, c.Programme) || c.isBegun() && people.May(viewer, people.Raising))
	if c.hides(viewer) || !lead && !own {
		return Concern{}, web.ErrNotFound
	}
	if ok, err := c.isTrue(r.app, r.vault); err == nil && !ok && c.namesByHand(r.app, r.vault, viewer.ID) {
		return Concern{}, web.ErrNotFound
	}
	return c, nil
}

// draft finds one that the viewer is writing, with what it says so far.
func (r *Room) draft(ctx context.Context, viewer *web.Viewer, id string) (Concern, Statement, error) {
	c, err := r.concern(ctx, viewer, id)
	if err != nil {
		return c, Statement{}, err
	}
	if c.State != ConcernDraft || !c.isBy(viewer) {
		return c, Statement{}, web.ErrNotFound
	}
	s, err := c.open(r.app, r.vault)
	return c, s, err
}
