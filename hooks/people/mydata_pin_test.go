package people_test

import (
	"net/url"
	"testing"
	"time"

	"github.com/pocketbase/dbx"
	"golang.org/x/crypto/bcrypt"
)

const ownPIN = "470213"

// holdsCard gives the learner a card whose PIN they chose, or which is still the
// printed one.
func (h *keptHouse) holdsCard(t *testing.T, own bool) {
	t.Helper()
	pin, err := bcrypt.GenerateFromPassword([]byte(ownPIN), bcrypt.MinCost)
	if err != nil {
		t.Fatal(err)
	}
	h.execute(t, `INSERT INTO cards (id, user, secret, words, pin, own_pin, state, expires, ended, created)
		VALUES ('c00000000000009', {:user}, 'secret', 'w', {:pin}, {:own}, 'active', {:later}, '', {:now})`,
		dbx.Params{"user": h.learner.ID, "pin": string(pin), "own": own, "later": h.stamp(oneDay), "now": h.stamp(0)})
}

func TestWhoSignsInWithACardGivesTheirPINBeforeADownload(t *testing.T) {
	h := mustKeptHouse(t)
	h.holdsCard(t, true)
	wantIn(t, "page", plain(h.browser.Get("/me/data").Page(t).Find("main form label")), "Your PIN")
	if r := h.browser.Post("/me/data/download", url.Values{"secret": {"000000"}}); r.Status != 422 {
		t.Errorf("a wrong PIN: status %d", r.Status)
	}
	h.learner.Password = ownPIN
	files := h.unzipped(t, h.browser, h.learner)
	wantIn(t, "index.html", files["index.html"], marker)
	wantIn(t, "index.html", files["index.html"], "Sign-in cards")
}

func TestAPINThatStaffPrintedOpensNoDownload(t *testing.T) {
	h := mustKeptHouse(t)
	h.holdsCard(t, false)
	h.execute(t, "UPDATE users SET own_password = 0 WHERE id = {:id}", dbx.Params{"id": h.learner.ID})
	page := h.browser.Get("/me/data").Page(t)
	if page.Find("#secret").Length() != 0 {
		t.Error("it asks for a secret that they did not choose")
	}
	wantIn(t, "page", plain(page.Find("main")), "you first need a PIN or a password that you chose yourself")
	for _, secret := range []string{ownPIN, h.learner.Password} {
		if r := h.browser.Post("/me/data/download", url.Values{"secret": {secret}}); r.Status != 422 {
			t.Errorf("status %d", r.Status)
		}
		h.Clock.Pass(time.Second)
	}
}
