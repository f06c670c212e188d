package reflections

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
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

// Why something is not done about a concern.
var (
	errMovedOn = errors.New("somebody else wrote about it since its page was opened, or in the same moment")
	errOver    = errors.New("it was closed")
)

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
	act := r.newAct(c, viewer, do, form.Get("id"), d)
	done, err := r.isDone(ctx, act)
	if err == nil && !done && in.problems == nil {
		err = r.do(c, act, d, in.number("after"))
		done = err == nil
	}
	if done {
		web.Notify(e, "saved")
		return web.SeeOther(e, "/concerns/"+c.ID)
	}
	status, err := in.failed("text", err)
	if err != nil {
		return hide(err)
	}
	return r.showConcernAs(e, status, ConcernTyped{Text: form.Get("text"), What: d.What, Review: d.Review}, in.problems)
}

// number is what a page counted; -1 where the form does not say.
func (t *typing) number(field string) int {
	n, err := strconv.Atoi(t.form.Get(field))
	if err != nil {
		return -1
	}
	return n
}

// failed says what came of a form that was not done, as a problem of the page on
// which the words come back, and gives any other error back.
func (t *typing) failed(field string, err error) (status int, _ error) {
	switch {
	case errors.Is(err, errMovedOn):
		t.wrong(field, "concern-moved")
		return http.StatusConflict, nil
	case errors.Is(err, errOver):
		t.wrong(field, "concern-closed")
		return http.StatusConflict, nil
	case errors.Is(err, vault.ErrNoKey):
		t.problems, err = cannotBeKept(), nil
	}
	return t.status(), err
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
	case do != concernNote && !slices.Contains(nextOf(c.State), do):
		t.wrong("text", "concern-not-now")
	case d.Text == "":
		t.wrong("text", "concern-reason-missing")
	}
	if d.Review == "" || do == ConcernClosed {
		d.Review = ""
	} else if _, err := time.Parse(time.DateOnly, d.Review); err != nil {
		t.wrong("review", "date-wrong")
	}
}

const (
	actSQL = `INSERT INTO concern_acts (id, concern, actor, kind, sealed, at, created, updated) VALUES ({:id}, {:concern}, {:actor}, {:kind}, {:sealed}, {:now}, {:now}, {:now})
		ON CONFLICT (id) DO NOTHING`

	// moveSQL brings a concern on, if it still is as it was, and nobody else has
	// written since the lead's page was opened.
	moveSQL = `UPDATE concerns SET state = {:state}, sealed = {:sealed}, ` + lookedAtSQL + `, updated = {:now},
		acknowledged = CASE WHEN {:state} = 'acknowledged' THEN {:now} ELSE acknowledged END,
		decided = CASE WHEN {:state} = 'decided' THEN {:now} ELSE decided END,
		closed = CASE WHEN {:state} = 'closed' THEN {:now} ELSE closed END
		WHERE id = {:id} AND sealed = {:was}
			AND ({:after} < 0 OR {:after} = (SELECT COUNT(*) FROM concern_acts a WHERE a.concern = concerns.id AND a.actor != {:actor}))`

	// noteSQL is of what leaves the state as it is.
	noteSQL = `UPDATE concerns SET ` + lookedAtSQL + `, updated = {:now} WHERE id = {:id} AND state != 'draft'`

	// lookedAtSQL sets the day on which it is looked at again. Where that day has come,
	// it is looked at now.
	lookedAtSQL = `review = CASE WHEN {:review} != '' THEN {:review} WHEN review <= {:now} THEN '' ELSE review END`
)

// do writes down what a lead does about a concern, with its reasons, and brings the
// concern on where that is what they do. after is how much others had written when
// the lead's page was opened, below 0 where it does not say. All of it is sealed
// before the transaction.
func (r *Room) do(c Concern, act actRow, d deed, after int) error {
	s, err := c.open(r.app, r.vault)
	if err != nil {
		return err
	}
	was, move := c.Sealed, noteSQL
	if act.Sealed, err = r.sealDeed(c, act, d); err != nil {
		return err
	}
	if act.Kind != concernNote && act.Kind != concernTell {
		c.State, move = act.Kind, moveSQL
		if c.Sealed, err = c.seal(r.app, r.vault, s); err != nil {
			return err
		}
	}
	review := ""
	if d.Review != "" {
		review = d.Review + " 00:00:00.000Z"
	}
	defer r.readConcerns()
	return r.app.RunInTransaction(func(tx core.App) error {
		if isNew, err := storeAct(tx, act); err != nil || !isNew { // the same press came twice
			return err
		}
		done, err := web.Changes(tx, move, dbx.Params{
			"id": c.ID, "review": review, "now": act.At, "state": c.State, "sealed": c.Sealed, "was": was, "actor": act.Actor, "after": after,
		})
		if err == nil && !done {
			err = errMovedOn
		}
		if err != nil {
			return fmt.Errorf("act on concern: %w", err)
		}
		record := audit.Act{Kind: kindOfDeed(act.Kind), Actor: act.Actor, Item: c.ID}
		if act.Kind == concernTell {
			record.Subject = c.About
		}
		return r.audit.Record(tx, record)
	})
}

