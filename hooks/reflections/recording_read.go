package reflections

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"alongside/hooks/audit"
	"alongside/hooks/vault"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// errNotNow is said where a recording is there and cannot be opened.
var errNotNow = &web.Fault{Status: 503, Key: "sealed"}

// hear gives the sound to whoever may hear it now. That somebody whom it was shared
// with hears it is on disk before a byte of it is read (DESIGN §3, promise 5);
// goesOn says that a browser asks for a further part of what it began to fetch.
// It returns web.ErrNotFound alike for everybody else.
func (r *Room) hear(ctx context.Context, viewer *web.Viewer, id string, goesOn bool) (sound, error) {
	row, err := r.findRecording(ctx, id)
	if err != nil {
		return sound{}, err
	}
	on, s, err := r.mayHear(ctx, viewer, row)
	if err != nil {
		return sound{}, err
	}
	if s != nil && on.speaker != viewer.ID { // the row may say anything of who speaks
		if err := r.recordHearing(ctx, viewer, s, row.ID, goesOn); err != nil {
			return sound{}, err
		}
	}
	said, err := r.openRecording(on, row)
	if errors.Is(err, vault.ErrNoKey) || errors.Is(err, vault.ErrTampered) {
		return sound{}, errNotNow
	}
	if err == nil && viewer.ID == on.owner && !viewer.Opens(said.Under) {
		return sound{}, web.ErrNotFound // its page says that it is closed, and how it opens
	}
	return said, err
}

func (r *Room) findRecording(ctx context.Context, id string) (row Recording, err error) {
	err = r.app.ConcurrentDB().NewQuery("SELECT " + columnsOfRecording + " FROM recordings WHERE id = {:id}").
		Bind(dbx.Params{"id": id}).WithContext(ctx).One(&row)
	if errors.Is(err, sql.ErrNoRows) {
		return row, web.ErrNotFound
	}
	if err != nil {
		return row, fmt.Errorf("find recording %s: %w", id, err)
	}
	return row, nil
}

// mayHear says where a recording stands for somebody who may hear it; with the
// share by which they may, where they are its reader.
func (r *Room) mayHear(ctx context.Context, viewer *web.Viewer, row Recording) (stand, *hearing, error) {
	switch {
	case row.Reflection != "":
		if row.Owner != viewer.ID {
			return stand{}, nil, web.ErrNotFound
		}
		return standOfReflection(viewer.ID, row.Reflection), nil, nil
	case row.Share != "":
		s, reads, err := r.ofEither(ctx, viewer, row.Share)
		if err != nil {
			return stand{}, nil, err
		}
		return s.spoken(), reads, nil
	default:
		return r.mayHearReply(ctx, viewer, row.Reply)
	}
}

// mayHearReply is for both ends of a thread once a reply was sent, and until then
// for whoever says it. Who that is, and whether it was sent, stands in the letter.
func (r *Room) mayHearReply(ctx context.Context, viewer *web.Viewer, id string) (stand, *hearing, error) {
	var reply Reply
	err := r.app.ConcurrentDB().NewQuery("SELECT " + columnsOfReply + " FROM replies r JOIN shares s ON s.id = r.share WHERE r.id = {:id} AND " + showsTo).
		Bind(dbx.Params{"id": id, "viewer": viewer.ID}).WithContext(ctx).One(&reply)
	if errors.Is(err, sql.ErrNoRows) {
		return stand{}, nil, web.ErrNotFound
	}
	if err != nil {
		return stand{}, nil, fmt.Errorf("find reply %s: %w", id, err)
	}
	s, reads, err := r.ofEither(ctx, viewer, reply.Share)
	if err != nil {
		return stand{}, nil, err
	}
	if err := r.openReply(viewer, s, &reply); err != nil {
		return stand{}, nil, err
	}
	if reply.Lock == NotNow {
		return stand{}, nil, errNotNow
	}
	return s.spokenReply(id, reply.Writer), reads, nil
}

// A hearing is of a share, and what it is on record as.
type hearing struct {
	Share
	as audit.Kind
}

// sets is what else a hearing by somebody does to the row of the share: by its
// reader it counts as seen.
func (h hearing) sets() string {
	if h.as == audit.ReflectionHeard {
		return "seen = CASE WHEN seen = '' THEN {:now} ELSE seen END"
	}
	return "updated = updated"
}

// ofEither finds a share for the learner whose it is, or for its reader while they
// may read it; then with how their hearing is put on record. For a concern it is
// open to whoever answers for that.
func (r *Room) ofEither(ctx context.Context, viewer *web.Viewer, id string) (s Share, reads *hearing, err error) {
	s, err = r.mine(ctx, viewer.ID, id)
	if err == nil || !errors.Is(err, web.ErrNotFound) {
		return s, nil, err
	}
	as := audit.ReflectionHeard
	s, err = r.forReader(ctx, viewer, id)
	if errors.Is(err, web.ErrNotFound) {
		as = audit.ConcernShareHeard
		s, err = r.forLead(ctx, viewer, id)
	}
	if err == nil && s.Withdrawn != "" {
		err = web.ErrNotFound
	}
	if err == nil && !s.isTrue(r.vault) {
		err = errNotNow
	}
	return s, &hearing{s, as}, err
}

// sameHearing is for how long a browser that fetches a recording in parts is
// still at the same hearing.
const sameHearing = time.Minute

