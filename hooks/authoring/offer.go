package authoring

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"alongside/hooks/audit"
	"alongside/hooks/content"
	"alongside/hooks/people"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// How an offer of paid work stands.
const (
	Offered       = "offered"
	OfferAccepted = "accepted"
	OfferDeclined = "declined"
	OfferBack     = "back" // taken back, by those who care for the course, before there was an answer
	OfferDone     = "done"
	OfferPaid     = "paid"
)

// An Offer is paid work on a course that was offered to somebody. Only they and those
// who care for the course ever see it.
type Offer struct {
	ID          string `db:"id"`
	Course      string `db:"course"`
	Programme   string `db:"programme"` // whose managers offered it; "" for the site's
	CourseTitle string `db:"course_title"`
	CourseLang  string `db:"course_lang"`
	Title       string `db:"title"` // of the text that it is for; "" for the whole course
	Person      string `db:"person"`
	Called      string `db:"called"`      // the person; "" where they are not here any more
	OfferedBy   string `db:"offered_by"`  // of users
	WhoOffered  string `db:"who_offered"` // the same as Called
	Task        string `db:"task"`
	Minutes     int    `db:"minutes"`
	Amount      int    `db:"amount"` // in hundredths
	Currency    string `db:"currency"`
	State       string `db:"state"`
	Decided     string `db:"decided"`
	Done        string `db:"done"`
	Paid        string `db:"paid"` // the day, at its beginning
	Created     string `db:"created"`
}

// Money is what is paid, "45.50 GBP".
func (o Offer) Money() string { return hundredths(o.Amount) + " " + o.Currency }

// Hours are about how many, "1.5".
func (o Offer) Hours() string { return hoursOf(o.Minutes) }

// MayAnswer reports whether the person whom it was offered to may say yes or no now.
func (o Offer) MayAnswer() bool { return o.State == Offered }

// MayLeave reports whether they may still say that they cannot do it after all.
func (o Offer) MayLeave() bool { return o.State == OfferAccepted }

// IsOpen reports whether something is still to come of it.
func (o Offer) IsOpen() bool {
	return o.State == Offered || o.State == OfferAccepted || o.State == OfferDone
}

const offerSQL = `SELECT o.id, o.course, o.programme, c.title AS course_title, c.language AS course_lang, o.title, o.person, o.offered_by, o.task, o.minutes,
		o.amount, o.currency, o.state, o.decided, o.done, o.paid, o.created,
		COALESCE((SELECT COALESCE(NULLIF(u.name, ''), u.username) FROM users u WHERE u.id = o.person), '') AS called,
		COALESCE((SELECT COALESCE(NULLIF(u.name, ''), u.username) FROM users u WHERE u.id = o.offered_by), '') AS who_offered
	FROM offers o JOIN courses c ON c.id = o.course`

// offers are those that a condition names, the newest first.
func (a *Authoring) offers(ctx context.Context, where string, params dbx.Params) (all []Offer, err error) {
	err = a.app.ConcurrentDB().NewQuery(offerSQL + " WHERE " + where + " ORDER BY o.created DESC, o.rowid DESC LIMIT 500").Bind(params).WithContext(ctx).All(&all)
	if err != nil {
		return nil, fmt.Errorf("offers: %w", err)
	}
	return all, nil
}

// A carer is somebody who cares for a course, as statements ask it: they see what was
// offered by their programmes, or everything where they manage the site. Nothing
// crosses programmes, on a course of the site neither.
type carer struct {
	site       bool
	programmes string // a list in JSON
}

func carerOf(v *web.Viewer) carer {
	c, all := carer{}, []string{}
	for _, grant := range people.Grants(v, people.Caring) {
		c.site = c.site || grant.Of == people.Everybodys
		all = append(all, grant.Programme)
	}
	list, _ := json.Marshal(all) // of ids
	c.programmes = string(list)
	return c
}

// params are a course's too, for the conditions below.
func (c carer) params(course content.Course, now time.Time) dbx.Params {
	return dbx.Params{"course": course.ID, "programme": course.Programme, "site": c.site, "programmes": c.programmes, "policyNow": people.Before(now)}
}

// caredOffers is the condition of offers that a carer of a course sees.
const caredOffers = "o.course = {:course} AND ({:site} OR o.programme IN (SELECT value FROM json_each({:programmes})))"

// mentorsCared are the memberships of mentors to whom they may offer work on it.
var mentorsCared = "FROM memberships m WHERE m.user = u.id AND m.role = 'mentor' AND ({:site} OR m.programme IN (SELECT value FROM json_each({:programmes}))) AND " +
	isOfCourse("m", "{:programme}")

// oneOffer is the one that a condition names, web.ErrNotFound for none.
func (a *Authoring) oneOffer(ctx context.Context, where string, params dbx.Params) (Offer, error) {
	all, err := a.offers(ctx, where, params)
	if err == nil && len(all) == 0 {
		err = web.ErrNotFound
	}
	if err != nil {
		return Offer{}, err
	}
	return all[0], nil
}

// An offerAct is what somebody does with an offer.
type offerAct string

// What is done with offers, by the person and by those who care for the course.
const (
	acceptOffer  offerAct = "accept"
	declineOffer offerAct = "decline"
	offerIsDone  offerAct = "done"
	takeOffer    offerAct = "back"
	payOffer     offerAct = "paid"
)

// offerMoves say from which states an act leads to which.
var offerMoves = map[offerAct]struct {
	from []string
	to   string
	kind audit.Kind
}{
	acceptOffer:  {[]string{Offered}, OfferAccepted, audit.OfferAnswered},
	declineOffer: {[]string{Offered, OfferAccepted}, OfferDeclined, audit.OfferAnswered},
	offerIsDone:  {[]string{OfferAccepted}, OfferDone, audit.OfferDone},
	takeOffer:    {[]string{Offered}, OfferBack, audit.OfferBack},
	payOffer:     {[]string{OfferAccepted, OfferDone}, OfferPaid, audit.OfferPaid},
}

// moveOffer does it, and reports whether the offer stands as the act leaves it: false
// where something else became of it meanwhile. What was done already is not done again.
// paid is the day of a payment.
func (a *Authoring) moveOffer(o Offer, act offerAct, by string, paid time.Time) (stands bool, err error) {
	move, now := offerMoves[act], stamp(a.now())
	err = a.app.RunInTransaction(func(tx core.App) error {
		var state, day string
		if err := tx.DB().NewQuery("SELECT state, paid FROM offers WHERE id = {:id}").Bind(dbx.Params{"id": o.ID}).Row(&state, &day); err != nil {
			return fmt.Errorf("offer %s: %w", o.ID, err)
		}
		if state == move.to {
			stands = act != payOffer || day == stamp(paid)
			return nil
		}
		for _, from := range move.from {
			stands = stands || state == from
		}
		if !stands {
			return nil
		}
		set := map[offerAct]string{offerIsDone: ", done = {:now}", payOffer: ", paid = {:paid}, done = CASE done WHEN '' THEN {:now} ELSE done END"}[act]
		if set == "" {
			set = ", decided = {:now}"
		}
		err := web.Exec(tx, "UPDATE offers SET state = {:state}, updated = {:now}"+set+" WHERE id = {:id}",
			dbx.Params{"id": o.ID, "state": move.to, "now": now, "paid": stamp(paid)})
		if err != nil {
			return err
		}
		return a.audit.Record(tx, audit.Act{Kind: move.kind, Actor: by, Subject: o.Person, Programme: o.Programme, Item: o.ID, Detail: move.to})
	})
	return stands, err
}
