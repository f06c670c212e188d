package notify_test

import (
	"context"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"alongside/hooks/hooktest"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"
)

const siteAddress = "https://learn.example.org"

// said stands for what a learner wrote.
const said = "a-kingfisher-by-the-lock"

// A world has a learner, whose facilitator has an e-mail, and a mail server.
type world struct {
	*hooktest.Site
	office         *office
	learner, tutor hooktest.Person
	programme      string
}

func newWorld(t *testing.T, change ...func(*hooktest.Setup)) *world {
	t.Helper()
	w := &world{Site: hooktest.Start(t, change...), office: openOffice(t)}
	w.programme, _ = w.MustProgramme(t)
	w.learner, w.tutor = w.MustPerson(t, web.Learner), w.MustPerson(t, web.Facilitator)
	w.run(t, `INSERT INTO assignments (id, learner, worker, role, programme, starts, ends)
		VALUES ('beside000000001', {:learner}, {:tutor}, 'facilitator', {:programme}, {:since}, '')`,
		dbx.Params{"learner": w.learner.ID, "tutor": w.tutor.ID, "programme": w.programme, "since": moment(t, w.Clock.Now().Add(-time.Hour))})
	w.set(t, w.tutor, "email", "tutor@example.org")
	w.setUp(t)
	return w
}

// setUp names the mail server, and the address of the site.
func (w *world) setUp(t *testing.T) {
	t.Helper()
	settings, err := w.App.Settings().Clone()
	if err != nil {
		t.Fatal(err)
	}
	settings.SMTP.Enabled, settings.SMTP.Host, settings.SMTP.Port = true, "127.0.0.1", w.office.port()
	settings.Meta.AppURL, settings.Meta.SenderName, settings.Meta.SenderAddress = siteAddress, "Alongside", "site@example.org"
	if err := w.App.Save(settings); err != nil {
		t.Fatal(err)
	}
}

func (w *world) set(t *testing.T, who hooktest.Person, field string, to any) {
	t.Helper()
	w.run(t, "UPDATE users SET "+field+" = {:to} WHERE id = {:id}", dbx.Params{"to": to, "id": who.ID})
}

func (w *world) run(t *testing.T, sql string, params dbx.Params) {
	t.Helper()
	if _, err := w.App.NonconcurrentDB().NewQuery(sql).Bind(params).Execute(); err != nil {
		t.Fatal(err)
	}
}

// share lets the facilitator have something to answer.
func (w *world) share(t *testing.T, id string) {
	t.Helper()
	w.run(t, `INSERT INTO shares (id, reflection, learner, reader, role, programme, sealed, shared, waits)
		VALUES ({:id}, {:id}, {:learner}, {:reader}, 'facilitator', {:programme}, {:sealed}, {:now}, {:now})`,
		dbx.Params{"id": id, "learner": w.learner.ID, "reader": w.tutor.ID, "programme": w.programme, "sealed": said, "now": moment(t, w.Clock.Now())})
}

// answer is what the facilitator wrote back, and the learner has not seen.
func (w *world) answer(t *testing.T, share, id string) {
	t.Helper()
	w.run(t, "INSERT INTO replies (id, share, writer, state, sealed, sent) VALUES ({:id}, {:share}, {:writer}, 'sent', {:sealed}, {:now})",
		dbx.Params{"id": id, "share": share, "writer": w.tutor.ID, "sealed": said, "now": moment(t, w.Clock.Now())})
	w.run(t, "UPDATE shares SET waits = '' WHERE id = {:id}", dbx.Params{"id": share})
}

// until lets time go by up to an hour of the day, "08:00".
func (w *world) until(t *testing.T, clock string) {
	t.Helper()
	at, err := time.Parse("15:04", clock)
	if err != nil {
		t.Fatal(err)
	}
	now := w.Clock.Now().UTC()
	next := now.Truncate(24 * time.Hour).Add(time.Duration(at.Hour())*time.Hour + time.Duration(at.Minute())*time.Minute)
	if !next.After(now) {
		next = next.AddDate(0, 0, 1)
	}
	w.Clock.Pass(next.Sub(now))
}

// morning is eight o'clock: the daily mails are made, and what is due goes.
func (w *world) morning(t *testing.T) {
	t.Helper()
	w.until(t, "08:00")
	w.make(t)
	w.send(t)
}

func (w *world) make(t *testing.T) {
	t.Helper()
	if err := w.House.Notify.MakeDigests(context.Background()); err != nil {
		t.Fatal(err)
	}
}

func (w *world) send(t *testing.T) {
	t.Helper()
	if err := w.House.Notify.SendDue(context.Background()); err != nil {
		t.Fatal(err)
	}
}

func (w *world) urgent(t *testing.T, who hooktest.Person, once string) {
	t.Helper()
	if err := w.App.RunInTransaction(func(tx core.App) error { return w.House.Notify.Urgent(tx, who.ID, once) }); err != nil {
		t.Fatal(err)
	}
}

// one is the first column of the first row, as text.
func (w *world) one(t *testing.T, sql string) (value string) {
	t.Helper()
	if err := w.App.DB().NewQuery(sql).Row(&value); err != nil {
		t.Fatal(err)
	}
	return value
}

func (w *world) outbox(t *testing.T) string {
	t.Helper()
	return w.one(t, "SELECT COALESCE(group_concat(kind || ' ' || state || ' ' || trouble, ', '), '') FROM (SELECT * FROM outbox ORDER BY created, id)")
}

// only is the one mail that came.
func (w *world) only(t *testing.T) received {
	t.Helper()
	mails := w.office.mails()
	if len(mails) != 1 {
		t.Fatalf("%d mails came, not 1: %s", len(mails), strings.Join(mails, "\n----\n"))
	}
	return readReceived(t, mails[0])
}

func want[T comparable](t *testing.T, what string, got, wanted T) {
	t.Helper()
	if got != wanted {
		t.Errorf("%s: %v, not %v", what, got, wanted)
	}
}

func pathOf(t *testing.T, address string) string {
	t.Helper()
	read, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	return read.Path
}

// moment is a time as the database writes it.
func moment(t *testing.T, at time.Time) string {
	t.Helper()
	written, err := types.ParseDateTime(at)
	if err != nil {
		t.Fatal(err)
	}
	return written.String()
}

// retain is the night in which old things go.
func (w *world) retain(t *testing.T) {
	t.Helper()
	if err := w.House.Keeping.Run(context.Background()); err != nil {
		t.Fatal(err)
	}
}

func itoa(n int) string { return strconv.Itoa(n) }
