package reflections

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"alongside/hooks/audit"
	"alongside/hooks/vault"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// What a lead may do besides bringing a concern to its next state.
const (
	concernNote = "note"
	concernTell = "told"
)

// What a lead may decide.
const (
	decidedAct  = "act"
	decidedNone = "none"
)

// kindOfDeed is what each is on record as.
func kindOfDeed(do string) audit.Kind {
	return map[string]audit.Kind{
		ConcernAcknowledged: audit.ConcernAcknowledged, ConcernDecided: audit.ConcernDecided, ConcernActions: audit.ConcernActed,
		ConcernClosed: audit.ConcernClosed, concernNote: audit.ConcernNoted, concernTell: audit.ConcernTold,
	}[do]
}

// concernToLead finds a concern for one who answers for it; nobody else does
// anything about one.
func (r *Room) concernToLead(ctx context.Context, viewer *web.Viewer, id string) (Concern, error) {
	c, err := r.concern(ctx, viewer, id)
	if err == nil && (!isLead(viewer, c.Programme) || c.State == ConcernDraft) {
		return Concern{}, web.ErrNotFound
	}
	return c, err
}

// actOnConcern is POST /concerns/{concern}/acts.
func (r *Room) actOnConcern(e *core.RequestEvent) error {
	ctx, viewer := e.Request.Context(), web.Current(e)
	form, err := web.Form(e)
	if err != nil {
		return err
	}
	c, err := r.concernToLead(ctx, viewer, e.Request.PathValue("concern"))
	if err != nil {
		return err
	}
	in := typing{form: form}
	do, d := form.Get("do"), deed{Text: in.text("text"), What: form.Get("what"), Review: strings.TrimSpace(form.Get("review"))}
	in.checkDeed(c, do, &d)
	if in.problems == nil {
		err = r.do(viewer, c, do, d)
		if err == nil {
			web.Notify(e, "saved")
			return web.SeeOther(e, "/concerns/"+c.ID)
		}
		if !errors.Is(err, vault.ErrNoKey) {
			return hide(err)
		}
		in.problems = cannotBeKept()
	}
	return r.showConcernAs(e, in.status(), ConcernTyped{Do: do, Text: form.Get("text"), What: d.What, Review: d.Review}, in.problems)
}

// checkDeed says what has to be put right first: nothing is decided without a
// reason, also where nothing is to be done.
func (t *typing) checkDeed(c Concern, do string, d *deed) {
	if do != ConcernDecided {
		d.What = ""
	} else if d.What != decidedAct && d.What != decidedNone {
		t.wrong("what", "concern-decision-missing")
	}
	switch {
	case do == concernTell && c.About == "", do == concernTell && c.State == ConcernRaised:
		t.wrong("text", "concern-nobody-to-tell")
	case do != concernNote && do != concernTell && !slices.Contains(nextOf(c.State), do):
		t.wrong("text", "concern-not-now")
	case d.Text == "":
		t.wrong("text", "concern-reason-missing")
	}
	if d.Review == "" || do == concernTell || do == ConcernClosed {
		d.Review = ""
	} else if _, err := time.Parse(time.DateOnly, d.Review); err != nil {
		t.wrong("review", "date-wrong")
	}
}

const (
	actSQL = `INSERT INTO concern_acts (id, concern, actor, kind, sealed, at, created, updated) VALUES ({:id}, {:concern}, {:actor}, {:kind}, {:sealed}, {:now}, {:now}, {:now})`

	// moveSQL brings a concern on, if it still is as it was when its page was read.
	moveSQL = `UPDATE concerns SET state = {:state}, sealed = {:sealed}, review = CASE WHEN {:review} = '' THEN review ELSE {:review} END, updated = {:now},
		acknowledged = CASE WHEN {:state} = 'acknowledged' THEN {:now} ELSE acknowledged END,
		decided = CASE WHEN {:state} = 'decided' THEN {:now} ELSE decided END,
		closed = CASE WHEN {:state} = 'closed' THEN {:now} ELSE closed END
		WHERE id = {:id} AND sealed = {:was}`
)

