package people

import (
	"context"
	"errors"
	"net/http"
	"net/mail"
	"time"

	"alongside/hooks/audit"
	"alongside/hooks/notify"
	"alongside/hooks/web"
	"alongside/templates"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/mailer"
)

// patience is how long somebody waits for a mail server.
const patience = 15 * time.Second

// tryMail sends one message as the settings stand, and shows what became of it
// in the server's own words.
func (o *Office) tryMail(e *core.RequestEvent) error {
	in, err := typedIn(e)
	if err != nil {
		return err
	}
	page := &MailPage{To: in.email("to")}
	if page.To == "" {
		in.wrong("to", "email-wrong")
	}
	if !e.App.Settings().SMTP.Enabled {
		in.wrong("to", "mail-off")
	}
	if page.Errors = in.problems; page.Errors != nil {
		return o.mailPage(e, http.StatusUnprocessableEntity, page)
	}
	err = notify.SendWithin(e.Request.Context(), patience, e.App.NewMailClient(), testMessage(e, page.To))
	page.Tried, page.Slow = true, errors.Is(err, context.DeadlineExceeded)
	outcome := "sent"
	if err != nil {
		outcome = "failed"
		if !page.Slow {
			page.Failed = err.Error()
		}
	}
	err = o.acting(e, func(core.App) ([]audit.Act, error) {
		return []audit.Act{{Kind: audit.MailTested, Detail: outcome}}, nil
	})
	if err != nil {
		return err
	}
	return o.mailPage(e, http.StatusOK, page)
}

// testMessage says nothing of what the site is for beyond its name.
func testMessage(e *core.RequestEvent, to string) *mailer.Message {
	lang, _ := web.Language(e)
	site := map[string]string{"site": web.SiteOf(e).Name}
	text := templates.Say(lang, "mail-test.text", site)
	meta := e.App.Settings().Meta
	return &mailer.Message{
		From:    mail.Address{Name: meta.SenderName, Address: meta.SenderAddress},
		To:      []mail.Address{{Address: to}},
		Subject: templates.Say(lang, "mail-test.subject", site),
		Text:    text,
		HTML:    "<p>" + templates.EscapeText(text) + "</p>",
	}
}
