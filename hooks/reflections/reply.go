package reflections

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"alongside/hooks/audit"
	"alongside/hooks/people"
	"alongside/hooks/vault"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// A Reply is one turn of a thread: of the reader, or of the learner.
type Reply struct {
	ID      string `db:"id"`
	Share   string `db:"share"`
	Writer  string `db:"writer"` // of users; leads nowhere once their account is erased
	State   string `db:"state"`  // draft or sent
	Sealed  string `db:"sealed"` // a letter
	Sent    string `db:"sent"`   // moments, as the database writes them
	Seen    string `db:"seen"`
	Updated string `db:"updated"`

	Text string `db:"-"` // once it was opened
	Lock Lock   `db:"-"`
	by   string // of a draft: the open page that sent it
}

const columnsOfReply = "r.id, r.share, r.writer, r.state, r.sealed, r.sent, r.seen, r.updated"

// A letter is what is sealed of a reply.
type letter struct {
	Text  string `json:"text"`
	By    string `json:"by,omitempty"`    // of a draft: the open page that sent it, as its script calls it
	Under string `json:"under,omitempty"` // that of what the thread is about: whoever may not read that may not read this
}

// MaxReply bounds a reply, in bytes.
const MaxReply = 20_000

// ErrEmpty says that there is nothing to send.
var ErrEmpty = errors.New("nothing was written or said")

// placeOfReply binds a reply to its thread, to who wrote it, and to whether they
// sent it: a draft that was made a sent one by hand does not open.
func (s Share) placeOfReply(id, writer, state string) vault.Place {
	words := "draft of "
	if state == "sent" {
		words = "sent by "
	}
	return vault.Place{Collection: "replies", Row: id, Visibility: words + writer + " in thread of " + s.ID}
}

// draftID is the id of the reply that somebody is writing, or of the next one: it
// is made from how many they have sent, so that two tabs meet in one row.
func draftID(share, writer string, sent int) string {
	return RowID(share, writer, fmt.Sprint("reply ", sent))
}

// SaveDraft keeps what the viewer has written to a thread so far, and says under
// which id.
func (r *Room) SaveDraft(ctx context.Context, viewer *web.Viewer, s Share, text string) (id string, err error) {
	if s.Withdrawn != "" {
		return "", ErrNotThere
	}
	id, err = r.nextReply(ctx, s, viewer.ID)
	if err != nil {
		return "", err
	}
	sealed, err := r.sealReply(s, id, viewer.ID, "draft", letter{Text: text})
	if err != nil {
		return "", err
	}
	return id, r.app.RunInTransaction(func(tx core.App) error { return r.storeReply(tx, viewer, s, id, sealed, "draft", whatever) })
}

// Send sends what the viewer wrote to a thread: it is the other's turn. talk says
// that the reader would like to talk. A recording that stands at the draft goes
// with it.
func (r *Room) Send(ctx context.Context, viewer *web.Viewer, s Share, text string, talk bool) error {
	sent, err := r.sentBy(ctx, s, viewer.ID)
	if err != nil {
		return err
	}
	return r.sendAfter(ctx, viewer, s, sent, Writing{Text: text, was: whatever}, talk)
}

// sendAfter is Send for who had sent so many when they pressed: it returns
// ErrNotThere where they have sent another since, so a press that comes twice
// sends once.
func (r *Room) sendAfter(ctx context.Context, viewer *web.Viewer, s Share, sent int, w Writing, talk bool) error {
	if s.Withdrawn != "" {
		return ErrNotThere
	}
	id := draftID(s.ID, viewer.ID, sent)
	promised, err := r.promisedNow(ctx, viewer, s)
	if err != nil {
		return err
	}
	if w.Text == "" && !r.isSpoken(ctx, id) {
		return ErrEmpty
	}
	sealed, err := r.sealReply(s, id, viewer.ID, "sent", letter{Text: w.Text})
	if err != nil {
		return err
	}
	return r.app.RunInTransaction(func(tx core.App) error {
		if err := r.storeReply(tx, viewer, s, id, sealed, "sent", w.was); err != nil {
			return err
		}
		if err := r.turn(tx, viewer, s, talk, promised); err != nil {
			return err
		}
		return r.audit.Record(tx, audit.Act{Kind: audit.ReplySent, Actor: viewer.ID, Subject: s.Learner, Item: s.ID, Programme: s.Programme})
	})
}

