package authoring

import (
	"context"
	"fmt"
	"net/http"

	"alongside/courses"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// A Coming is a text that others made of the same one while somebody writes on it:
// what learners read now, where that is another than the draft began from, or what came
// with an update or an import and waits.
type Coming struct {
	Revision string `db:"id"`
	Text     string `db:"text"`
	Previous string `db:"previous"` // revision that it was made of; "" for none
	Created  string `db:"created"`
	Live     bool   `db:"live"`
}

// coming is what a draft was not put together with yet, what is live first; nil where
// there is nothing. What once was, or was left, does not come again.
func (a *Authoring) coming(ctx context.Context, db dbx.Builder, p Place) (*Coming, error) {
	if p.Draft == nil || p.Live.Revision == "" {
		return nil, nil
	}
	var found []Coming
	err := db.NewQuery(`SELECT r.id, r.text, CASE WHEN r.state = 'live' THEN d.base ELSE r.previous END AS previous, r.created, r.state = 'live' AS live
		FROM drafts d JOIN revisions r ON r.course = d.course AND r.language = d.language AND (r.module = d.module AND d.module != '' OR r.path = d.path)
		WHERE d.id = {:draft} AND (r.state = 'live' AND r.id != d.base OR r.state = 'draft' AND r.author = '' AND r.published = ''
			AND NOT EXISTS (SELECT 1 FROM draft_states made WHERE made.revision = r.id))
			AND NOT EXISTS (SELECT 1 FROM draft_states s WHERE s.draft = d.id AND s.how IN ('came', 'left') AND s.sha256 = r.sha256)
		ORDER BY live DESC, r.created DESC LIMIT 1`).Bind(dbx.Params{"draft": p.Draft.ID}).WithContext(ctx).All(&found)
	if err != nil {
		return nil, fmt.Errorf("what else there is of draft %s: %w", p.Draft.ID, err)
	}
	if len(found) == 0 {
		return nil, nil
	}
	return &found[0], nil
}

// bringIn puts what came together with the draft, or leaves it: it is kept among the
// states either way.
func (a *Authoring) bringIn(e *core.RequestEvent) error {
	form, err := web.Form(e)
	if err != nil {
		return err
	}
	p, err := a.writePlace(e)
	if err != nil {
		return err
	}
	var asks *clash
	brought := false
	ctx := e.Request.Context()
	err = a.app.RunInTransaction(func(tx core.App) error {
		asks, brought = nil, false
		d, err := a.draftByID(ctx, tx.DB(), p.Draft.ID)
		if err != nil {
			return err
		}
		p.Draft = d
		came, err := a.coming(ctx, tx.DB(), p)
		if err != nil || came == nil || came.Revision != form.Get("revision") {
			return err
		}
		brought = true
		asks, err = a.bring(ctx, tx, p, *came, web.Current(e).ID, form.Get("do") == "leave")
		return err
	})
	switch {
	case err != nil:
		return err
	case asks != nil:
		return a.clashPage(e, p, http.StatusConflict, &ClashPage{clash: *asks})
	case brought && form.Get("do") == "leave":
		web.Notify(e, "text-left")
	case brought:
		web.Notify(e, "texts-joined")
	}
	return web.SeeOther(e, p.Address())
}

// bring keeps what came aside, and puts it together with what the draft is, unless it
// is to be left. It returns a clash where somebody has to choose.
func (a *Authoring) bring(ctx context.Context, tx core.App, p Place, came Coming, by string, leave bool) (*clash, error) {
	head, err := a.state(ctx, tx.DB(), p.Draft.ID, p.Draft.Head)
	if err != nil {
		return nil, err
	}
	line, err := a.madeOf(ctx, tx.DB(), p.Draft, came)
	if err != nil {
		return nil, err
	}
	how := Came
	if leave || came.Text == head.Text {
		how = Left
	}
	aside, err := a.add(tx, p, State{After: line.Number, Aside: true, Text: came.Text, By: by, How: how})
	if err != nil {
		return nil, err
	}
	if came.Live {
		if err := a.setBase(tx, p.Draft, came.Revision); err != nil {
			return nil, err
		}
	}
	if how == Left {
		return nil, nil
	}
	merged := courses.Merge([]byte(line.Text), []byte(came.Text), []byte(head.Text))
	if len(merged.Clashes()) > 0 {
		return &clash{after: aside, with: head.Number, merged: merged}, nil
	}
	_, err = a.add(tx, p, State{After: aside, Text: string(merged.Text()), By: by, How: Joined})
	return nil, err
}

// madeOf is the newest state that reads as what came was made of; the first, where none
// does.
func (a *Authoring) madeOf(ctx context.Context, db dbx.Builder, d *Draft, came Coming) (State, error) {
	number := 1
	err := db.NewQuery(`SELECT COALESCE(MAX(s.number), 1) FROM draft_states s JOIN revisions r ON r.sha256 = s.sha256
		WHERE s.draft = {:draft} AND r.id = {:previous}`).Bind(dbx.Params{"draft": d.ID, "previous": came.Previous}).WithContext(ctx).Row(&number)
	if err != nil {
		return State{}, fmt.Errorf("what the other text of draft %s was made of: %w", d.ID, err)
	}
	return a.state(ctx, db, d.ID, number)
}

// setBase remembers which live text a draft was last put together with.
func (a *Authoring) setBase(tx core.App, d *Draft, revision string) error {
	d.Base = revision
	return web.Exec(tx, "UPDATE drafts SET base = {:base} WHERE id = {:id}", dbx.Params{"base": revision, "id": d.ID})
}
