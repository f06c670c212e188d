package signin

import (
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