// isSpoken reports whether a recording stands at a reply.
func (r *Room) isSpoken(ctx context.Context, reply string) (yes bool) {
	err := r.app.ConcurrentDB().NewQuery("SELECT EXISTS (SELECT 1 FROM recordings WHERE reply = {:reply})").
		Bind(dbx.Params{"reply": reply}).WithContext(ctx).Row(&yes)
	return err == nil && yes
}

// nextReply is the id of what somebody writes to a thread now.
func (r *Room) nextReply(ctx context.Context, s Share, writer string) (string, error) {
	sent, err := r.sentBy(ctx, s, writer)
	return draftID(s.ID, writer, sent), err
}

// sentBy counts what somebody has sent in a thread.
func (r *Room) sentBy(ctx context.Context, s Share, writer string) (sent int, err error) {
	err = r.app.ConcurrentDB().NewQuery("SELECT COUNT(*) FROM replies WHERE share = {:share} AND writer = {:writer} AND state = 'sent'").
		Bind(dbx.Params{"share": s.ID, "writer": writer}).WithContext(ctx).Row(&sent)
	if err != nil {
		return 0, fmt.Errorf("count replies: %w", err)
	}
	return sent, nil
}

// sealReply closes a reply under the learner's key, and under what the thread is
// about is: whoever may not read the one may not read the other.
func (r *Room) sealReply(s Share, id, writer, state string, l letter) (string, error) {
	about, err := s.open(r.app, r.vault)
	if err != nil {
		return "", fmt.Errorf("reply: %w", err)
	}
	l.Under = about.Under
	closed, err := json.Marshal(l)
	if err != nil {
		return "", err
	}
	return r.vault.Seal(r.app, s.Learner, s.placeOfReply(id, writer, state), closed)
}

var replySQL = `INSERT INTO replies (id, share, writer, state, sealed, sent, seen, created, updated)
	SELECT {:id}, s.id, {:writer}, {:state}, {:sealed}, {:sent}, '', {:now}, {:now} FROM shares s WHERE s.id = {:share} AND s.withdrawn = '' AND s.mac = {:mac}
		AND ` + people.Answers("s.learner", "s.reader", "s.role", "s.programme") + `
	ON CONFLICT (id) DO UPDATE SET state = excluded.state, sealed = excluded.sealed, sent = excluded.sent, updated = excluded.updated
		WHERE replies.state = 'draft' AND ({:was} = '` + whatever + `' OR substr(replies.sealed, -{:length}) = {:was})`

// storeReply writes a draft or sends it, over the draft that has the stamp was. It
// returns ErrNotThere where the share was taken back meanwhile, or its reader is not
// theirs any more, or the reply was sent or written from another tab.
func (r *Room) storeReply(tx core.App, viewer *web.Viewer, s Share, id, sealed, state, was string) error {
	now, sent := moment(r.now()), ""
	if state == "sent" {
		sent = now
	}
	done, err := web.Changes(tx, replySQL, dbx.Params{
		"id": id, "writer": viewer.ID, "state": state, "sealed": sealed, "sent": sent, "now": now, "share": s.ID, "mac": s.MAC,
		"was": was, "length": stampLength, "policyNow": people.Before(r.now()),
	})
	if err == nil && !done {
		return ErrNotThere
	}
	return err
}

// turn says whose turn it is after a reply: of the reader, who has a new day by
// which the learner may expect an answer, or of the learner.
func (r *Room) turn(tx core.App, viewer *web.Viewer, s Share, talk bool, promised string) error {
	set := "waits = '', answered = {:now}, talk = {:talk}"
	params := dbx.Params{"id": s.ID, "now": moment(r.now()), "talk": talk}
	if viewer.ID == s.Learner {
		set = "promised = CASE WHEN waits = '' THEN {:promised} ELSE promised END, waits = CASE WHEN waits = '' THEN {:now} ELSE waits END, talk = {:talk}"
		params["talk"], params["promised"] = false, promised
	}
	return web.Exec(tx, "UPDATE shares SET "+set+", updated = {:now} WHERE id = {:id}", params)
}

