package people

import (
	"fmt"
	"net/http"
	"strings"
	"time"

	"alongside/hooks/audit"
	"alongside/hooks/notify"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// MyMailPage is `/me/mail`, "people/my-mail".
type MyMailPage struct {
	web.Base
	HasEmail    bool
	SetUp       bool // this site sends mail
	Digest      bool // they want the daily mail
	From, Until string
	Errors      []web.FieldError
}

// showMyMail is whether the viewer wants the daily mail, and when not.
func (o *Office) showMyMail(e *core.RequestEvent) error {
	to, err := recipients{e.App}.Recipient(e.Request.Context(), e.App, web.Current(e).ID)
	if err != nil {
		return err
	}
	page := &MyMailPage{Digest: !to.NoDigest}
	page.From, page.Until = to.Hours()
	return o.myMail(e, http.StatusOK, page, to)
}

func (o *Office) myMail(e *core.RequestEvent, status int, page *MyMailPage, to notify.Recipient) error {
	page.HasEmail, page.SetUp = to.Email != "", notify.IsSetUp(e.App)
	return web.Show(e, status, "people/my-mail", page)
}

// saveMyMail stores it. Hours that are the same on both ends are none.
func (o *Office) saveMyMail(e *core.RequestEvent) error {
	viewer := web.Current(e)
	in, err := typedIn(e)
	if err != nil {
		return err
	}
	page := &MyMailPage{Digest: in.ticked("digest"), From: in.clock("from"), Until: in.clock("until")}
	if page.Errors = in.problems; page.Errors != nil {
		to, err := recipients{e.App}.Recipient(e.Request.Context(), e.App, viewer.ID)
		if err != nil {
			return err
		}
		return o.myMail(e, http.StatusUnprocessableEntity, page, to)
	}
	err = o.acting(e, func(tx core.App) ([]audit.Act, error) {
		if err := setHours(tx, viewer.ID, page.From, page.Until); err != nil {
			return nil, err
		}
		changed, err := recipients{tx}.SetDigest(tx, viewer.ID, page.Digest)
		if err != nil || !changed {
			return nil, err
		}
		kind := audit.MailOff
		if page.Digest {
			kind = audit.MailOn
		}
		return []audit.Act{{Kind: kind, Subject: viewer.ID, Detail: "self"}}, nil
	})
	if err != nil {
		return err
	}
	web.Notify(e, "saved")
	return web.SeeOther(e, "/me/mail")
}

func setHours(tx core.App, person, from, until string) error {
	err := web.Exec(tx, "UPDATE users SET quiet_from = {:from}, quiet_until = {:until} WHERE id = {:person}",
		dbx.Params{"from": from, "until": until, "person": person})
	if err != nil {
		return fmt.Errorf("set quiet hours of %s: %w", person, err)
	}
	return nil
}

// clock is a field for a time of day, as a browser sends it.
func (t *typed) clock(field string) string {
	text := strings.TrimSpace(t.form.Get(field))
	read, err := time.Parse("15:04", text)
	if err != nil {
		t.wrong(field, "clock-wrong")
		return text
	}
	return read.Format("15:04")
}