// newAct is what somebody does now. Its id is made from the key that their form
// carries and from what it says: sent twice it is one, and changed it is another.
func (r *Room) newAct(c Concern, viewer *web.Viewer, kind, key string, d deed) actRow {
	if !isRowID.MatchString(key) {
		key = core.GenerateDefaultRandomId()
	}
	id := RowID(viewer.ID, c.ID, strings.Join([]string{key, kind, d.What, d.Review, d.Text}, "\x00"))
	return actRow{ID: id, Concern: c.ID, Actor: viewer.ID, Kind: kind, At: moment(r.now())}
}

// isDone reports whether this was done already.
func (r *Room) isDone(ctx context.Context, act actRow) (done bool, err error) {
	err = r.app.ConcurrentDB().NewQuery("SELECT EXISTS (SELECT 1 FROM concern_acts WHERE id = {:id})").
		Bind(dbx.Params{"id": act.ID}).WithContext(ctx).Row(&done)
	if err != nil {
		return false, fmt.Errorf("was it done: %w", err)
	}
	return done, nil
}

// storeAct reports whether it was not there already.
func storeAct(tx core.App, act actRow) (isNew bool, err error) {
	isNew, err = web.Changes(tx, actSQL, dbx.Params{"id": act.ID, "concern": act.Concern, "actor": act.Actor, "kind": act.Kind, "sealed": act.Sealed, "now": act.At})
	if err != nil {
		return false, fmt.Errorf("store act: %w", err)
	}
	return isNew, nil
}

func (r *Room) sealDeed(c Concern, act actRow, d deed) (string, error) {
	text, err := json.Marshal(d)
	if err != nil {
		return "", err
	}
	return r.vault.Seal(r.app, concernOwner(c.ID), act.place(act.to(c)), text)
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
		in.wrong("why", "concern-why-missing")
	}
	if in.problems != nil {
		return r.showConcernAs(e, in.status(), ConcernTyped{Why: form.Get("why")}, in.problems)
	}
	page := &ConcernSharePage{Concern: c.ID}
	err = r.openForConcern(ctx, viewer, c, why, page)
	if errors.Is(err, vault.ErrNoKey) {
		return r.showConcernAs(e, http.StatusServiceUnavailable, ConcernTyped{Why: form.Get("why")}, cannotBeKept())
	}
	if isClosedNow(err) {
		page.NotNow, err = true, nil
	}
	if err != nil {
		return err
	}
	return web.Show(e, http.StatusOK, "reflections/concern-share", page)
}

// openForConcern opens what a concern came from, and what the two wrote to each
// other about it. Why, and that it was opened, are on disk before any of it is read.
func (r *Room) openForConcern(ctx context.Context, viewer *web.Viewer, c Concern, why string, page *ConcernSharePage) error {
	s, err := r.shareOf(ctx, c)
	if err != nil {
		return err
	}
	if _, err := c.open(r.app, r.vault); err != nil { // whether it still is what it was
		return err
	}
	d := deed{Text: why, Viewed: true}
	act := r.newAct(c, viewer, concernNote, "", d)
	if act.Sealed, err = r.sealDeed(c, act, d); err != nil {
		return err
	}
	err = r.app.RunInTransaction(func(tx core.App) error {
		still, err := web.Changes(tx, "UPDATE shares SET updated = updated WHERE id = {:id} AND withdrawn = '' AND mac = {:mac}", dbx.Params{"id": s.ID, "mac": s.MAC})
		if err != nil || !still {
			return errors.Join(err, web.ErrNotFound)
		}
		if _, err := storeAct(tx, act); err != nil {
			return err
		}
		return r.audit.Record(tx, audit.Act{Kind: audit.ConcernShareViewed, Actor: viewer.ID, Subject: s.Learner, Item: s.ID})
	})
	if err != nil {
		return err
	}
	if page.Shown, err = s.open(r.app, r.vault); err != nil {
		return err
	}
	return r.addTurns(ctx, viewer, c, s, page)
}

// addTurns puts in what the learner and their reader sent to each other. That
// somebody else read it is not on it: to neither does it count as seen.
func (r *Room) addTurns(ctx context.Context, viewer *web.Viewer, c Concern, s Share, page *ConcernSharePage) error {
	sent, _, err := r.Thread(ctx, viewer, s)
	if err != nil {
		return err
	}
	names, err := r.namedIn(ctx, Concern{About: s.Learner, RaisedBy: s.Reader, Programme: c.Programme})
	if err != nil {
		return err
	}
	spoken, err := r.Spoken(ctx, viewer, s.ID, "")
	if err != nil {
		return err
	}
	page.Heard = saidBy(names.About, spoken, s.ID)
	for _, one := range sent {
		turn := ConcernTurn{Reply: one, Who: names.Raiser}
		if one.Writer == s.Learner {
			turn.Who = names.About
		}
		if one.Lock == Unlocked {
			turn.Heard = saidBy(turn.Who, spoken, one.ID)
		}
		page.Turns = append(page.Turns, turn)
	}
	return nil
}

// saidBy is what hangs on a share or a reply; nil for nothing.
func saidBy(who string, spoken map[string]Heard, id string) *Heard {
	said, ok := spoken[id]
	if !ok {
		return nil
	}
	said.Who = who
	return &said
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
