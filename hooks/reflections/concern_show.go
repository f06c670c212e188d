package reflections

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"alongside/hooks/audit"
	"alongside/hooks/people"
	"alongside/hooks/vault"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// An actRow is a row of `concern_acts`: what a lead did about a concern.
type actRow struct {
	ID      string `db:"id"`
	Concern string `db:"concern"`
	Actor   string `db:"actor"` // of users; leads nowhere once their account is erased
	Kind    string `db:"kind"`
	Sealed  string `db:"sealed"` // a deed
	At      string `db:"at"`
	Who     string `db:"who"`
}

// A deed is what is sealed of one.
type deed struct {
	What   string `json:"what,omitempty"` // of decided: act or none
	Text   string `json:"text,omitempty"` // the reasons; of told what the person is told
	Review string `json:"review,omitempty"`
	Viewed bool   `json:"viewed,omitempty"` // of note: what the concern came from was opened
	Added  bool   `json:"added,omitempty"`  // of note: whoever raised the concern wrote it
}

// What a page calls notes of two kinds.
const (
	actViewed = "viewed"
	actAdded  = "added"
)

// place binds it to the concern, to who did what and when, and of what somebody is
// told to that person.
func (a actRow) place(to string) vault.Place {
	return vault.Place{Collection: "concern_acts", Row: a.ID, Visibility: strings.Join([]string{"act", a.Concern, a.Actor, a.Kind, a.At, to}, "|")}
}

// to is whom what it says is for besides the leads.
func (a actRow) to(c Concern) string {
	if a.Kind == "told" {
		return c.About
	}
	return ""
}

func (a actRow) open(app core.App, v *vault.Vault, c Concern) (d deed, err error) {
	text, err := v.Open(app, concernOwner(c.ID), a.place(a.to(c)), a.Sealed)
	if err != nil {
		return deed{}, err
	}
	return d, json.Unmarshal(text, &d)
}

func (r *Room) showConcern(e *core.RequestEvent) error {
	return r.showConcernAs(e, http.StatusOK, ConcernTyped{}, nil)
}

// showConcernAs shows one, after it is on record that it was opened. The one who
// raised it sees how it stands, and nothing of what the leads wrote.
func (r *Room) showConcernAs(e *core.RequestEvent, status int, typed ConcernTyped, problems []web.FieldError) error {
	ctx, viewer := e.Request.Context(), web.Current(e)
	c, err := r.concern(ctx, viewer, e.Request.PathValue("concern"))
	if err != nil {
		return err
	}
	if c.State == ConcernDraft {
		return web.SeeOther(e, "/concerns/"+c.ID+"/check")
	}
	if err := r.audit.Record(r.app, audit.Act{Kind: audit.ConcernViewed, Actor: viewer.ID, Item: c.ID}); err != nil {
		return err
	}
	page := &ConcernPage{
		Concern: c, For: r.clock(c), Lead: isLead(viewer, c.Programme), Key: core.GenerateDefaultRandomId(), Typed: typed, Errors: problems,
	}
	page.Statement, err = c.open(r.app, r.vault)
	if isClosedNow(err) {
		page.NotNow, err = true, nil
	}
	if err != nil {
		return err
	}
	if page.NotNow {
		return web.Show(e, http.StatusServiceUnavailable, "reflections/concern", page)
	}
	if page.Who, err = r.namedIn(ctx, c); err != nil {
		return err
	}
	if page.Acts, err = r.actsOf(ctx, c); err != nil {
		return err
	}
	if page.Lead {
		err = r.addForLead(ctx, viewer, page)
	} else {
		page.keepTo(viewer)
	}
	if err != nil {
		return err
	}
	return web.Show(e, status, "reflections/concern", page)
}

// isClosedNow reports whether a text is there and cannot be opened.
func isClosedNow(err error) bool {
	return errors.Is(err, vault.ErrNoKey) || errors.Is(err, vault.ErrTampered)
}

// keepTo leaves of the acts what whoever raised it added, and lets them add more
// while it is open: what the leads wrote is for these.
func (p *ConcernPage) keepTo(raiser *web.Viewer) {
	p.Acts = slices.DeleteFunc(p.Acts, func(a ConcernAct) bool { return a.Kind != actAdded || a.by != raiser.ID })
	p.MayAdd = p.isBy(raiser) && p.State != ConcernClosed
}

// addForLead adds what only those see who answer for it.
func (r *Room) addForLead(ctx context.Context, viewer *web.Viewer, page *ConcernPage) (err error) {
	for _, act := range page.Acts {
		if act.by != viewer.ID {
			page.Others++
		}
	}
	page.Next = nextOf(page.State)
	page.MayTell = page.mayTell()
	if page.Share == "" {
		return nil
	}
	return r.app.ConcurrentDB().NewQuery(`SELECT COALESCE((SELECT CASE WHEN withdrawn = '' THEN 'there' ELSE 'withdrawn' END
			FROM shares WHERE id = {:id} AND programme = {:programme}), 'gone')`).
		Bind(dbx.Params{"id": page.Share, "programme": page.Programme}).WithContext(ctx).Row(&page.ShareState)
}

// nextOf are the states that a lead may bring a concern to from this one.
func nextOf(state string) []string {
	switch state {
	case ConcernRaised:
		return []string{ConcernAcknowledged}
	case ConcernAcknowledged:
		return []string{ConcernDecided}
	case ConcernDecided, ConcernActions:
		return []string{ConcernActions, ConcernClosed}
	default:
		return nil
	}
}

func (r *Room) actsOf(ctx context.Context, c Concern) ([]ConcernAct, error) {
	var rows []actRow
	err := r.app.ConcurrentDB().NewQuery(`SELECT a.id, a.concern, a.actor, a.kind, a.sealed, a.at, COALESCE(NULLIF(u.name, ''), u.username, '') AS who
		FROM concern_acts a LEFT JOIN users u ON u.id = a.actor WHERE a.concern = {:concern} ORDER BY a.at, a.id LIMIT 1000`).
		Bind(dbx.Params{"concern": c.ID}).WithContext(ctx).All(&rows)
	if err != nil {
		return nil, fmt.Errorf("acts of concern %s: %w", c.ID, err)
	}
	acts := make([]ConcernAct, len(rows))
	for i, row := range rows {
		d, err := row.open(r.app, r.vault, c)
		if err != nil && !isClosedNow(err) {
			return nil, err
		}
		acts[i] = ConcernAct{Kind: row.Kind, At: people.Moment(row.At), Who: row.Who, What: d.What, Text: d.Text, Review: d.Review, NotNow: err != nil, by: row.Actor}
		switch {
		case d.Viewed:
			acts[i].Kind = actViewed
		case d.Added:
			acts[i].Kind = actAdded
		}
	}
	return acts, nil
}
