package signin

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"
)

const myCardsPath = "/me/cards"

// longAgo is how many of each list /me/cards shows.
const longAgo = 20

// showMyCards tells somebody which cards and codes were made for them and by
// whom, and how they got in of late: a sign-in that was not theirs shows here.
func (d *Desk) showMyCards(e *core.RequestEvent) error {
	ctx, viewer, page := e.Request.Context(), web.Current(e), &MyCardsPage{}
	var err error
	if page.Cards, err = d.cardsOf(ctx, viewer.ID); err != nil {
		return err
	}
	if page.Codes, err = d.codesOf(ctx, viewer.ID); err != nil {
		return err
	}
	if page.SignIns, err = d.signInsOf(ctx, viewer); err != nil {
		return err
	}
	page.CanChange = len(page.Cards) > 0 && page.Cards[0].State == cardActive && page.Cards[0].OwnPIN
	return web.Show(e, http.StatusOK, "signin/my-cards", page)
}

// calledSQL is what a member of staff is called, "" for one who is not there any
// more, and for the demo's cards, which nobody made.
func calledSQL(id string) string {
	return "COALESCE((SELECT CASE WHEN w.name != '' THEN w.name ELSE w.username END FROM users w WHERE w.id = " + id + "), '')"
}

func (d *Desk) cardsOf(ctx context.Context, user string) ([]CardInList, error) {
	var rows []struct {
		cardRow
		By string `db:"by"`
	}
	err := d.app.ConcurrentDB().NewQuery(`
		SELECT c.id, c.state, c.created AS made, c.expires, c.own_pin, c.used, '' AS closed, '' AS closed_by, ` + calledSQL("c.made_by") + ` AS by
		FROM cards c WHERE c.user = {:user} ORDER BY c.ended = '' DESC, c.created DESC LIMIT {:most}`).
		Bind(dbx.Params{"user": user, "most": longAgo}).WithContext(ctx).All(&rows)
	if err != nil {
		return nil, fmt.Errorf("read cards of %s: %w", user, err)
	}
	cards := make([]CardInList, len(rows))
	for i, row := range rows {
		state := row.at(d.now())
		cards[i] = CardInList{State: state.State, OwnPIN: state.OwnPIN, Made: onPage(row.Made), Until: onPage(row.Expires), By: row.By}
	}
	return cards, nil
}

func (d *Desk) codesOf(ctx context.Context, user string) ([]CodeInList, error) {
	var rows []struct {
		Kind string         `db:"kind"`
		Made types.DateTime `db:"made"`
		Used types.DateTime `db:"used"`
		By   string         `db:"by"`
	}
	err := d.app.ConcurrentDB().NewQuery(`
		SELECT l.kind, l.created AS made, l.used, ` + calledSQL("l.made_by") + ` AS by
		FROM codes l WHERE l.user = {:user} ORDER BY l.created DESC LIMIT {:most}`).
		Bind(dbx.Params{"user": user, "most": longAgo}).WithContext(ctx).All(&rows)
	if err != nil {
		return nil, fmt.Errorf("read codes of %s: %w", user, err)
	}
	codes := make([]CodeInList, len(rows))
	for i, row := range rows {
		codes[i] = CodeInList{Kind: row.Kind, Made: onPage(row.Made), Used: !row.Used.IsZero(), By: row.By}
	}
	return codes, nil
}

func (d *Desk) signInsOf(ctx context.Context, viewer *web.Viewer) ([]SignInInList, error) {
	var rows []struct {
		ID      string         `db:"id"`
		How     string         `db:"how"`
		At      types.DateTime `db:"at"`
		Browser string         `db:"browser"`
		System  string         `db:"system"`
		With    string         `db:"with"`
		Runs    bool           `db:"runs"`
	}
	err := d.app.ConcurrentDB().NewQuery(`
		SELECT s.id, s.how, s.created AS at, s.browser, s.system, ` + calledSQL("s.[[with]]") + ` AS [[with]],
			s.ended = '' AND s.expires > {:now} AS runs
		FROM sessions s WHERE s.user = {:user} ORDER BY s.created DESC LIMIT {:most}`).
		Bind(dbx.Params{"user": viewer.ID, "most": longAgo, "now": databaseTime(d.now())}).WithContext(ctx).All(&rows)
	if err != nil {
		return nil, fmt.Errorf("read sign-ins of %s: %w", viewer.ID, err)
	}
	all := make([]SignInInList, len(rows))
	for i, row := range rows {
		all[i] = SignInInList{
			Device: Device{Browser: row.Browser, System: row.System}, How: row.How, At: onPage(row.At), With: row.With, This: row.ID == viewer.Session, Runs: row.Runs || row.ID == viewer.Session,
		}
		if row.How == "" { // from before it was noted
			all[i].How = byPassword
		}
	}
	return all, nil
}

// onPage is a moment as pages take it.
func onPage(at types.DateTime) string { return at.Time().Format(time.RFC3339) }
