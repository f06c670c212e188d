package notify_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// link is the one in the mail of this morning.
func (w *world) link(t *testing.T) string {
	t.Helper()
	w.share(t, "share0000000001")
	w.morning(t)
	mail := w.only(t)
	want(t, "what a program sends", mail.header.Get("List-Unsubscribe-Post"), "List-Unsubscribe=One-Click")
	if !strings.HasPrefix(mail.off, siteAddress+"/mail/off/") || !strings.Contains(mail.text, mail.off) {
		t.Fatalf("the link is %q in\n%s", mail.off, mail.text)
	}
	return pathOf(t, mail.off)
}

// press is what a mail program sends: no cookies, and nothing that a browser says.
func (w *world) press(t *testing.T, link string) (status int) {
	t.Helper()
	r, err := http.Post(w.URL+link, "application/x-www-form-urlencoded", strings.NewReader("List-Unsubscribe=One-Click"))
	if err != nil {
		t.Fatal(err)
	}
	r.Body.Close()
	return r.StatusCode
}

func (w *world) wants(t *testing.T) bool {
	t.Helper()
	return w.one(t, "SELECT no_digest FROM users WHERE id = '"+w.tutor.ID+"'") == "0"
}

func TestOnePressInTheMailProgramTurnsTheDailyMailOff(t *testing.T) {
	w := newWorld(t)
	link := w.link(t)
	want(t, "answer", w.press(t, link), 200)
	want(t, "they want it", w.wants(t), false)
	want(t, "once more", w.press(t, link), 200)
	want(t, "on record once", w.one(t, "SELECT COUNT(*) FROM audit WHERE kind = 'mail-off' AND subject = '"+w.tutor.ID+"'"), "1")
	w.morning(t)
	want(t, "mails", len(w.office.mails()), 1)
}

func TestLookingAtTheLinkChangesNothing(t *testing.T) {
	w := newWorld(t)
	link := w.link(t)
	page := w.Guest(t).Get(link)
	want(t, "page", page.Status, 200)
	want(t, "buttons", page.Page(t).Find("main form button").Length(), 1)
	want(t, "they want it", w.wants(t), true)
}

func TestTheButtonBehindTheLinkTurnsItOffWithoutASignIn(t *testing.T) {
	w := newWorld(t)
	guest := w.Guest(t)
	r := guest.Post(w.link(t), url.Values{"by-hand": {"true"}})
	want(t, "answer", r.Status, 303)
	want(t, "page", strings.Contains(guest.Follow(r).Body, "The daily mail is off."), true)
	want(t, "they want it", w.wants(t), false)
}

func TestALinkThatThisSiteDidNotMakeTurnsNothingOff(t *testing.T) {
	w := newWorld(t)
	link := w.link(t)
	for _, wrong := range []string{link + "x", "/mail/off/" + w.tutor.ID, "/mail/off/" + w.tutor.ID + ".", "/mail/off/x"} {
		want(t, wrong, w.press(t, wrong), 404)
	}
	want(t, "they want it", w.wants(t), true)
}

func TestALinkOfSomebodyWhoIsGoneAnswersLikeAnyOther(t *testing.T) {
	w := newWorld(t)
	link := w.link(t)
	there := w.Guest(t).Post(link, nil)
	w.run(t, "DELETE FROM users WHERE id = '"+w.tutor.ID+"'", nil)
	gone := w.Guest(t).Post(link, nil)
	want(t, "status", gone.Status, there.Status)
	want(t, "page", gone.Body, there.Body)
}

func TestAnotherSiteCannotPressTheButton(t *testing.T) {
	w := newWorld(t)
	guest := w.Guest(t)
	r := guest.Request(http.MethodPost, w.link(t), url.Values{"by-hand": {"true"}})
	r.Header.Set("Sec-Fetch-Site", "cross-site")
	want(t, "answer", guest.Do(r).Status, 403)
	want(t, "they want it", w.wants(t), true)
}

func TestSomebodyTurnsTheDailyMailOnAgainAndSetsTheirHours(t *testing.T) {
	w := newWorld(t)
	w.press(t, w.link(t))
	theirs := w.SignIn(t, w.tutor)
	page := theirs.Get("/me/mail").Page(t)
	want(t, "ticked", page.Find("input[name=digest][checked]").Length(), 0)
	want(t, "from", page.Find("input[name=from]").AttrOr("value", ""), "21:00")
	want(t, "until", page.Find("input[name=until]").AttrOr("value", ""), "08:00")
	want(t, "hours that are none", theirs.Post("/me/mail", url.Values{"digest": {"true"}, "from": {"late"}, "until": {"08:00"}}).Status, 422)
	want(t, "they want it", w.wants(t), false)
	r := theirs.Post("/me/mail", url.Values{"digest": {"true"}, "from": {"22:30"}, "until": {"09:15"}})
	want(t, "saved", r.Status, 303)
	want(t, "they want it", w.wants(t), true)
	want(t, "hours", w.one(t, "SELECT quiet_from || '-' || quiet_until FROM users WHERE id = '"+w.tutor.ID+"'"), "22:30-09:15")
	want(t, "on record", w.one(t, "SELECT COUNT(*) FROM audit WHERE kind = 'mail-on' AND subject = '"+w.tutor.ID+"'"), "1")
}
