package reflections

import (
	"context"
	"errors"
	"fmt"
	"time"

	"alongside/hooks/people"
	"alongside/hooks/vault"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// KnownTo is the condition that the viewer may know of the share s: they may read it
// now, or it was taken back from them while they still are to the learner what they
// were. Who is not any more learns nothing of what the learner does.
func KnownTo(v *web.Viewer, now time.Time) (string, dbx.Params) {
	mine, params := sharedWith(v)
	params["policyNow"] = people.Before(now)
	return "(" + mine + " AND " + people.Answers("s.learner", "s.reader", "s.role", "s.programme") + ")", params
}

// Find finds a share of which its reader may know, and opens nothing of it: for
// what they do with it once it was opened, such as writing back. It returns
// web.ErrNotFound for everybody else.
func (r *Room) Find(ctx context.Context, viewer *web.Viewer, id string) (Share, error) {
	return r.forReader(ctx, viewer, id)
}

// Give shares what is shown with one person, whatever page or program asked for
// it. Whether the learner may share with them is asked before.
func (r *Room) Give(learner *web.Viewer, reflection string, to people.Answerer, shown Shown, promised time.Time) error {
	s, err := r.prepareShare(learner, reflection, to, shown, promised)
	if err != nil {
		return err
	}
	return r.app.RunInTransaction(func(tx core.App) error { return r.storeShare(tx, s) })
}

// CannotKeep reports whether nothing could be kept private: the key is missing, or
// what it hangs on was changed by hand. Nothing was written then.
func CannotKeep(err error) bool {
	return errors.Is(err, vault.ErrNoKey) || errors.Is(err, vault.ErrTampered)
}

// LetDraftGo lets go of what the viewer was writing under a share, unless something
// was said there: then it reports that a draft is left.
func (r *Room) LetDraftGo(ctx context.Context, viewer *web.Viewer, s Share) (left bool, err error) {
	params := dbx.Params{"share": s.ID, "viewer": viewer.ID}
	err = web.Exec(r.app, `DELETE FROM replies WHERE share = {:share} AND writer = {:viewer} AND state = 'draft'
		AND NOT EXISTS (SELECT 1 FROM recordings o WHERE o.reply = replies.id)`, params)
	if err == nil {
		err = r.app.ConcurrentDB().NewQuery("SELECT EXISTS (SELECT 1 FROM replies WHERE share = {:share} AND writer = {:viewer} AND state = 'draft')").
			Bind(params).WithContext(ctx).Row(&left)
	}
	if err != nil {
		return false, fmt.Errorf("let a draft go: %w", err)
	}
	return left, nil
}
