package reflections

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"strings"

	"alongside/hooks/vault"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// A voice is one place at which the viewer may speak now.
type voice struct {
	on    stand
	under string                              // that the sound is sealed with
	page  VoicePage                           // of the place, without what is kept there
	with  func(form url.Values) (also, error) // seals what else is stored with a recording
	gone  func(tx core.App) error             // what else is done where it is deleted
}

// also is what a recording needs beside it, in its transaction.
type also func(tx core.App) error

// A finder finds the place that an address names; web.ErrNotFound for everybody
// whose it is not.
type finder func(e *core.RequestEvent) (*voice, error)

// find finds it, and where its page leads on.
func (f finder) find(e *core.RequestEvent) (*voice, error) {
	v, err := f(e)
	if errors.Is(err, vault.ErrNoKey) || errors.Is(err, vault.ErrTampered) || errors.Is(err, ErrShut) {
		return nil, errNotNow
	}
	if err == nil {
		v.page.On = web.LocalOr(e.Request.URL.Query().Get("back"), "")
	}
	return v, err
}

// ofMine is a reflection of the viewer's own.
func (r *Room) ofMine(e *core.RequestEvent) (*voice, error) {
	ctx, viewer, id := e.Request.Context(), web.Current(e), e.Request.PathValue("reflection")
	var row Stored
	err := r.app.ConcurrentDB().NewQuery(`SELECT module, activity, revision, state, sealed, updated FROM reflections
		WHERE id = {:id} AND user = {:user} AND state IN ('draft', 'kept', 'shared')`).
		Bind(dbx.Params{"id": id, "user": viewer.ID}).WithContext(ctx).One(&row)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, web.ErrNotFound
	}
	if err != nil {
		return nil, fmt.Errorf("find reflection %s: %w", id, err)
	}
	outline, asked, err := r.content.Asked(ctx, row.Revision, row.Activity)
	if err != nil {
		return nil, err
	}
	about := Asked{Lang: outline.Lang, Text: asked.Text}
	for _, prompt := range asked.Items {
		about.Prompts = append(about.Prompts, prompt.Text)
	}
	return &voice{
		on: standOfReflection(viewer.ID, id), under: viewer.Under(),
		page: VoicePage{Place: "/reflections/" + id + "/voice", Back: "/reflections/" + id, Asked: about},
		with: func(url.Values) (also, error) {
			return func(tx core.App) error { return r.nowSpoken(tx, viewer, id, "voice") }, nil
		},
		gone: func(tx core.App) error { return r.nowSpoken(tx, viewer, id, "") },
	}, nil
}

// nowSpoken says of a reflection how it was given. What was spoken is kept, and not
// a draft any more.
func (r *Room) nowSpoken(tx core.App, viewer *web.Viewer, id, how string) error {
	done, err := web.Changes(tx, `UPDATE reflections SET how = {:how}, updated = {:now}, state = CASE WHEN state = 'draft' AND {:how} != '' THEN 'kept' ELSE state END
		WHERE id = {:id} AND user = {:user} AND state IN ('draft', 'kept', 'shared')`,
		dbx.Params{"id": id, "user": viewer.ID, "how": how, "now": moment(r.now())})
	if err != nil {
		return fmt.Errorf("note how a reflection was given: %w", err)
	}
	if !done {
		return web.ErrNotFound
	}
	return nil
}

// ofReader is the viewer's next reply in the thread of a share that they read.
func (r *Room) ofReader(e *core.RequestEvent) (*voice, error) {
	s, err := r.forReader(e.Request.Context(), web.Current(e), e.Request.PathValue("share"))
	if err != nil {
		return nil, err
	}
	return r.inThread(e, s, "/facilitate/shares/"+s.ID)
}

// ofLearner is the viewer's next reply in a thread of theirs.
func (r *Room) ofLearner(e *core.RequestEvent) (*voice, error) {
	s, err := r.mine(e.Request.Context(), web.Current(e).ID, e.Request.PathValue("share"))
	if err != nil {
		return nil, err
	}
	if s.Reflection != e.Request.PathValue("reflection") {
		return nil, web.ErrNotFound
	}
	return r.inThread(e, s, "/reflections/"+s.Reflection+"/threads/"+s.ID)
}

// inThread is the next reply in a thread. It shows and tells nothing of what the
// thread is about; that stands on the thread's own page.
func (r *Room) inThread(e *core.RequestEvent, s Share, thread string) (*voice, error) {
	ctx, viewer := e.Request.Context(), web.Current(e)
	if s.Withdrawn != "" {
		return nil, web.ErrNotFound
	}
	about, err := s.open(r.app, r.vault)
	if err != nil {
		return nil, err
	}
	if viewer.ID == s.Learner && !viewer.Opens(about.Under) {
		return nil, ErrShut
	}
	id, err := r.nextReply(ctx, s, viewer.ID)
	if err != nil {
		return nil, err
	}
	return &voice{
		on: s.spokenReply(id, viewer.ID), under: about.Under,
		page: VoicePage{Place: thread + "/voice", Back: thread, Reply: true},
		with: func(form url.Values) (also, error) { return r.draftBeside(ctx, viewer, s, id, form) },
		gone: func(core.App) error { return nil },
	}, nil
}

// draftBeside makes the draft that a spoken reply hangs on. What was typed to it
// stays as it is, unless the form brings it.
func (r *Room) draftBeside(ctx context.Context, viewer *web.Viewer, s Share, id string, form url.Values) (also, error) {
	draft, err := r.draftOf(ctx, viewer, s)
	if err != nil {
		return nil, err
	}
	var l letter
	if draft != nil {
		l.Text, l.By = draft.Text, draft.by
	}
	if form.Has("reply") {
		l.Text = strings.TrimSpace(strings.ReplaceAll(form.Get("reply"), "\r\n", "\n"))
	}
	if len(l.Text) > MaxReply {
		return nil, web.ErrTooLarge
	}
	sealed, err := r.sealReply(s, id, viewer.ID, "draft", l)
	if err != nil {
		return nil, err
	}
	return func(tx core.App) error { return r.storeReply(tx, viewer, s, id, sealed, "draft", whatever) }, nil
}
