package authoring

import (
	"net/http"
	"slices"
	"strconv"

	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// PaidPage is `/me/paid`, "authoring/paid": what somebody was paid in a year, to print
// for a letter. It names no programme: whoever reads the letter learns what the work
// was, and no more.
type PaidPage struct {
	web.Base
	Year   string
	Years  []string // in which something was paid, the newest first
	Paid   []Offer
	Totals []string // one for each currency
}

func (a *Authoring) showPaid(e *core.RequestEvent) error {
	all, err := a.offers(e.Request.Context(), "o.person = {:person} AND o.state = 'paid'", dbx.Params{"person": web.Current(e).ID})
	if err != nil {
		return err
	}
	slices.SortStableFunc(all, func(a, b Offer) int {
		if a.Paid == b.Paid {
			return 0
		}
		if a.Paid < b.Paid {
			return -1
		}
		return 1
	})
	return web.Show(e, http.StatusOK, "authoring/paid", paidIn(e.Request.URL.Query().Get("year"), strconv.Itoa(a.now().UTC().Year()), all))
}

// paidIn is the page of a year, of everything that was paid, the oldest first. Where
// nobody chose one of its years it is that in which something was paid last, or else
// this one.
func paidIn(chosen, this string, all []Offer) *PaidPage {
	page := &PaidPage{Year: this}
	for _, one := range slices.Backward(all) {
		if year := one.Paid[:4]; !slices.Contains(page.Years, year) {
			page.Years = append(page.Years, year)
		}
	}
	switch {
	case slices.Contains(page.Years, chosen):
		page.Year = chosen
	case len(page.Years) > 0:
		page.Year = page.Years[0]
	}
	sums := map[string]int{}
	for _, one := range all {
		if one.Paid[:4] == page.Year {
			page.Paid = append(page.Paid, one)
			sums[one.Currency] += one.Amount
		}
	}
	for _, currency := range currencies {
		if sums[currency] > 0 {
			page.Totals = append(page.Totals, Offer{Amount: sums[currency], Currency: currency}.Money())
		}
	}
	return page
}
