package reflections

import (
	"context"
	"errors"
	"fmt"
	"time"

	"alongside/hooks/audit"
	"alongside/hooks/people"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"
)

// ErrNotThere says that a share is not there, or not any more as its page showed it.
var ErrNotThere = errors.New("nothing is shared there")

// A sharing is one reader's share as it is about to be stored: sealed and signed,
// outside of any transaction.
type sharing struct {
	Share
	was    string // MAC of the row whose place it takes; "" for none
	stamp  string // of the reflection that it is made from; "" where nobody looked
	spoken string // id of the recording of which copied is one; "" for none
	copied *take  // what they will hear; whoever prepares it defers dropTake
}

// prepareShare seals what a reader will see from now on. A share that was there
// is renewed: the thread goes on.
func (r *Room) prepareShare(learner *web.Viewer, reflection string, to people.Answerer, shown Shown, promised time.Time) (sharing, error) {
	s := sharing{Share: Share{
		ID: ShareID(reflection, to.ID), Reflection: reflection, Learner: learner.ID, Reader: to.ID, Role: to.Role, Programme: to.Programme,
		Shared: moment(r.now()), Promised: moment(promised),
	}}
	err := r.app.ConcurrentDB().NewQuery("SELECT COALESCE((SELECT mac FROM shares WHERE id = {:id}), '')").Bind(dbx.Params{"id": s.ID}).Row(&s.was)
	if err != nil {
		return sharing{}, fmt.Errorf("share: %w", err)
	}
	shown.Under = learner.Under()
	if s.Sealed, err = s.seal(r.app, r.vault, shown); err != nil {
		return sharing{}, fmt.Errorf("share: %w", err)
	}
	s.sign(r.vault)
	if s.spoken = shown.Spoken; s.spoken != "" {
		s.copied, err = r.prepareCopy(context.Background(), learner, s.Share)
	}
	return s, err
}

// shareSQL makes the share, or gives it anew: it is the reader's turn again. What
// waits for them already has waited since then. It asks in the same moment whether
// the reflection still is as the learner saw it, and the reader still there.
var shareSQL = `INSERT INTO shares (id, reflection, learner, reader, role, programme, sealed, shared, promised, seen, answered, waits, withdrawn, talk, mac, created, updated)
	SELECT {:id}, f.id, f.user, {:reader}, {:role}, {:programme}, {:sealed}, {:shared}, {:promised}, '', '', {:shared}, '', FALSE, {:mac}, {:shared}, {:shared}
	FROM reflections f WHERE f.id = {:reflection} AND f.user = {:learner} AND f.state IN ('draft', 'kept', 'shared')
		AND ({:stamp} = '' OR substr(f.sealed, -{:length}) = {:stamp})
		AND ({:was} = '' OR EXISTS (SELECT 1 FROM shares o WHERE o.id = {:id}))
		AND ({:spoken} = '' OR EXISTS (SELECT 1 FROM recordings c WHERE c.id = {:spoken} AND c.reflection = f.id))
		AND ` + people.Answers("{:learner}", "{:reader}", "{:role}", "{:programme}") + `
	ON CONFLICT (id) DO UPDATE SET role = excluded.role, programme = excluded.programme, sealed = excluded.sealed, shared = excluded.shared,
		promised = excluded.promised, seen = '', waits = CASE WHEN waits = '' THEN excluded.shared ELSE waits END, talk = FALSE,
		created = CASE WHEN withdrawn = '' THEN created ELSE excluded.shared END, withdrawn = '', mac = excluded.mac, updated = excluded.shared
		WHERE shares.mac = {:was}`

// storeShare writes a prepared share, in a transaction, with the act. It returns
// ErrNotThere where anything is not any more as it was prepared for.
func (r *Room) storeShare(tx core.App, s sharing) error {
	if err := r.keepHeld(tx, s); err != nil {
		return err
	}
	done, err := web.Changes(tx, shareSQL, dbx.Params{
		"id": s.ID, "reflection": s.Reflection, "learner": s.Learner, "reader": s.Reader, "role": string(s.Role), "programme": s.Programme,
		"sealed": s.Sealed, "shared": s.Shared, "promised": s.Promised, "mac": s.MAC, "was": s.was,
		"stamp": s.stamp, "length": stampLength, "spoken": s.spoken, "policyNow": people.Before(r.now()),
	})
	if err != nil {
		return fmt.Errorf("store share: %w", err)
	}
	if !done {
		return ErrNotThere
	}
	if err := r.storeCopy(tx, s.Share, s.copied); err != nil {
		return err
	}
	if err := r.settleState(tx, s.Reflection); err != nil {
		return err
	}
	return r.audit.Record(tx, audit.Act{
		Kind: audit.ReflectionShared, Actor: s.Learner, Subject: s.Learner, Item: s.ID, Programme: s.Programme, Detail: s.Reader,
	})
}

// settleSQL lets a reflection say whether somebody else may read something of it.
const settleSQL = `UPDATE reflections SET state = CASE
	WHEN EXISTS (SELECT 1 FROM shares s WHERE s.reflection = reflections.id AND s.withdrawn = '') THEN 'shared' ELSE 'kept' END
	WHERE id = {:reflection} AND state IN ('draft', 'kept', 'shared')`

func (r *Room) settleState(tx core.App, reflection string) error {
	if err := web.Exec(tx, settleSQL, dbx.Params{"reflection": reflection}); err != nil {
		return fmt.Errorf("settle reflection: %w", err)
	}
	return nil
}

// withdrawSQL hides a share at once. What the reader saw goes too, unless the
// learner is on hold (DESIGN §3, promise 6).
const withdrawSQL = `UPDATE shares SET withdrawn = {:now}, waits = '', talk = FALSE, mac = {:mac}, updated = {:now},
	sealed = CASE WHEN learner IN (` + audit.OnHold + `) THEN sealed ELSE '' END
	WHERE id = {:id} AND withdrawn = '' AND mac = {:was}`

// withdraw takes a share back from its reader, in a transaction. It returns
// ErrNotThere where that was done already, or it was shared anew meanwhile.
func (r *Room) withdraw(tx core.App, s Share) error {
	was := s.MAC
	s.Withdrawn = moment(r.now())
	s.sign(r.vault)
	done, err := web.Changes(tx, withdrawSQL, dbx.Params{"id": s.ID, "now": s.Withdrawn, "mac": s.MAC, "was": was})
	if err != nil {
		return fmt.Errorf("withdraw share: %w", err)
	}
	if !done {
		return ErrNotThere
	}
	if err := r.withdrawCopy(tx, s); err != nil {
		return err
	}
	if err := r.settleState(tx, s.Reflection); err != nil {
		return err
	}
	return r.audit.Record(tx, audit.Act{
		Kind: audit.ReflectionWithdrawn, Actor: s.Learner, Subject: s.Learner, Item: s.ID, Programme: s.Programme, Detail: s.Reader,
	})
}

// moment is a time as the database writes it.
func moment(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(types.DefaultDateLayout)
}
