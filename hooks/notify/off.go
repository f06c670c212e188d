package notify

import (
	"fmt"
	"net/http"
	"strings"

	"alongside/hooks/audit"
	"alongside/hooks/web"

	"github.com/pocketbase/pocketbase/core"
)

// offPath begins the addresses that turn the daily mail off. What follows is a
// secret.
const offPath = "/mail/off/"

// oneClick is what a mail program sends in place of its reader (RFC 8058).
const oneClick = "List-Unsubscribe=One-Click"

const purposeOfOff = "daily mail off"

// offSecret stands in the link of somebody's daily mail; "" without the master
// key. It opens nothing: all it does is turn that mail off.
func (p *Post) offSecret(person string) string {
	mac := p.vault.Sign(purposeOfOff, person)
	if mac == "" {
		return ""
	}
	return person + "." + mac
}

// whoseOff is the person of a link; "" for one that this site did not make.
func (p *Post) whoseOff(secret string) string {
	person, mac, _ := strings.Cut(secret, ".")
	if !p.vault.Verify(mac, purposeOfOff, person) {
		return ""
	}
	return person
}

// OffPage is `/mail/off/{secret}`, "notify/off".
type OffPage struct {
	web.Base
	Secret string
	Done   bool
	Wrong  bool // the link is not whole
	NoKey  bool // the master key is not here, so no link can be looked at
}

// showOff asks whether to turn the daily mail off. It changes nothing, because
// programs look at links before people do, and looks the same for every link.
func (p *Post) showOff(e *core.RequestEvent) error {
	web.SecretAddress(e)
	return web.Show(e, http.StatusOK, "notify/off", &OffPage{Secret: e.Request.PathValue("secret")})
}

// turnOff turns it off for whose link it is, whoever holds it. For whoever is not
// here any more it says the same.
func (p *Post) turnOff(e *core.RequestEvent) error {
	web.SecretAddress(e)
	form, err := web.Form(e)
	if err != nil {
		return err
	}
	secret := e.Request.PathValue("secret")
	person := p.whoseOff(secret)
	if person == "" {
		page := &OffPage{Secret: secret, Wrong: true, NoKey: p.offSecret(person) == ""}
		status := http.StatusNotFound
		if page.NoKey {
			status = http.StatusServiceUnavailable
		}
		return web.Show(e, status, "notify/off", page)
	}
	if err := p.off(person); err != nil {
		return err
	}
	if form.Has("by-hand") {
		return web.SeeOther(e, "/mail/off")
	}
	return web.Show(e, http.StatusOK, "notify/off", &OffPage{Done: true}) // a mail program follows nothing (RFC 8058)
}

func (p *Post) off(person string) error {
	return p.app.RunInTransaction(func(tx core.App) error {
		changed, err := p.people.SetDigest(tx, person, false)
		if err != nil {
			return fmt.Errorf("turn daily mail off: %w", err)
		}
		if !changed {
			return nil
		}
		return p.audit.Record(tx, audit.Act{Kind: audit.MailOff, Subject: person, Detail: "link"})
	})
}

// showDone says that it is off.
func (p *Post) showDone(e *core.RequestEvent) error {
	return web.Show(e, http.StatusOK, "notify/off", &OffPage{Done: true})
}
