package reflections

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"alongside/hooks/audit"
	"alongside/hooks/people"
	"alongside/hooks/vault"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// Readable is the condition that the viewer may read the share s now: it is
// theirs by name, it was not taken back, and they still are to the learner what
// they were. Its parameters have names of their own.
func Readable(v *web.Viewer, now time.Time) (string, dbx.Params) {
	known, params := KnownTo(v, now)
	return known + " AND s.withdrawn = ''", params
}

// sharedWith is the condition that the share s is, or was, the viewer's, in a
// role that they have now.
func sharedWith(v *web.Viewer) (string, dbx.Params) {
	params := dbx.Params{}
	var roles []string
	for i, g := range people.Grants(v, people.Shared) {
		if g.Of != people.Named {
			continue
		}
		role, programme := fmt.Sprintf("sharedRole%d", i), fmt.Sprintf("sharedProgramme%d", i)
		params[role], params[programme] = string(g.Role), g.Programme
		roles = append(roles, fmt.Sprintf("s.role = {:%s} AND s.programme = {:%s}", role, programme))
	}
	if len(roles) == 0 {
		return "0", params
	}
	params["sharedReader"] = v.ID
	return "s.reader = {:sharedReader} AND (" + strings.Join(roles, " OR ") + ")", params
}

// An Opened share is what its reader sees on its page.
type Opened struct {
	Share
	Shown Shown
	Lock  Lock // why it does not show: NotNow
}

// Open gives a share to its reader. That it was opened is on disk before any of
// it is read (DESIGN §3, promise 5): where that cannot be, it returns the error
// and shows nothing. It returns web.ErrNotFound for everybody whom it is not
// shared with, and of a withdrawn one only that it is.
func (r *Room) Open(ctx context.Context, viewer *web.Viewer, id string) (*Opened, error) {
	s, err := r.forReader(ctx, viewer, id)
	if err != nil || s.Withdrawn != "" {
		return &Opened{Share: s}, err
	}
	if err := r.recordOpening(&s, audit.ReflectionViewed); err != nil {
		return nil, err
	}
	opened := &Opened{Share: s}
	opened.Shown, err = s.open(r.app, r.vault)
	if errors.Is(err, vault.ErrNoKey) || errors.Is(err, vault.ErrTampered) {
		opened.Lock, err = NotNow, nil
	}
	return opened, err
}

// forReader finds a share that its reader may open, or that was taken back from
// them. It opens nothing.
func (r *Room) forReader(ctx context.Context, viewer *web.Viewer, id string) (s Share, err error) {
	known, params := KnownTo(viewer, r.now())
	params["id"] = id
	err = r.app.ConcurrentDB().NewQuery(`SELECT ` + columnsOfShare + ` FROM shares s WHERE s.id = {:id} AND ` + known).
		Bind(params).WithContext(ctx).One(&s)
	if errors.Is(err, sql.ErrNoRows) {
		return Share{}, web.ErrNotFound
	}
	if err != nil {
		return Share{}, fmt.Errorf("read share %s: %w", id, err)
	}
	return s, nil
}

// recordOpening writes down that the reader looks, and that they have seen it.
// It asks once more whether it is still shared: a learner may take it back in the
// same moment.
func (r *Room) recordOpening(s *Share, kind audit.Kind) error {
	now := moment(r.now())
	return r.app.RunInTransaction(func(tx core.App) error {
		still, err := web.Changes(tx, "UPDATE shares SET seen = CASE WHEN seen = '' THEN {:now} ELSE seen END WHERE id = {:id} AND withdrawn = '' AND mac = {:mac}",
			dbx.Params{"id": s.ID, "now": now, "mac": s.MAC})
		if err != nil {
			return fmt.Errorf("open share: %w", err)
		}
		if !still {
			return web.ErrNotFound
		}
		if s.Seen == "" {
			s.Seen = now
		}
		return r.audit.Record(tx, audit.Act{Kind: kind, Actor: s.Reader, Subject: s.Learner, Item: s.ID, Programme: s.Programme})
	})
}

// of reads the shares of one reflection of a learner, for the learner's own eyes.
func (r *Room) sharesOf(ctx context.Context, learner, reflection string) ([]Share, error) {
	var all []Share
	err := r.app.ConcurrentDB().NewQuery(`SELECT ` + columnsOfShare + ` FROM shares s WHERE s.learner = {:learner} AND s.reflection = {:reflection} ORDER BY s.created, s.id`).
		Bind(dbx.Params{"learner": learner, "reflection": reflection}).WithContext(ctx).All(&all)
	if err != nil {
		return nil, fmt.Errorf("read shares: %w", err)
	}
	return all, nil
}

// mine finds a share of the learner's own; web.ErrNotFound where it is not theirs.
func (r *Room) mine(ctx context.Context, learner, id string) (s Share, err error) {
	err = r.app.ConcurrentDB().NewQuery(`SELECT ` + columnsOfShare + ` FROM shares s WHERE s.id = {:id} AND s.learner = {:learner}`).
		Bind(dbx.Params{"id": id, "learner": learner}).WithContext(ctx).One(&s)
	if errors.Is(err, sql.ErrNoRows) {
		return Share{}, web.ErrNotFound
	}
	if err != nil {
		return Share{}, fmt.Errorf("read share %s: %w", id, err)
	}
	return s, nil
}
