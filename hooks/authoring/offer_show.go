package authoring

import (
	"fmt"
	"net/http"
	"slices"
	"time"

	"alongside/hooks/content"
	"alongside/hooks/people"
	"alongside/hooks/web"
	"alongside/templates"

	"github.com/pocketbase/pocketbase/core"
)

// OffersPage is `/course-offers/{course}`, "authoring/offers": paid work that was
// offered on a course, and a form to offer some, for those who care for it. The form
// posts person, path, task, hours, amount and currency to the same address; each offer
// do "back", "done" or "paid" with day to the address below.
type OffersPage struct {
	web.Base
	Title   string
	Lang    string
	Way     string // in which its title runs, "ltr" or "rtl"
	Back    string // address of the settings of the course
	Address string
	People  []Asked // whom it may be offered to
	Texts   []OfferText
	Offers  []OfferView // of which something is still to come
	Ended   []OfferView
	Typed   OfferTyped
	Today   string // an ISO date
	Errors  []web.FieldError
}

// An OfferText is a text of the course, for the form.
type OfferText struct{ Path, Title string }

// An OfferView is an offer on that page.
type OfferView struct {
	Offer
	Page *OffersPage
	Day  string // that it was paid on, as it was typed
}

// DayField is the name of the control for the day of a payment.
func (v OfferView) DayField() string { return "day-" + v.ID }

// MayTakeBack, MayBeDone and MayBePaid say which acts are left.
func (v OfferView) MayTakeBack() bool { return v.State == Offered }

// MayBeDone reports whether the work may be said to be done.
func (v OfferView) MayBeDone() bool { return v.State == OfferAccepted }

// MayBePaid reports whether it may be said to be paid.
func (v OfferView) MayBePaid() bool { return v.State == OfferAccepted || v.State == OfferDone }

// PeopleChoices are whom it may be offered to, as a form offers them.
func (p *OffersPage) PeopleChoices() []templates.Choice {
	all := []templates.Choice{{Key: "offer.person.choose"}}
	for _, one := range p.People {
		all = append(all, templates.Choice{Value: one.ID, Text: one.Called, Chosen: one.ID == p.Typed.Person})
	}
	return all
}

// TextChoices are the texts, as a form offers them.
func (p *OffersPage) TextChoices() []templates.Choice {
	all := []templates.Choice{{Key: "offer.text.whole"}}
	for _, one := range p.Texts {
		all = append(all, templates.Choice{Value: one.Path, Text: one.Title, Lang: p.Lang, Chosen: one.Path == p.Typed.Path})
	}
	return all
}

// CurrencyChoices are the currencies, as a form offers them.
func (p *OffersPage) CurrencyChoices() (all []templates.Choice) {
	for _, one := range currencies {
		all = append(all, templates.Choice{Value: one, Text: one, Chosen: one == p.Typed.Currency})
	}
	return all
}

func (a *Authoring) showOffers(e *core.RequestEvent) error {
	page, _, err := a.offersPage(e)
	if err != nil {
		return err
	}
	return web.Show(e, http.StatusOK, "authoring/offers", page)
}

func (a *Authoring) offersPage(e *core.RequestEvent) (*OffersPage, content.Course, error) {
	ctx, viewer := e.Request.Context(), web.Current(e)
	course, err := a.courseFor(e, people.Caring)
	if err != nil {
		return nil, course, err
	}
	page := &OffersPage{
		Title: course.Title, Lang: course.Language, Way: templates.Direction(course.Language), Back: "/course-settings/" + course.Slug,
		Address: "/course-offers/" + course.Slug, Today: a.now().UTC().Format(time.DateOnly), Typed: OfferTyped{Currency: currencies[0]},
	}
	params := carerOf(viewer).params(course, a.now())
	all, err := a.offers(ctx, caredOffers, params)
	if err != nil {
		return nil, course, err
	}
	if len(all) > 0 {
		page.Typed.Currency = all[0].Currency
	}
	for _, one := range all {
		view := OfferView{Offer: one, Page: page, Day: page.Today}
		if one.IsOpen() {
			page.Offers = append(page.Offers, view)
		} else {
			page.Ended = append(page.Ended, view)
		}
	}
	params["viewer"] = viewer.ID
	err = a.app.ConcurrentDB().NewQuery("SELECT u.id, COALESCE(NULLIF(u.name, ''), u.username) AS called FROM users u WHERE u.id != {:viewer} AND EXISTS (SELECT 1 " +
		mentorsCared + ") ORDER BY called COLLATE NOCASE LIMIT 500").Bind(params).WithContext(ctx).All(&page.People)
	if err != nil {
		return nil, course, fmt.Errorf("mentors of course %s: %w", course.Slug, err)
	}
	page.Texts, err = a.offerTexts(e, course)
	return page, course, err
}

// offerTexts are the texts that work may be for: what is live, and what others were
// asked to read. What somebody still has to themselves is not named.
func (a *Authoring) offerTexts(e *core.RequestEvent, course content.Course) (all []OfferText, err error) {
	live, err := a.content.LiveTexts(e.Request.Context(), course)
	if err != nil {
		return nil, err
	}
	for _, text := range live {
		all = append(all, OfferText{Path: text.Path, Title: titleOf(text)})
	}
	drafts, err := a.draftsOf(e.Request.Context(), course, web.Current(e).ID)
	if err != nil {
		return nil, err
	}
	for _, d := range drafts {
		if d.State != Open && !slices.ContainsFunc(all, func(one OfferText) bool { return one.Path == d.Path }) {
			all = append(all, OfferText{Path: d.Path, Title: d.Title})
		}
	}
	return all, nil
}
