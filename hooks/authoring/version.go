package authoring

import (
	"context"

	"alongside/hooks/content"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// keepVersion keeps what a draft reads now as a version, under a message. Where it is
// one already, that is the version. It returns its revision. Nobody is shown it by that.
func (a *Authoring) keepVersion(ctx context.Context, tx core.App, p Place, by, message string) (string, error) {
	head, err := a.state(ctx, tx.DB(), p.Draft.ID, p.Draft.Head)
	if err != nil {
		return "", err
	}
	if head.Revision != "" {
		return head.Revision, nil
	}
	if text := withIDs(p, head.Text); text != head.Text {
		if head.Number, err = a.add(tx, p, State{After: head.Number, Text: text, By: by, How: Fixed}); err != nil {
			return "", err
		}
		head.Text = text
	}
	revision, err := a.content.AddRevision(tx, p.Text(head.Text), by, message)
	if err != nil {
		return "", err
	}
	err = web.Exec(tx, "UPDATE draft_states SET revision = {:revision} WHERE draft = {:draft} AND number = {:number}",
		dbx.Params{"revision": revision, "draft": p.Draft.ID, "number": head.Number})
	if err != nil {
		return "", err
	}
	return revision, nil
}

// showVersion makes a version what others are asked to read.
func (a *Authoring) showVersion(tx core.App, d *Draft, revision string) error {
	d.Revision = revision
	return web.Exec(tx, "UPDATE drafts SET revision = {:revision} WHERE id = {:id}", dbx.Params{"revision": revision, "id": d.ID})
}

// setState says how far a draft is, and its version with it. What is not approved any
// more does not go live at the hour that somebody set for it.
func (a *Authoring) setState(tx core.App, d *Draft, state string) error {
	d.State = state
	err := web.Exec(tx, `UPDATE drafts SET state = {:state}, updated = {:now},
		missed = CASE WHEN goes_live != '' AND {:state} != 'approved' THEN {:now} ELSE missed END,
		goes_live = CASE WHEN {:state} = 'approved' THEN goes_live ELSE '' END WHERE id = {:id}`,
		dbx.Params{"state": state, "id": d.ID, "now": stamp(a.now())})
	if err != nil {
		return err
	}
	to := map[string]string{Open: content.Draft, InReview: content.InReview, Approved: content.Approved}[state]
	if to == "" || d.Revision == "" {
		return nil
	}
	return a.content.SetState(tx, d.Revision, to)
}
