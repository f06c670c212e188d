package signin

import (
	"net/http"
	"strings"
	"time"

	"alongside/hooks/web"

	"github.com/pocketbase/pocketbase/core"
)

// ShowCards ends the request that made cards: it sends the browser to a page
// where they can be printed. That page is there for ten minutes, for this
// session only, and the cards' secrets are nowhere else.
func (d *Desk) ShowCards(e *core.RequestEvent, cards ...*NewCard) error {
	sheet := d.sheets.keep(web.Current(e).Session, cards, d.now())
	return web.SeeOther(e, "/facilitate/cards/"+sheet)
}

func (d *Desk) showSheet(e *core.RequestEvent) error {
	cards, until, ok := d.sheets.of(web.Current(e).Session, e.Request.PathValue("sheet"), d.now())
	if !ok {
		return showGone(e, &NotShownPage{What: "cards", Back: "/facilitate"})
	}
	page := &SheetPage{SiteAddress: e.Request.Host + "/sign-in", Minutes: minutesUntil(until, d.now())}
	for _, card := range cards {
		qr, err := newQR(addressOf(e) + cardPath + "/" + card.secret)
		if err != nil {
			return err
		}
		page.Cards = append(page.Cards, CardOnPaper{
			Called: card.Called, Username: card.Username, Words: strings.Fields(card.words), PIN: inThrees(card.pin), QR: qr,
		})
	}
	return web.Show(e, http.StatusOK, "signin/sheet", page)
}

// showGone says that what was to be seen here is not any more, and where to make
// another. It is the same for what is another session's and for what never was.
func showGone(e *core.RequestEvent, page *NotShownPage) error {
	return web.Show(e, http.StatusNotFound, "signin/not-shown", page)
}

// addressOf is this site's, as the browser that asks has it.
func addressOf(e *core.RequestEvent) string {
	if web.IsSecure(e) {
		return "https://" + e.Request.Host
	}
	return "http://" + e.Request.Host
}

// inThrees sets digits apart as people read them out.
func inThrees(digits string) string { return digits[:3] + " " + digits[3:] }

func minutesUntil(until, now time.Time) int {
	return max(1, int(until.Sub(now).Minutes()))
}
