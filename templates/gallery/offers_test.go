package gallery

import (
	"strings"

	"alongside/hooks/authoring"
	"alongside/hooks/web"
)

func offerScenes() []scene {
	offered := authoring.Offer{
		ID: "o1", CourseTitle: "Walking alongside", CourseLang: "en", Title: "Listening", Person: "p1", Called: longName, WhoOffered: "Marek",
		Task: "Write the second part. The bus is paid back.", Minutes: 90, Amount: 4550, Currency: "GBP", State: authoring.Offered, Created: "2026-05-03 10:00:00.000Z",
	}
	as := func(state string) authoring.Offer {
		one := offered
		one.ID, one.State, one.Decided, one.Done, one.Paid = "o"+strings.ReplaceAll(state, " ", ""), state, "2026-05-04 10:00:00.000Z", "2026-05-05 10:00:00.000Z", "2026-05-06 00:00:00.000Z"
		return one
	}
	rtl := offered
	rtl.CourseTitle, rtl.CourseLang, rtl.Title, rtl.Task = "با هم", "fa", strings.Repeat("شنیدن", 20), "بخش دوم را بنویس"
	gone := as(authoring.OfferPaid)
	gone.Called, gone.Task, gone.WhoOffered = "", "", ""
	cared := func(b web.Base) *authoring.OffersPage {
		return &authoring.OffersPage{
			Base: b, Title: "Walking alongside", Lang: "en", Way: "ltr", Back: "/course-settings/w", Address: "/course-offers/w", Today: "2026-06-03",
			People: []authoring.Asked{{ID: "p1", Called: longName}}, Texts: []authoring.OfferText{{Path: "03-listening.md", Title: "Listening"}}, Typed: authoring.OfferTyped{Currency: "GBP"},
		}
	}
	return []scene{
		{"offers", "authoring/offers", func(b web.Base) any {
			page := cared(b)
			for _, one := range []authoring.Offer{offered, rtl, as(authoring.OfferAccepted), as(authoring.OfferDone)} {
				page.Offers = append(page.Offers, authoring.OfferView{Offer: one, Page: page, Day: page.Today})
			}
			page.Offers[1].ID = "o2"
			for _, one := range []authoring.Offer{as(authoring.OfferDeclined), as(authoring.OfferBack), gone} {
				page.Ended = append(page.Ended, authoring.OfferView{Offer: one, Page: page})
			}
			return page
		}},
		{"offers-wrong", "authoring/offers", func(b web.Base) any {
			page := cared(b)
			page.Offers = []authoring.OfferView{{Offer: as(authoring.OfferAccepted), Page: page, Day: "yesterday"}}
			page.Typed = authoring.OfferTyped{Hours: "many", Amount: "1,000", Currency: "EUR"}
			page.Errors = []web.FieldError{
				{Field: "person", Key: "offer-person"},
				{Field: "task", Key: "offer-task"},
				{Field: "hours", Key: "offer-hours"},
				{Field: "amount", Key: "offer-amount"},
				{Field: "day-oaccepted", Key: "offer-day"},
			}
			return page
		}},
		{"offers-none", "authoring/offers", func(b web.Base) any {
			page := cared(b)
			page.People = nil
			return page
		}},
		{"my-offers", "authoring/my-offers", func(b web.Base) any {
			return &authoring.MyOffersPage{
				Base: b, Asked: []authoring.Offer{offered, rtl}, Going: []authoring.Offer{as(authoring.OfferAccepted), as(authoring.OfferDone)},
				Ended: []authoring.Offer{as(authoring.OfferDeclined), as(authoring.OfferBack), as(authoring.OfferPaid)},
			}
		}},
		{"my-offers-none", "authoring/my-offers", func(b web.Base) any { return &authoring.MyOffersPage{Base: b} }},
		{"my-offer", "authoring/my-offer", func(b web.Base) any { return &authoring.MyOfferPage{Base: b, Offer: offered} }},
		{"my-offer-wrong", "authoring/my-offer", func(b web.Base) any {
			return &authoring.MyOfferPage{Base: b, Offer: rtl, Errors: []web.FieldError{{Field: "read", Key: "offer-read"}}}
		}},
		{"my-offer-accepted", "authoring/my-offer", func(b web.Base) any { return &authoring.MyOfferPage{Base: b, Offer: as(authoring.OfferAccepted)} }},
		{"my-offer-paid", "authoring/my-offer", func(b web.Base) any { return &authoring.MyOfferPage{Base: b, Offer: as(authoring.OfferPaid)} }},
		{"paid", "authoring/paid", func(b web.Base) any {
			return &authoring.PaidPage{Base: b, Year: "2026", Years: []string{"2026", "2025"}, Paid: []authoring.Offer{as(authoring.OfferPaid)}, Totals: []string{"45.50 GBP", "20 EUR"}}
		}},
		{"paid-none", "authoring/paid", func(b web.Base) any { return &authoring.PaidPage{Base: b, Year: "2026"} }},
	}
}
