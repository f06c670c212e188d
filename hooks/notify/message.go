package notify

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/mail"
	"strings"

	"alongside/templates"

	"github.com/pocketbase/pocketbase/tools/mailer"
)

// errNoKey says that no link can be made to turn the daily mail off.
var errNoKey = errors.New("the master key is not here")

// A Letter is what the templates of a mail are given. No name of anybody and
// nothing that anybody wrote is in it.
type Letter struct {
	Subject string
	Lines   []string // what waits, counted
	Address string   // of this site
	Off     string   // turns the daily mail off
}

// message makes a mail as it is to go now, in the person's language.
func (p *Post) message(ctx context.Context, one row, to Recipient, counts []Count) (*mailer.Message, error) {
	site, err := p.site(ctx)
	if err != nil {
		return nil, err
	}
	lang, _ := templates.Match(append([]string{to.Language}, site.languages...)...)
	letter := Letter{
		Subject: templates.Say(lang, one.Kind.subject(), map[string]string{"site": site.name}),
		Address: SiteAddress(p.app) + "/",
	}
	for _, c := range counts {
		letter.Lines = append(letter.Lines, templates.Count(lang, "digest."+c.Kind, c.Count))
	}
	if one.Kind == digest {
		secret := p.offSecret(to.ID)
		if secret == "" {
			return nil, errNoKey
		}
		letter.Off = SiteAddress(p.app) + offPath + secret
	}
	text, html, err := templates.Mail(lang, string(one.Kind), letter)
	if err != nil {
		return nil, err
	}
	meta := p.app.Settings().Meta
	return &mailer.Message{
		From:    mail.Address{Name: meta.SenderName, Address: meta.SenderAddress},
		To:      []mail.Address{{Address: to.Email}},
		Subject: letter.Subject,
		Text:    text,
		HTML:    html,
		Headers: headers(one, letter, meta.SenderAddress),
	}, nil
}

// subject is the locale key of what stands in the list of an inbox, for whoever
// looks over a shoulder.
func (k kind) subject() string {
	if k == urgent {
		return "mail.urgent.subject"
	}
	return "mail.digest.subject"
}

// headers name the mail after its row, so that one which is sent twice shows once
// in most programs, and let them turn the daily one off with one press (RFC 8058).
func headers(one row, letter Letter, from string) map[string]string {
	_, host, _ := strings.Cut(from, "@")
	all := map[string]string{"Message-ID": "<" + one.ID + "@" + host + ">", "Auto-Submitted": "auto-generated"}
	if letter.Off != "" {
		all["List-Unsubscribe"] = "<" + letter.Off + ">"
		all["List-Unsubscribe-Post"] = oneClick
	}
	return all
}

// A siteRow is what a mail says of the site.
type siteRow struct {
	name      string
	languages []string
}

func (p *Post) site(ctx context.Context) (siteRow, error) {
	var stored struct {
		Name      string `db:"name"`
		Languages string `db:"languages"`
	}
	err := p.app.ConcurrentDB().NewQuery("SELECT name, languages FROM settings LIMIT 1").WithContext(ctx).One(&stored)
	if err != nil {
		return siteRow{}, fmt.Errorf("read settings: %w", err)
	}
	site := siteRow{name: stored.Name}
	if err := json.Unmarshal([]byte(stored.Languages), &site.languages); err != nil {
		return siteRow{}, fmt.Errorf("settings, languages: %w", err)
	}
	return site, nil
}
