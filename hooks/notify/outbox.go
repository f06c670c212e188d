package notify

import (
	"fmt"
	"time"

	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"
)

// A kind of mail. Its words stand under "mail-kind.".
type kind string

const (
	digest kind = "digest" // what waits, once a day at most
	urgent kind = "urgent" // somebody has to look now
)

// States of a row.
const (
	waiting = "waiting"
	sent    = "sent"
	stuck   = "stuck"   // it was tried for as long as it is worth
	dropped = "dropped" // nothing was left to say, or nobody to say it to
)

const putSQL = `INSERT INTO outbox (id, person, kind, once, state, due, tries, trouble, sent, created, updated)
	VALUES ({:id}, {:person}, {:kind}, {:once}, 'waiting', {:due}, 0, '', '', {:now}, {:now})
	ON CONFLICT (once) DO NOTHING`

// put lays a mail into the outbox, in the transaction of what it is about. What
// has the same once is one mail, however often it is put.
func (p *Post) put(tx core.App, of kind, person, once string, due time.Time) error {
	now := p.now()
	put, err := web.Changes(tx, putSQL, dbx.Params{
		"id": web.NewRowID(now), "person": person, "kind": string(of), "once": string(of) + "/" + person + "/" + once,
		"due": moment(due), "now": moment(now),
	})
	if err != nil {
		return fmt.Errorf("put %s for %s into the outbox: %w", of, person, err)
	}
	if put {
		p.wakeAfter(tx)
	}
	return nil
}

// wakeAfter lets whoever sends look once the transaction is on disk.
func (p *Post) wakeAfter(tx core.App) {
	wake := func() {
		select {
		case p.wake <- struct{}{}:
		default: // it will look anyway
		}
	}
	if info := tx.TxInfo(); info != nil {
		info.OnComplete(func(failed error) error {
			if failed == nil {
				wake()
			}
			return nil
		})
		return
	}
	wake()
}

// read is a moment that the database wrote.
func read(stored string) time.Time {
	at, _ := types.ParseDateTime(stored)
	return at.Time()
}

// moment is a time as the database writes it.
func moment(t time.Time) string {
	written, _ := types.ParseDateTime(t) // of a time.Time it cannot fail
	return written.String()
}
