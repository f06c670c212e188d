package people_test

import (
	"net/url"
	"testing"

	"github.com/pocketbase/dbx"
)

// inTheRoom lets the learner's session be one that began with a code of staff.
func (h *keptHouse) inTheRoom(t *testing.T) {
	t.Helper()
	h.execute(t, "UPDATE sessions SET how = 'code', closed = TRUE WHERE user = {:id}", dbx.Params{"id": h.learner.ID})
}

func (h *keptHouse) wishes(t *testing.T) int {
	t.Helper()
	return h.count(t, "SELECT COUNT(*) FROM erasures WHERE state = 'asked'")
}

func TestInASessionThatAnybodyMayHaveOpenedAnErasureNeedsASecretOfTheirOwn(t *testing.T) {
	h := mustKeptHouse(t)
	h.holdsCard(t, true)
	h.inTheRoom(t)
	const ask, back = "/me/data/erase", "/me/data/erase/back"
	if page := h.browser.Get(ask).Page(t); page.Find("form[action='"+ask+"'] #secret").Length() != 1 {
		t.Error("the page asks for no secret")
	}
	for _, pin := range []string{"", "000000"} {
		r := h.browser.Post(ask, url.Values{"secret": {pin}})
		if r.Status != 422 || r.Page(t).Find("#secret-error").Length() != 1 || h.wishes(t) != 0 {
			t.Errorf("asked with %q: status %d", pin, r.Status)
		}
	}
	if r := h.browser.Post(ask, url.Values{"secret": {ownPIN}}); r.Status != 303 || h.wishes(t) != 1 {
		t.Fatalf("asked with their PIN: status %d", r.Status)
	}
	if page := h.browser.Get("/me/data").Page(t); page.Find("form[action='"+back+"']").Length() != 0 || page.Find("a[href='"+ask+"']").Length() != 1 {
		t.Error("my data does not lead to the page that asks")
	}
	r := h.browser.Post(back, url.Values{"secret": {"000000"}})
	if r.Status != 422 || r.Page(t).Find("form[action='"+back+"'] #secret-error").Length() != 1 || h.wishes(t) != 1 {
		t.Errorf("taken back with a wrong one: status %d", r.Status)
	}
	if r := h.browser.Post(back, url.Values{"secret": {ownPIN}}); r.Status != 303 || h.wishes(t) != 0 {
		t.Errorf("taken back with their PIN: status %d", r.Status)
	}
}

func TestWhoHasNoSecretOfTheirOwnAsksStaffToNoteTheirErasure(t *testing.T) {
	h := mustKeptHouse(t)
	h.execute(t, "UPDATE users SET own_password = FALSE WHERE id = {:id}", dbx.Params{"id": h.learner.ID})
	h.inTheRoom(t)
	page := h.browser.Get("/me/data/erase").Page(t)
	if page.Find("main form").Length() != 0 {
		t.Error("the page has a form that is always refused")
	}
	wantIn(t, "page", plain(page.Find("main")), "A manager can note it for you")
	if r := h.browser.Post("/me/data/erase", url.Values{"secret": {h.learner.Password}}); r.Status != 422 || h.wishes(t) != 0 {
		t.Errorf("status %d", r.Status)
	}
}
