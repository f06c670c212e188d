package notify

import (
	"context"
	"fmt"
	"time"

	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/tools/mailer"
)

// batch is how many mails are taken from the outbox at a time.
const batch = 20

// patience is how long one mail may take.
const patience = 15 * time.Second

// A row is one mail that waits.
type row struct {
	ID      string `db:"id"`
	Person  string `db:"person"`
	Kind    kind   `db:"kind"`
	Tries   int    `db:"tries"`
	Created string `db:"created"`
}

const dueSQL = `SELECT id, person, kind, tries, created FROM outbox WHERE state = 'waiting' AND due <= {:now}
	ORDER BY kind = 'urgent' DESC, due, id LIMIT {:most}`

// SendDue sends what is due, urgent mails first, one after the other. None of it
// is inside a transaction. A crash between a mail and the note that it went sends
// it once more; none is lost.
func (p *Post) SendDue(ctx context.Context) error {
	p.sending.Lock()
	defer p.sending.Unlock()
	round := &round{Post: p}
	for {
		rows, err := p.due(ctx)
		if err != nil || len(rows) == 0 || p.now().Before(p.rests) || !IsSetUp(p.app) {
			return err
		}
		for _, one := range rows {
			if err := round.deliver(ctx, one); err != nil {
				return err
			}
			if p.now().Before(p.rests) {
				return nil
			}
		}
	}
}

func (p *Post) due(ctx context.Context) (rows []row, err error) {
	err = p.app.ConcurrentDB().NewQuery(dueSQL).Bind(dbx.Params{"now": moment(p.now()), "most": batch}).WithContext(ctx).All(&rows)
	if err != nil {
		return nil, fmt.Errorf("read outbox: %w", err)
	}
	return rows, nil
}

// A round is one look at the outbox: what waits for whom is counted once in it.
type round struct {
	*Post
	counts map[string][]Count
}

// waiting is what waits for somebody now, whatever waited when the mail was made.
func (r *round) waiting(ctx context.Context, person string) ([]Count, error) {
	if r.counts == nil {
		all, err := r.waitingFor(ctx)
		if err != nil {
			return nil, err
		}
		r.counts = all
	}
	return r.counts[person], nil
}

// deliver sends one mail, and notes what became of it. Its error is never that of
// a mail server.
func (r *round) deliver(ctx context.Context, one row) error {
	to, err := r.people.Recipient(ctx, r.app, one.Person)
	if err != nil {
		return err
	}
	var counts []Count
	if one.Kind == digest {
		if until := to.quietUntil(r.now()); !until.IsZero() {
			return r.postpone(one, until)
		}
		if counts, err = r.leftToSay(ctx, to); err != nil {
			return err
		}
	}
	if to.Email == "" || one.Kind == digest && len(counts) == 0 || one.Kind == urgent && r.age(one) > worth {
		return r.drop(one)
	}
	message, err := r.message(ctx, one, to, counts)
	if err == nil {
		err = SendWithin(ctx, r.most, r.app.NewMailClient(), message)
	}
	switch {
	case err == nil:
		return r.markSent(one)
	case ctx.Err() != nil: // the server stops: it stays due
		return ctx.Err()
	default:
		return r.markFailed(one, troubleOf(err))
	}
}

// leftToSay is what a daily mail would say to somebody: nothing where they turned
// it off or had one today.
func (r *round) leftToSay(ctx context.Context, to Recipient) ([]Count, error) {
	if to.NoDigest || to.Email == "" {
		return nil, nil
	}
	had, err := r.hadOneToday(ctx, to.ID)
	if err != nil || had {
		return nil, err
	}
	return r.waiting(ctx, to.ID)
}

// SendWithin gives up waiting after a while, with context.DeadlineExceeded. What
// is on its way then may still arrive.
func SendWithin(ctx context.Context, most time.Duration, client mailer.Mailer, message *mailer.Message) error {
	ctx, cancel := context.WithTimeout(ctx, most)
	defer cancel()
	done := make(chan error, 1)
	go func() { done <- client.Send(message) }()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

// note changes one mail that still waits: a manager may have let it go meanwhile.
func (p *Post) note(one row, set string, params dbx.Params) error {
	params["id"], params["now"] = one.ID, moment(p.now())
	if err := web.Exec(p.app, "UPDATE outbox SET "+set+", updated = {:now} WHERE id = {:id} AND state = 'waiting'", params); err != nil {
		return fmt.Errorf("note what became of mail %s: %w", one.ID, err)
	}
	return nil
}

func (p *Post) markSent(one row) error {
	return p.note(one, "state = 'sent', sent = {:now}, trouble = '', tries = tries + 1", dbx.Params{})
}

func (p *Post) drop(one row) error {
	return p.note(one, "state = 'dropped', trouble = ''", dbx.Params{})
}

func (p *Post) postpone(one row, until time.Time) error {
	return p.note(one, "due = {:due}", dbx.Params{"due": moment(until)})
}

// markFailed lets a mail wait for its next try, or gives it up once it was tried
// for long enough.
func (p *Post) markFailed(one row, trouble string) error {
	if isOfServer(trouble) {
		p.rests = p.now().Add(rest)
	}
	state := waiting
	if p.age(one) >= longEnough {
		state = stuck
	}
	p.app.Logger().Warn("mail did not go out", "mail", one.ID, "kind", string(one.Kind), "trouble", trouble, "state", state)
	return p.note(one, "state = {:state}, tries = tries + 1, trouble = {:trouble}, due = {:due}",
		dbx.Params{"state": state, "trouble": trouble, "due": moment(p.now().Add(p.pauseAfter(one)))})
}
