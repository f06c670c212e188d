package reflections

import (
	"context"
	"errors"
	"fmt"
	"time"

	"alongside/hooks/audit"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// addToConcern is POST /concerns/{concern}/add: whoever raised one says more while it
// is open. It stands among what the leads wrote, and is for these alone.
func (r *Room) addToConcern(e *core.RequestEvent) error {
	ctx, viewer := e.Request.Context(), web.Current(e)
	form, err := web.Form(e)
	if err != nil {
		return err
	}
	c, err := r.concern(ctx, viewer, e.Request.PathValue("concern"))
	if err != nil {
		return err
	}
	if !c.isBy(viewer) || c.State == ConcernDraft {
		return web.ErrNotFound
	}
	in := typing{form: form}
	d := deed{Text: in.text("more"), Added: true}
	if d.Text == "" {
		in.wrong("more", "concern-more-missing")
	}
	act := r.newAct(c, viewer, concernNote, form.Get("id"), d)
	done, err := r.isDone(ctx, act)
	if err == nil && !done && in.problems == nil {
		err = r.add(ctx, c, act, d)
		done = err == nil
	}
	if errors.Is(err, errOver) { // unless the same press came twice
		if was, failed := r.isDone(ctx, act); was || failed != nil {
			done, err = was, failed
		}
	}
	if done {
		web.Notify(e, "concern-added")
		return web.SeeOther(e, "/concerns/"+c.ID)
	}
	status, err := in.failed("more", err)
	if err != nil {
		return hide(err)
	}
	return r.showConcernAs(e, status, ConcernTyped{More: form.Get("more")}, in.problems)
}

// addSQL stores what whoever raised a concern adds, while it is open.
const addSQL = `INSERT INTO concern_acts (id, concern, actor, kind, sealed, at, created, updated)
	SELECT {:id}, n.id, {:actor}, {:kind}, {:sealed}, {:now}, {:now}, {:now} FROM concerns n
	WHERE n.id = {:concern} AND n.raised_by = {:actor} AND n.state NOT IN ('draft', 'closed') ON CONFLICT (id) DO NOTHING`

// add stores it, and lets those know who answer for the concern. It returns
// errOver where that was closed meanwhile, or this is there.
func (r *Room) add(ctx context.Context, c Concern, act actRow, d deed) error {
	if _, err := c.open(r.app, r.vault); err != nil { // whether it still is what it was
		return err
	}
	readers, err := r.readersOf(ctx, c)
	if err != nil {
		return err
	}
	if act.Sealed, err = r.sealDeed(c, act, d); err != nil {
		return err
	}
	once := RowID(c.ID, r.now().UTC().Truncate(soonAgain).Format(time.RFC3339), actAdded)
	return r.app.RunInTransaction(func(tx core.App) error {
		isNew, err := web.Changes(tx, addSQL, dbx.Params{"id": act.ID, "concern": c.ID, "actor": act.Actor, "kind": act.Kind, "sealed": act.Sealed, "now": act.At})
		if err != nil {
			return fmt.Errorf("add to concern: %w", err)
		}
		if !isNew {
			return errOver
		}
		for _, lead := range readers {
			if lead.ID == c.RaisedBy {
				continue
			}
			if err := r.urgent(tx, lead.ID, once); err != nil {
				return err
			}
		}
		return r.audit.Record(tx, audit.Act{Kind: audit.ConcernNoted, Actor: act.Actor, Item: c.ID})
	})
}
