package people

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"

	"alongside/hooks/audit"
	"alongside/hooks/notify"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// mostStuck is how much stuck mail is listed. What is done with all of it counts
// for the rest too.
const mostStuck = 50

// A StuckMail is mail that does not go out, as a site manager sees it: never what
// it would have said, and whom only by their username, or for what is urgent not at
// all.
type StuckMail struct {
	notify.Stuck
	Username string
}

// outbox fills in what waits to go out, and what is stuck.
func (o *Office) outbox(ctx context.Context, page *MailPage) (err error) {
	page.SetUp = notify.IsSetUp(o.app)
	if page.Standing, err = o.post.Standing(ctx); err != nil {
		return err
	}
	page.Standing.Since, page.Standing.LastSent = Moment(page.Standing.Since), Moment(page.Standing.LastSent)
	stuck, err := o.post.Stuck(ctx, mostStuck)
	if err != nil {
		return err
	}
	names, err := usernamesOf(ctx, o.app, stuck)
	if err != nil {
		return err
	}
	for _, one := range stuck {
		one.Since = Moment(one.Since)
		page.Stuck = append(page.Stuck, StuckMail{one, names[one.Person]})
	}
	return nil
}

func usernamesOf(ctx context.Context, app core.App, stuck []notify.Stuck) (map[string]string, error) {
	ids := make([]string, len(stuck))
	for i, one := range stuck {
		ids[i] = one.Person
	}
	list, err := json.Marshal(ids)
	if err != nil {
		return nil, err
	}
	var rows []struct {
		ID       string `db:"id"`
		Username string `db:"username"`
	}
	err = app.ConcurrentDB().NewQuery("SELECT id, username FROM users WHERE id IN (SELECT value FROM json_each({:ids}))").
		Bind(dbx.Params{"ids": string(list)}).WithContext(ctx).All(&rows)
	if err != nil {
		return nil, fmt.Errorf("read whose mail is stuck: %w", err)
	}
	names := map[string]string{}
	for _, row := range rows {
		names[row.ID] = row.Username
	}
	return names, nil
}

// mailAgain lets stuck mail go once more: that to one person, or all.
func (o *Office) mailAgain(e *core.RequestEvent) error {
	return o.unstick(e, audit.MailAgain, "mail-again", o.post.Again)
}

// letMailGo gives it up.
func (o *Office) letMailGo(e *core.RequestEvent) error {
	return o.unstick(e, audit.MailLetGo, "mail-let-go", o.post.LetGo)
}

func (o *Office) unstick(e *core.RequestEvent, kind audit.Kind, notice string, do func(tx core.App, person string) (int, error)) error {
	in, err := typedIn(e)
	if err != nil {
		return err
	}
	err = o.acting(e, func(tx core.App) ([]audit.Act, error) {
		n, err := do(tx, in.form.Get("person"))
		if err != nil || n == 0 {
			return nil, err
		}
		return []audit.Act{{Kind: kind, Detail: strconv.Itoa(n)}}, nil
	})
	if err != nil {
		return err
	}
	web.Notify(e, notice)
	return web.SeeOther(e, "/manage/mail")
}
