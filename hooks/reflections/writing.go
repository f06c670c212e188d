package reflections

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"alongside/hooks/vault"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// A Writing is what somebody typed to a thread, once it met the draft that is
// stored there: it may have been written on in another tab.
type Writing struct {
	Text string
	page string // that sent it, as its script calls it
	was  string // the stamp of the draft whose place it takes; "" where there is none, and whatever
}

// whatever is the stamp of whoever asks for none.
const whatever = "*"

// An OtherDraft says that something else is stored as somebody's draft than what
// their page showed, and that they have to say first what to keep.
type OtherDraft struct{ Text, Stamp string }

func (*OtherDraft) Error() string { return "the draft was written on in another place" }

// Meet lets what the viewer typed on a page meet their draft. It returns an
// *OtherDraft where they have to choose.
func (r *Room) Meet(ctx context.Context, viewer *web.Viewer, s Share, text string, tab web.Tab) (Writing, error) {
	w := Writing{Text: text, page: tab.Page}
	draft, err := r.draftOf(ctx, viewer, s)
	if err != nil || draft == nil {
		return w, err
	}
	w.was = Stamp(draft.Sealed)
	if draft.Text == "" || draft.Text == text {
		return w, nil
	}
	keep := tab.Keeps(w.was, draft.by)
	if keep == "" {
		return w, &OtherDraft{Text: draft.Text, Stamp: w.was}
	}
	w.Text = web.Keep(keep, draft.Text, text)
	return w, nil
}

// draftOf is what the viewer is writing to a thread; nil for nothing. It returns
// vault.ErrNoKey where that cannot be opened now, and ErrShut where it is closed for
// them: nothing may take its place then.
func (r *Room) draftOf(ctx context.Context, viewer *web.Viewer, s Share) (*Reply, error) {
	id, err := r.nextReply(ctx, s, viewer.ID)
	if err != nil {
		return nil, err
	}
	var draft Reply
	err = r.app.ConcurrentDB().NewQuery("SELECT " + columnsOfReply + " FROM replies r WHERE r.id = {:id} AND r.writer = {:viewer} AND r.state = 'draft'").
		Bind(dbx.Params{"id": id, "viewer": viewer.ID}).WithContext(ctx).One(&draft)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read draft: %w", err)
	}
	if err := r.openReply(viewer, s, &draft); err != nil {
		return nil, err
	}
	switch draft.Lock {
	case NotNow:
		return nil, vault.ErrNoKey
	case Shut:
		return nil, ErrShut
	}
	return &draft, nil
}

// SaveWriting keeps it as the viewer's draft, and gives the stamp of that; "" where
// nothing is left of it.
func (r *Room) SaveWriting(ctx context.Context, viewer *web.Viewer, s Share, w Writing) (stamp string, err error) {
	if w.Text == "" {
		left, err := r.LetDraftGo(ctx, viewer, s)
		if err != nil || !left {
			return "", err
		}
	}
	if s.Withdrawn != "" {
		return "", ErrNotThere
	}
	id, err := r.nextReply(ctx, s, viewer.ID)
	if err != nil {
		return "", err
	}
	sealed, err := r.sealReply(s, id, viewer.ID, "draft", letter{Text: w.Text, By: w.page})
	if err != nil {
		return "", err
	}
	err = r.app.RunInTransaction(func(tx core.App) error { return r.storeReply(tx, viewer, s, id, sealed, "draft", w.was) })
	return Stamp(sealed), err
}

// SendWriting is Send for what met the viewer's draft.
func (r *Room) SendWriting(ctx context.Context, viewer *web.Viewer, s Share, w Writing, talk bool) error {
	sent, err := r.sentBy(ctx, s, viewer.ID)
	if err != nil {
		return err
	}
	return r.sendAfter(ctx, viewer, s, sent, w, talk)
}