// do writes down what a lead does about a concern, with its reasons, and brings the
// concern on where that is what they do. All of it is sealed before the transaction.
func (r *Room) do(viewer *web.Viewer, c Concern, do string, d deed) error {
	s, err := c.open(r.app, r.vault)
	if err != nil {
		return err
	}
	now, was := moment(r.now()), c.Sealed
	act, sealedAct, err := r.sealDeed(viewer, c, do, d, now)
	if err != nil {
		return err
	}
	if do != concernNote && do != concernTell {
		c.State = do
	}
	if c.Sealed, err = c.seal(r.app, r.vault, s); err != nil {
		return err
	}
	review := ""
	if d.Review != "" {
		review = d.Review + " 00:00:00.000Z"
	}
	defer r.readConcerns()
	return r.app.RunInTransaction(func(tx core.App) error {
		done, err := web.Changes(tx, moveSQL, dbx.Params{"id": c.ID, "state": c.State, "sealed": c.Sealed, "review": review, "now": now, "was": was})
		if err == nil && !done {
			err = web.ErrNotFound // somebody else did something in the same moment
		}
		if err != nil {
			return fmt.Errorf("act on concern: %w", err)
		}
		err = web.Exec(tx, actSQL, dbx.Params{"id": act.ID, "concern": c.ID, "actor": act.Actor, "kind": act.Kind, "sealed": sealedAct, "now": now})
		if err != nil {
			return fmt.Errorf("act on concern: %w", err)
		}
		record := audit.Act{Kind: kindOfDeed(do), Actor: viewer.ID, Item: c.ID}
		if do == concernTell {
			record.Subject = c.About
		}
		return r.audit.Record(tx, record)
	})
}

func (r *Room) sealDeed(viewer *web.Viewer, c Concern, do string, d deed, now string) (actRow, string, error) {
	act := actRow{ID: core.GenerateDefaultRandomId(), Concern: c.ID, Actor: viewer.ID, Kind: do, At: now}
	text, err := json.Marshal(d)
	if err != nil {
		return act, "", err
	}
	sealed, err := r.vault.Seal(r.app, concernOwner(c.ID), act.place(act.to(c)), text)
	return act, sealed, err
}

// showShareOf is POST /concerns/{concern}/share: what a learner shared, for one who
// answers for the concern that came from it. They type why; that is kept with the
// concern, and the learner is told that it was opened.
func (r *Room) showShareOf(e *core.RequestEvent) error {
	ctx, viewer := e.Request.Context(), web.Current(e)
	form, err := web.Form(e)
	if err != nil {
		return err
	}
	c, err := r.concernToLead(ctx, viewer, e.Request.PathValue("concern"))
	if err != nil {
		return err
	}
	if c.Share == "" {
		return web.ErrNotFound
	}
	in := typing{form: form}
	why := in.text("why")
	if why == "" {
		in.wrong("why", "concern-reason-missing")
	}
	if in.problems != nil {
		return r.showConcernAs(e, in.status(), ConcernTyped{Why: form.Get("why")}, in.problems)
	}
	page := &ConcernSharePage{Concern: c.ID}
	page.Shown, err = r.openForConcern(ctx, viewer, c, why)
	if isClosedNow(err) {
		page.NotNow, err = true, nil
	}
	if err != nil {
		return err
	}
	return web.Show(e, http.StatusOK, "reflections/concern-share", page)
}

// openForConcern opens what a concern came from. Why, and that it was opened, are on
// disk before any of it is read.
func (r *Room) openForConcern(ctx context.Context, viewer *web.Viewer, c Concern, why string) (Shown, error) {
	s, err := r.shareOf(ctx, c)
	if err != nil {
		return Shown{}, err
	}
	if _, err := c.open(r.app, r.vault); err != nil { // whether it still is what it was
		return Shown{}, err
	}
	now := moment(r.now())
	act, sealed, err := r.sealDeed(viewer, c, concernNote, deed{Text: why, Viewed: true}, now)
	if err != nil {
		return Shown{}, err
	}
	err = r.app.RunInTransaction(func(tx core.App) error {
		still, err := web.Changes(tx, "UPDATE shares SET updated = updated WHERE id = {:id} AND withdrawn = '' AND mac = {:mac}", dbx.Params{"id": s.ID, "mac": s.MAC})
		if err != nil || !still {
			return errors.Join(err, web.ErrNotFound)
		}
		err = web.Exec(tx, actSQL, dbx.Params{"id": act.ID, "concern": c.ID, "actor": act.Actor, "kind": act.Kind, "sealed": sealed, "now": now})
		if err != nil {
			return fmt.Errorf("open what a concern came from: %w", err)
		}
		return r.audit.Record(tx, audit.Act{Kind: audit.ConcernShareViewed, Actor: viewer.ID, Subject: s.Learner, Item: s.ID})
	})
	if err != nil {
		return Shown{}, err
	}
	return s.open(r.app, r.vault)
}

// shareOf finds what a concern came from, while it is shared, and where it is of the
// same programme: nothing crosses these.
func (r *Room) shareOf(ctx context.Context, c Concern) (s Share, err error) {
	var all []Share
	err = r.app.ConcurrentDB().NewQuery("SELECT " + columnsOfShare + " FROM shares s WHERE s.id = {:id} AND s.withdrawn = '' AND s.programme = {:programme}").
		Bind(dbx.Params{"id": c.Share, "programme": c.Programme}).WithContext(ctx).All(&all)
	if err != nil {
		return s, fmt.Errorf("read share %s: %w", c.Share, err)
	}
	if len(all) == 0 {
		return s, web.ErrNotFound
	}
	return all[0], nil
}
