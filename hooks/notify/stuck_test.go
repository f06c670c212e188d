package notify_test

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"alongside/hooks/notify"
)

// stick lets mail to the facilitator be stuck.
func (w *world) stick(t *testing.T) {
	t.Helper()
	w.office.refuse("tutor@example.org", "550 5.1.1 <tutor@example.org> is nobody here")
	w.urgent(t, w.tutor, "call00000000001")
	w.send(t)
	w.Clock.Pass(5 * 24 * time.Hour)
	w.send(t)
	want(t, "outbox", w.outbox(t), "urgent stuck bad-address")
}

func TestTheSiteManagerSeesWhatIsStuckAndNeitherAddressNorToWhomUrgentMailGoes(t *testing.T) {
	w := newWorld(t)
	w.set(t, w.tutor, "name", "Tomasina")
	w.stick(t)
	page := w.SignIn(t, w.MustSiteManager(t)).Get("/manage/mail")
	stuck := page.Page(t).Find("#stuck").Text()
	for _, wanted := range []string{"1 mail is stuck", "Urgent mail", "The mail server knows nobody with this address."} {
		if !strings.Contains(stuck, wanted) {
			t.Errorf("%q is not in %q", wanted, stuck)
		}
	}
	for _, secret := range []string{"tutor@example.org", "Tomasina", "5.1.1", w.tutor.Username, w.tutor.ID} {
		if strings.Contains(page.Body, secret) {
			t.Errorf("%q is on the page", secret)
		}
	}
}

func TestTheSiteManagerLetsStuckMailGoOutAgain(t *testing.T) {
	w := newWorld(t)
	w.stick(t)
	boss := w.SignIn(t, w.MustSiteManager(t))
	want(t, "again, and it is still wrong", boss.Post("/manage/mail/again", url.Values{"person": {notify.UrgentTogether}}).Status, 303)
	w.send(t)
	want(t, "outbox", w.outbox(t), "urgent stuck bad-address")
	w.office.takeAll()
	want(t, "again", boss.Post("/manage/mail/again", url.Values{}).Status, 303)
	w.send(t)
	want(t, "outbox", w.outbox(t), "urgent sent ")
	want(t, "on record", w.one(t, "SELECT group_concat(detail) FROM audit WHERE kind = 'mail-again'"), "1,1")
}

func TestTheSiteManagerLetsGoOfStuckMail(t *testing.T) {
	w := newWorld(t)
	w.stick(t)
	boss := w.SignIn(t, w.MustSiteManager(t))
	want(t, "let go", boss.Post("/manage/mail/let-go", url.Values{"person": {notify.UrgentTogether}}).Status, 303)
	want(t, "outbox", w.outbox(t), "urgent dropped bad-address")
	want(t, "listed", strings.Contains(boss.Get("/manage/mail").Body, "stuck-title"), false)
}

func TestTheSiteManagerReadsThatMailIsLate(t *testing.T) {
	w := newWorld(t)
	w.office.down()
	w.share(t, "share0000000001")
	w.morning(t)
	page := w.SignIn(t, w.MustSiteManager(t)).Get("/manage/mail").Page(t).Find("main").Text()
	for _, wanted := range []string{"1 mail waits to go out", "There is no connection to the mail server."} {
		if !strings.Contains(page, wanted) {
			t.Errorf("%q is not in %q", wanted, page)
		}
	}
}

func TestTheAddressOfTheSiteIsWhereTheManagerFoundItUnlessTheyTypeAnother(t *testing.T) {
	w := newWorld(t)
	boss := w.SignIn(t, w.MustSiteManager(t))
	form := url.Values{"on": {"true"}, "host": {"127.0.0.1"}, "port": {"25"}, "tls": {"starttls"}, "sender": {"Alongside"}, "from": {"site@example.org"}}
	want(t, "saved", boss.Post("/manage/mail", form).Status, 303)
	want(t, "address", w.App.Settings().Meta.AppURL, w.URL)
	form.Set("address", "https://learn.example.org/")
	want(t, "saved", boss.Post("/manage/mail", form).Status, 303)
	want(t, "address", w.App.Settings().Meta.AppURL, "https://learn.example.org")
	for _, wrong := range []string{"learn.example.org", "https://learn.example.org/path", "javascript:alert(1)", "https://a:b@learn.example.org", "https://"} {
		form.Set("address", wrong)
		r := boss.Post("/manage/mail", form)
		want(t, wrong, r.Status, 422)
		want(t, wrong+", at its field", r.Page(t).Find("#address-error").Length(), 1)
	}
}