// recordHearing writes down that somebody hears what was said to another. Like
// recordOpening it asks once more whether it is still shared.
func (r *Room) recordHearing(ctx context.Context, viewer *web.Viewer, s *hearing, recording string, goesOn bool) error {
	if goesOn {
		yes, err := r.justHeard(ctx, viewer, s.as, recording)
		if err != nil || yes {
			return err
		}
	}
	return r.app.RunInTransaction(func(tx core.App) error {
		still, err := web.Changes(tx, "UPDATE shares SET "+s.sets()+" WHERE id = {:id} AND withdrawn = '' AND mac = {:mac}",
			dbx.Params{"id": s.ID, "now": moment(r.now()), "mac": s.MAC})
		if err != nil {
			return fmt.Errorf("hear recording: %w", err)
		}
		if !still {
			return web.ErrNotFound
		}
		return r.audit.Record(tx, audit.Act{
			Kind: s.as, Actor: viewer.ID, Subject: s.Learner, Item: s.ID, Programme: s.Programme, Detail: recording,
		})
	})
}

// justHeardSQL goes by the moment: + keeps SQLite from reading all that somebody
// ever did.
const justHeardSQL = `SELECT EXISTS (SELECT 1 FROM audit WHERE at >= {:since} AND at <= {:now} AND +actor = {:viewer} AND kind = {:kind} AND detail = {:recording})`

func (r *Room) justHeard(ctx context.Context, viewer *web.Viewer, as audit.Kind, recording string) (yes bool, err error) {
	err = r.app.ConcurrentDB().NewQuery(justHeardSQL).Bind(dbx.Params{
		"since": moment(r.now().Add(-sameHearing)), "now": moment(r.now()), "viewer": viewer.ID, "kind": string(as), "recording": recording,
	}).WithContext(ctx).Row(&yes)
	if err != nil {
		return false, fmt.Errorf("look for a hearing: %w", err)
	}
	return yes, nil
}

// heard is a recording as the page of its viewer offers it.
func (r *Room) heard(viewer *web.Viewer, row Recording, who string) Heard {
	h := Heard{ID: row.ID, Seconds: row.Seconds, Bytes: row.Bytes, At: row.Created, Who: who}
	if row.Maker == viewer.ID {
		h.Who = ""
	}
	return h
}

// Spoken are the recordings of what a page shows, by what they hang on: a share,
// and each reply that was sent in it or that the viewer drafts. who is what the
// other end is called. The page has asked before whether the viewer may.
func (r *Room) Spoken(ctx context.Context, viewer *web.Viewer, share, who string) (map[string]Heard, error) {
	var rows []Recording
	err := r.app.ConcurrentDB().NewQuery(`SELECT ` + columnsOfRecording + ` FROM recordings WHERE share = {:share}
		UNION ALL SELECT ` + columnsOfRecording + ` FROM recordings WHERE reply IN (SELECT r.id FROM replies r JOIN shares s ON s.id = r.share WHERE r.share = {:share} AND ` + showsTo + `)`).
		Bind(dbx.Params{"share": share, "viewer": viewer.ID}).WithContext(ctx).All(&rows)
	if err != nil {
		return nil, fmt.Errorf("find what was said: %w", err)
	}
	all := map[string]Heard{}
	for _, row := range rows {
		all[row.Share+row.Reply] = r.heard(viewer, row, who)
	}
	return all, nil
}

// SpokenBy are the recordings of a person's own reflections, by reflection, for
// that person's pages. A closed one says so when it is opened.
func (r *Room) SpokenBy(ctx context.Context, viewer *web.Viewer) (map[string]Heard, error) {
	var rows []Recording
	err := r.app.ConcurrentDB().NewQuery("SELECT " + columnsOfRecording + " FROM recordings WHERE owner = {:viewer} AND reflection != ''").
		Bind(dbx.Params{"viewer": viewer.ID}).WithContext(ctx).All(&rows)
	if err != nil {
		return nil, fmt.Errorf("find what was said: %w", err)
	}
	all := map[string]Heard{}
	for _, row := range rows {
		all[row.Reflection] = r.heard(viewer, row, "")
	}
	return all, nil
}

// SpokenTo is what a learner said to one of their reflections, nil for nothing; it
// says whether it opens now.
func (r *Room) SpokenTo(ctx context.Context, viewer *web.Viewer, reflection string) (*Heard, error) {
	return r.heardAt(ctx, viewer, standOfReflection(viewer.ID, reflection))
}

// othersHear reports whether somebody has a copy of what was said to a reflection.
func (r *Room) othersHear(ctx context.Context, reflection string) (yes bool, err error) {
	err = r.app.ConcurrentDB().NewQuery("SELECT EXISTS (SELECT 1 FROM shares s JOIN recordings c ON c.share = s.id WHERE s.reflection = {:id} AND s.withdrawn = '')").
		Bind(dbx.Params{"id": reflection}).WithContext(ctx).Row(&yes)
	if err != nil {
		return false, fmt.Errorf("who hears %s: %w", reflection, err)
	}
	return yes, nil
}

// heardAt opens what stands somewhere, to say whether it can be heard.
func (r *Room) heardAt(ctx context.Context, viewer *web.Viewer, on stand) (*Heard, error) {
	row, err := r.recordingAt(ctx, on)
	if err != nil || row == nil {
		return nil, err
	}
	h := r.heard(viewer, *row, "")
	said, err := r.openRecording(on, *row)
	switch {
	case errors.Is(err, vault.ErrNoKey) || errors.Is(err, vault.ErrTampered):
		h.Lock, err = NotNow, nil
	case err == nil && viewer.ID == on.owner && !viewer.Opens(said.Under):
		h.Lock = Shut
	}
	return &h, err
}
