package reflections

import (
	"context"
	"fmt"

	"alongside/hooks/audit"
	"alongside/hooks/people"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// A Wish is an open call of a learner who would rather have somebody else beside
// them than one of those who are. They give no reason.
type Wish struct {
	ID        string `db:"id"`
	Learner   string `db:"learner"` // of users
	Worker    string `db:"worker"`  // of users: instead of whom
	Programme string `db:"programme"`
	Made      string `db:"made"`
	Called    string `db:"called"`  // the learner
	Instead   string `db:"instead"` // what the worker is called
}

// Since is when it was made, for the page.
func (w Wish) Since() string { return people.Moment(w.Made) }

// openWishes is the condition that a call on the table k is a wish that nothing
// came of yet: the one whom they would rather not have is beside them still. Whoever
// came back since then is not whom it was about.
const openWishes = `k.kind = 'else' AND k.ended = '' AND EXISTS (SELECT 1 FROM assignments a WHERE a.learner = k.learner AND a.worker = k.worker
	AND a.programme = k.programme AND a.starts <= k.made AND a.starts <= {:policyNow} AND (a.ends = '' OR a.ends > {:policyNow}))`

const wishesSQL = `SELECT k.id, k.learner, k.worker, k.programme, k.made,
		COALESCE(NULLIF(l.name, ''), l.username) AS called, COALESCE(NULLIF(w.name, ''), w.username) AS instead
	FROM calls k JOIN users l ON l.id = k.learner JOIN users w ON w.id = k.worker WHERE ` + openWishes + ` AND `

func (r *Room) wishesWhere(ctx context.Context, condition string, params dbx.Params) ([]Wish, error) {
	params["policyNow"] = people.Before(r.now())
	var wishes []Wish
	err := r.app.ConcurrentDB().NewQuery(wishesSQL + condition + " ORDER BY k.made, k.id LIMIT 500").Bind(params).WithContext(ctx).All(&wishes)
	if err != nil {
		return nil, fmt.Errorf("list who would rather have somebody else: %w", err)
	}
	return wishes, nil
}

// hearsWishes is the condition that a wish on the table k is for the viewer to do
// something about: they manage the programme, and it is not about themselves.
func hearsWishes(v *web.Viewer) (string, dbx.Params) {
	which, params := people.ProgrammesOf(v, people.Calls, people.Whole)
	params["me"] = v.ID
	return "k.worker != {:me} AND k.learner != {:me} AND k.programme IN (" + which + ")", params
}

// WishesFor are those that a viewer can do something about, the oldest first.
func (r *Room) WishesFor(ctx context.Context, viewer *web.Viewer) ([]Wish, error) {
	heard, params := hearsWishes(viewer)
	return r.wishesWhere(ctx, heard, params)
}

// CountWishes says how many there are, for the page where a manager begins.
func (r *Room) CountWishes(ctx context.Context, viewer *web.Viewer) (people.Waiting, error) {
	wishes, err := r.WishesFor(ctx, viewer)
	if err != nil || len(wishes) == 0 {
		return people.Waiting{}, err
	}
	return people.Waiting{Count: len(wishes), First: wishes[0].Since()}, nil
}

// SettleWish ends a wish about which the viewer did what can be done. It returns
// web.ErrNotFound for whoever does not have it in WishesFor.
func (r *Room) SettleWish(ctx context.Context, viewer *web.Viewer, id string) error {
	heard, params := hearsWishes(viewer)
	params["id"] = id
	found, err := r.wishesWhere(ctx, "k.id = {:id} AND "+heard, params)
	if err != nil {
		return err
	}
	if len(found) == 0 {
		return web.ErrNotFound
	}
	w := found[0]
	return r.app.RunInTransaction(func(tx core.App) error { return r.EndWishes(tx, w.Learner, w.Worker, w.Programme, viewer.ID) })
}

// EndWishes ends what a learner asked for about somebody in a programme, because
// it is so now, or was taken back. It is for transactions.
func (r *Room) EndWishes(tx core.App, learner, worker, programme, by string) error {
	done, err := web.Changes(tx, `UPDATE calls SET ended = {:now}, taker = CASE WHEN learner = {:by} THEN taker ELSE {:by} END, updated = {:now}
		WHERE kind = 'else' AND ended = '' AND learner = {:learner} AND worker = {:worker} AND programme = {:programme}`,
		dbx.Params{"now": moment(r.now()), "by": by, "learner": learner, "worker": worker, "programme": programme})
	if err != nil {
		return fmt.Errorf("end a wish: %w", err)
	}
	if !done {
		return nil
	}
	return r.audit.Record(tx, audit.Act{Kind: audit.ElseEnded, Actor: by, Subject: learner, Programme: programme})
}

// againSQL lets a wish begin anew that was taken back, or whose one went and came
// back meanwhile: asking and taking back leaves one row, however often.
const againSQL = `UPDATE calls SET made = {:now}, ended = '', updated = {:now} WHERE id = (SELECT k.id FROM calls k
	WHERE k.kind = 'else' AND k.learner = {:learner} AND k.worker = {:worker} AND k.programme = {:programme} AND (k.ended != '' AND k.taker = ''
		OR k.ended = '' AND k.made < (SELECT a.starts FROM assignments a WHERE a.id = {:assignment})) ORDER BY k.ended, k.id LIMIT 1)
	AND NOT EXISTS (SELECT 1 FROM calls k WHERE ` + openWishes + ` AND k.learner = {:learner} AND k.worker = {:worker} AND k.programme = {:programme})`

// askElse stores a wish, once while it is open.
func (r *Room) askElse(learner string, w people.Worker) error {
	return r.app.RunInTransaction(func(tx core.App) error {
		c := Call{ID: core.GenerateDefaultRandomId(), Learner: learner, Kind: CallElse, Programme: w.Programme, Worker: w.ID}
		made, err := web.Changes(tx, againSQL, dbx.Params{
			"learner": learner, "worker": w.ID, "programme": w.Programme, "assignment": w.Assignment,
			"now": moment(r.now()), "policyNow": people.Before(r.now()),
		})
		if err == nil && !made {
			made, err = r.ask(tx, c)
		}
		if err != nil || !made {
			return err
		}
		return r.audit.Record(tx, audit.Act{Kind: audit.ElseAsked, Actor: learner, Subject: learner, Item: c.ID, Programme: w.Programme})
	})
}
