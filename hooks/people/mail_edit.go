package people

import (
	"cmp"
	"net/http"
	"net/mail"
	"net/url"
	"regexp"
	"strconv"
	"strings"

	"alongside/hooks/audit"
	"alongside/hooks/notify"
	"alongside/hooks/web"

	"github.com/pocketbase/ozzo-validation/v4/is"
	"github.com/pocketbase/pocketbase/core"
)

// How the line to the mail server is closed to others.
const (
	tlsAtOnce = "tls"      // from the first byte, port 465
	tlsAsked  = "starttls" // once the server offers it, port 587
)

const maxHost = 253

// showMail is how the site sends mail. The password is never shown again.
func (o *Office) showMail(e *core.RequestEvent) error {
	return o.mailPage(e, http.StatusOK, &MailPage{})
}

// mailPage fills in what stands, unless a form came back.
func (o *Office) mailPage(e *core.RequestEvent, status int, page *MailPage) error {
	if err := o.outbox(e.Request.Context(), page); err != nil {
		return err
	}
	settings := e.App.Settings()
	page.HasPassword = settings.SMTP.Password != ""
	if page.TLS == "" {
		page.On, page.Host, page.User = settings.SMTP.Enabled, settings.SMTP.Host, settings.SMTP.Username
		page.Sender, page.From, page.TLS = settings.Meta.SenderName, settings.Meta.SenderAddress, tlsAsked
		if settings.SMTP.TLS {
			page.TLS = tlsAtOnce
		}
		page.Port = strconv.Itoa(settings.SMTP.Port)
		if !page.On && page.Host == "smtp.example.com" { // what PocketBase begins with is nobody's
			page.Host, page.Sender, page.From = "", web.SiteOf(e).Name, ""
		}
		page.Address = cmp.Or(notify.SiteAddress(e.App), addressOf(e))
	}
	return web.Show(e, status, "people/mail", page)
}

// addressOf is where this browser found the site.
func addressOf(e *core.RequestEvent) string {
	if web.IsSecure(e) {
		return "https://" + e.Request.Host
	}
	return "http://" + e.Request.Host
}

var hosts = regexp.MustCompile(`^[a-zA-Z0-9]([a-zA-Z0-9.-]*[a-zA-Z0-9])?$`)

func (o *Office) saveMail(e *core.RequestEvent) error {
	in, err := typedIn(e)
	if err != nil {
		return err
	}
	page := in.mail(addressOf(e))
	if page.Errors = in.problems; page.Errors != nil {
		return o.mailPage(e, http.StatusUnprocessableEntity, page)
	}
	err = o.acting(e, func(tx core.App) ([]audit.Act, error) {
		settings, err := tx.Settings().Clone()
		if err != nil {
			return nil, err
		}
		smtp := &settings.SMTP
		// A password is for one username at one server: it never goes to another by itself.
		if typed := in.form.Get("password"); typed != "" || smtp.Host != page.Host || smtp.Username != page.User || page.User == "" {
			smtp.Password = typed
		}
		smtp.Enabled, smtp.Host, smtp.Username, smtp.TLS = page.On, page.Host, page.User, page.TLS == tlsAtOnce
		smtp.Port, _ = strconv.Atoi(page.Port)
		if page.Sender != "" && page.From != "" { // PocketBase always wants both
			settings.Meta.SenderName, settings.Meta.SenderAddress = page.Sender, page.From
		}
		settings.Meta.AppURL = page.Address
		return []audit.Act{{Kind: audit.SettingsChanged, Detail: "mail"}}, tx.Save(settings)
	})
	if err != nil {
		return err
	}
	web.Notify(e, "saved")
	return web.SeeOther(e, "/manage/mail")
}

// mail reads the form. Where mail is off, only what is there has to be right. here
// is the address of the site where none was typed.
func (t *typed) mail(here string) *MailPage {
	p := &MailPage{On: t.ticked("on"), TLS: tlsAsked}
	missing := func(key string) string {
		if p.On {
			return key
		}
		return ""
	}
	p.Host, p.Port = t.line("host", maxHost, missing("host-missing")), strings.TrimSpace(t.form.Get("port"))
	p.User, p.Sender = t.line("user", maxHost, ""), t.line("sender", maxName, missing("sender-missing"))
	p.From = t.email("from")
	if p.Address = strings.TrimRight(cmp.Or(t.line("address", maxAddress, ""), here), "/"); !isSiteAddress(p.Address) {
		t.wrong("address", "site-address-wrong")
	}
	if t.form.Get("tls") == tlsAtOnce {
		p.TLS = tlsAtOnce
	}
	if p.Host != "" && !hosts.MatchString(p.Host) {
		t.wrong("host", "host-wrong")
	}
	if port, err := strconv.Atoi(p.Port); err != nil || port < 1 || port > 65535 {
		t.wrong("port", "port-wrong")
	}
	if p.From == "" {
		if p.On {
			t.wrong("from", "email-wrong")
		}
	} else if _, err := mail.ParseAddress(p.From); err != nil {
		t.wrong("from", "email-wrong")
	}
	return p
}

// isSiteAddress reports whether a site may be there: at the top of a host, as
// pages lead to each other from there.
func isSiteAddress(address string) bool {
	parsed, err := url.Parse(address)
	return err == nil && (parsed.Scheme == "https" || parsed.Scheme == "http") && parsed.Host != "" && parsed.User == nil &&
		parsed.Path == "" && parsed.RawQuery == "" && parsed.Fragment == "" && is.URL.Validate(address) == nil
}
