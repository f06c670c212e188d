package facilitation

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"time"

	"alongside/hooks/people"
	"alongside/hooks/signin"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// showNewCards is who would get a new card with the group, how far those are
// that are being made, or leads to where they can be printed.
func (f *Facilitation) showNewCards(e *core.RequestEvent) error {
	group, err := f.cohort(e, e.Request.PathValue("cohort"))
	if err != nil {
		return err
	}
	place := cardsPlace(e)
	page := &CardsPage{ID: group.ID, Name: group.Name, Making: Making{Address: e.Request.URL.Path, What: "cards"}}
	if p := f.imports.of(place, web.Now(e)); p != nil {
		if cards := p.ready(); cards != nil {
			f.imports.remove(place)
			return f.desk.ShowCards(e, cards...)
		}
		page.Making = p.making(page.Making)
	}
	if page.Running {
		e.Response.Header().Set("Refresh", lookAgain)
		return web.Show(e, http.StatusOK, "facilitation/cards", page)
	}
	if page.Learners, err = f.unusedIn(e, group.ID); err != nil {
		return err
	}
	page.Seconds = secondsFor(len(page.Learners))
	return web.Show(e, http.StatusOK, "facilitation/cards", page)
}

// takeNewCards makes new cards for all whom the page names, or stops that.
func (f *Facilitation) takeNewCards(e *core.RequestEvent) error {
	group, err := f.cohort(e, e.Request.PathValue("cohort"))
	if err != nil {
		return err
	}
	form, err := web.Form(e)
	if err != nil {
		return err
	}
	place := cardsPlace(e)
	if waiting := f.imports.of(place, web.Now(e)); form.Get("do") == "stop" && waiting != nil {
		waiting.cancel()
	}
	if form.Get("do") == "make" {
		p := &pending{group: group, viewer: web.Current(e)}
		if p.owners, err = f.unusedIn(e, group.ID); err != nil {
			return err
		}
		if f.imports.keep(place, p, web.Now(e)) {
			f.run(p, f.makeCards)
		}
	}
	return web.SeeOther(e, e.Request.URL.Path)
}

// cardsPlace is where a session's new cards for the group in the address wait.
func cardsPlace(e *core.RequestEvent) string { return "cards/" + placeOf(e) }

// makeCards gives all of them a new card, or none. Whoever used theirs while it
// was made keeps it.
func (f *Facilitation) makeCards(ctx context.Context, p *pending) ([]*signin.NewCard, error) {
	cards, err := f.prepareCards(ctx, len(p.owners), p.oneMore)
	if err != nil {
		return nil, err
	}
	given := 0
	err = f.app.RunInTransaction(func(tx core.App) error {
		given = 0
		still, err := unused(ctx, tx.DB(), p.viewer, p.group.ID, f.now())
		if err != nil {
			return err
		}
		for _, owner := range p.owners {
			if err := ctx.Err(); err != nil {
				return err
			}
			if !slices.Contains(still, owner) {
				continue
			}
			if err := f.desk.StoreCard(tx, cards[given], owner.ID, owner.Called(), p.viewer.ID); err != nil {
				return err
			}
			given++
		}
		if given == 0 {
			return errChanged
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return cards[:given], nil
}

func (f *Facilitation) unusedIn(e *core.RequestEvent, group string) ([]Person, error) {
	return unused(e.Request.Context(), f.app.ConcurrentDB(), web.Current(e), group, web.Now(e))
}

// unused are the learners of a group who have a card and never used one, where
// the viewer answers for their account. As with a single card, whoever sees
// others' things now or later gets none: who made it could be them. Nor does anybody who was
// here by another way: a new card would close to them what they wrote.
func unused(ctx context.Context, db dbx.Builder, viewer *web.Viewer, group string, now time.Time) ([]Person, error) {
	q := newQuery(now)
	accounts := q.whom(viewer, people.Accounts, people.Whole, now)
	q.params["cohort"], q.params["viewer"], q.params["most"] = group, viewer.ID, maxLines
	var rows []struct {
		ID       string `db:"id"`
		Username string `db:"username"`
		Name     string `db:"name"`
	}
	err := db.NewQuery(`
		SELECT DISTINCT u.id, u.username, u.name FROM memberships m JOIN users u ON u.id = m.user
		JOIN cards k ON k.user = u.id AND k.ended = ''
		WHERE m.cohort = {:cohort} AND m.role = 'learner' AND ` + holds("m") + ` AND u.id != {:viewer} AND u.id IN (` + accounts + `)
			AND NOT u.own_password AND u.closed = ''
			AND NOT EXISTS (SELECT 1 FROM cards o WHERE o.user = u.id AND (o.used != '' OR o.own_pin))
			AND NOT EXISTS (SELECT 1 FROM audit i WHERE i.subject = u.id AND i.kind = 'signed-in')
			AND NOT EXISTS (SELECT 1 FROM memberships s WHERE s.user = u.id AND s.role IN ('facilitator', 'lead', 'manager') AND (s.ends = '' OR s.ends > {:now}))
		ORDER BY CASE WHEN u.name = '' THEN u.username ELSE u.name END COLLATE NOCASE, u.id LIMIT {:most}`).
		Bind(q.params).WithContext(ctx).All(&rows)
	if err != nil {
		return nil, fmt.Errorf("unused cards of group %s: %w", group, err)
	}
	var all []Person
	for _, r := range rows {
		all = append(all, Person{r.ID, r.Username, r.Name})
	}
	return all, nil
}