// promisedNow is by when the reader will answer what the learner sends now; "" for
// what the reader sends.
func (r *Room) promisedNow(ctx context.Context, viewer *web.Viewer, s Share) (string, error) {
	if viewer.ID != s.Learner {
		return "", nil
	}
	readers, err := r.readersFor(ctx, viewer, "")
	if err != nil {
		return "", err
	}
	for _, one := range readers {
		if one.ID == s.Reader {
			return moment(one.promised), nil
		}
	}
	return s.Promised, nil // storeReply refuses
}

// showsTo is the condition that the viewer may see the reply r of the share s: once
// it was sent, and until then who writes it. What the learner had sent before they
// took the share back stays theirs alone when they share it again.
const showsTo = `(r.state = 'sent' OR r.writer = {:viewer}) AND (s.learner = {:viewer} OR r.writer != s.learner OR r.sent >= s.created)`

// Thread reads what was sent to and fro, and the viewer's own draft last, for one
// of the two. Where the share was changed by hand, nothing of it opens for somebody
// who says that they are its reader.
func (r *Room) Thread(ctx context.Context, viewer *web.Viewer, s Share) (sent []Reply, draft *Reply, err error) {
	var rows []Reply
	err = r.app.ConcurrentDB().NewQuery(`SELECT ` + columnsOfReply + ` FROM replies r JOIN shares s ON s.id = r.share
		WHERE r.share = {:share} AND ` + showsTo + ` ORDER BY r.sent = '', r.sent, r.id LIMIT 1000`).
		Bind(dbx.Params{"share": s.ID, "viewer": viewer.ID}).WithContext(ctx).All(&rows)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return nil, nil, fmt.Errorf("read thread: %w", err)
	}
	closed := viewer.ID != s.Learner && !s.isTrue(r.vault)
	for i := range rows {
		if closed {
			rows[i].Lock = NotNow
		} else if err := r.openReply(viewer, s, &rows[i]); err != nil {
			return nil, nil, err
		}
		if rows[i].State == "draft" {
			draft = &rows[i]
			continue
		}
		sent = append(sent, rows[i])
	}
	return sent, draft, nil
}

// Saw notes what the viewer has seen, of the replies that a page shows them: those
// of the other that are open.
func (r *Room) Saw(viewer *web.Viewer, shown []Reply) error {
	var ids []string
	for _, one := range shown {
		if one.Writer != viewer.ID && one.Seen == "" && one.Lock == Unlocked {
			ids = append(ids, one.ID)
		}
	}
	if len(ids) == 0 {
		return nil
	}
	list, err := json.Marshal(ids)
	if err != nil {
		return err
	}
	return web.Exec(r.app, "UPDATE replies SET seen = {:now} WHERE id IN (SELECT value FROM json_each({:ids})) AND state = 'sent' AND seen = ''",
		dbx.Params{"ids": string(list), "now": moment(r.now())})
}

// openReply opens a reply for the learner or the reader of its thread.
func (r *Room) openReply(viewer *web.Viewer, s Share, reply *Reply) error {
	text, err := r.vault.Open(r.app, s.Learner, s.placeOfReply(reply.ID, reply.Writer, reply.State), reply.Sealed)
	if errors.Is(err, vault.ErrNoKey) || errors.Is(err, vault.ErrTampered) {
		reply.Lock = NotNow
		return nil
	}
	if err != nil {
		return err
	}
	var l letter
	if err := json.Unmarshal(text, &l); err != nil {
		return err
	}
	if viewer.ID == s.Learner && !viewer.Opens(l.Under) {
		reply.Lock = Shut
		return nil
	}
	reply.Text, reply.by = l.Text, l.By
	return nil
}
