package reflections

import (
	"context"
	"fmt"
	"net/http"
	"net/url"

	"alongside/hooks/people"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// ElsePage is `/me/calls/else`, "reflections/else": whom a learner would rather not
// have beside them. Its form posts to the same address "who", an assignment, and
// "do", which is ask or back.
type ElsePage struct {
	web.Base
	Workers []ElseChoice
	Closed  bool // what they asked for does not show: staff may have made the session
	Errors  []web.FieldError
}

// An ElseChoice is somebody who walks beside the learner.
type ElseChoice struct {
	people.Worker
	Told   []string // what those are called who see that the learner asked
	Asked  string   // when they did; "" while they have not
	Looked string   // when somebody looked at what they asked before, and ended it; "" where nobody did
	Chosen bool
}

// MayAsk reports whether there is anybody whom they can still ask about.
func (p *ElsePage) MayAsk() bool {
	for _, one := range p.Workers {
		if one.Asked == "" && len(one.Told) > 0 {
			return true
		}
	}
	return false
}

func (r *Room) showElse(e *core.RequestEvent) error {
	page, err := r.elsePage(e, url.Values{})
	if err != nil {
		return err
	}
	return web.Show(e, http.StatusOK, "reflections/else", page)
}

func (r *Room) elsePage(e *core.RequestEvent, form url.Values) (*ElsePage, error) {
	ctx, viewer := e.Request.Context(), web.Current(e)
	workers, err := people.WorkersOf(ctx, r.app, viewer.ID, r.now())
	if err != nil {
		return nil, err
	}
	wishes, err := r.wishesWhere(ctx, "k.learner = {:learner}", dbx.Params{"learner": viewer.ID})
	if err != nil {
		return nil, err
	}
	looked, err := r.lookedAt(ctx, viewer.ID)
	if err != nil {
		return nil, err
	}
	page := &ElsePage{Closed: viewer.Closed}
	if page.Closed {
		wishes, looked = nil, nil
	}
	for _, w := range workers {
		one := ElseChoice{Worker: w, Chosen: form.Get("who") == w.Assignment, Looked: people.Moment(looked[beside{w.ID, w.Programme}])}
		if one.Told, err = r.toldOfWishes(ctx, viewer.ID, w); err != nil {
			return nil, err
		}
		for _, wish := range wishes {
			if wish.Worker == w.ID && wish.Programme == w.Programme {
				one.Asked = wish.Since()
			}
		}
		page.Workers = append(page.Workers, one)
	}
	return page, nil
}

// beside is somebody beside a learner, in a programme.
type beside struct{ worker, programme string }

// lookedAt says when somebody ended the last wish of a learner about each of those
// beside them; "" where the learner took it back.
func (r *Room) lookedAt(ctx context.Context, learner string) (map[beside]string, error) {
	var rows []struct {
		Worker    string `db:"worker"`
		Programme string `db:"programme"`
		At        string `db:"at"`
	}
	err := r.app.ConcurrentDB().NewQuery(`SELECT worker, programme, CASE WHEN taker = '' THEN '' ELSE ended END AS at FROM calls
		WHERE learner = {:learner} AND kind = 'else' AND ended != '' ORDER BY ended, id`).
		Bind(dbx.Params{"learner": learner}).WithContext(ctx).All(&rows)
	if err != nil {
		return nil, fmt.Errorf("who looked at a wish: %w", err)
	}
	looked := map[beside]string{}
	for _, row := range rows {
		looked[beside{row.Worker, row.Programme}] = row.At
	}
	return looked, nil
}

// toldOfWishes are what the managers are called who see a wish about somebody.
func (r *Room) toldOfWishes(ctx context.Context, learner string, w people.Worker) (names []string, err error) {
	err = r.app.ConcurrentDB().NewQuery(`SELECT DISTINCT COALESCE(NULLIF(u.name, ''), u.username) FROM memberships m JOIN users u ON u.id = m.user
		WHERE m.role = 'manager' AND m.programme = {:programme} AND m.user NOT IN ({:worker}, {:learner})
			AND m.starts <= {:now} AND (m.ends = '' OR m.ends > {:now}) ORDER BY 1 LIMIT 20`).
		Bind(dbx.Params{"programme": w.Programme, "worker": w.ID, "learner": learner, "now": people.Before(r.now())}).WithContext(ctx).Column(&names)
	if err != nil {
		return nil, fmt.Errorf("who sees a wish: %w", err)
	}
	return names, nil
}

// askForElse stores that they would rather have somebody else, or takes that back.
func (r *Room) askForElse(e *core.RequestEvent) error {
	form, err := web.Form(e)
	if err != nil {
		return err
	}
	page, err := r.elsePage(e, form)
	if err != nil {
		return err
	}
	one := page.chosen()
	switch {
	case page.Closed && form.Get("do") == "back": // nothing here says that there is anything to take back
		return web.ErrNotFound
	case one == nil || len(one.Told) == 0 && form.Get("do") != "back":
		page.Errors = []web.FieldError{{Field: "who", Key: "else-missing"}}
		return web.Show(e, http.StatusUnprocessableEntity, "reflections/else", page)
	case form.Get("do") == "back":
		err = r.app.RunInTransaction(func(tx core.App) error {
			return r.EndWishes(tx, web.Current(e).ID, one.ID, one.Programme, web.Current(e).ID)
		})
		web.Notify(e, "else-back")
	default:
		err = r.askElse(web.Current(e).ID, one.Worker)
		if page.Closed {
			web.Notify(e, "else-asked-closed")
		} else {
			web.Notify(e, "else-asked")
		}
	}
	if err != nil {
		return err
	}
	return web.SeeOther(e, "/me/calls/else")
}

func (p *ElsePage) chosen() *ElseChoice {
	for i := range p.Workers {
		if p.Workers[i].Chosen {
			return &p.Workers[i]
		}
	}
	return nil
}
