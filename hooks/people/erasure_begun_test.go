package people_test

import (
	"net/url"
	"os"
	"testing"
	"time"

	"alongside/hooks/hooktest"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// cutOff carries an erasure out that fails after its first transaction.
func (h *keptHouse) cutOff(t *testing.T, manager *hooktest.Browser) {
	t.Helper()
	h.asksFor(t, manager, h.learner.ID)
	h.execute(t, "CREATE TRIGGER cut BEFORE DELETE ON sessions BEGIN SELECT RAISE(ABORT, 'cut off'); END")
	if r := manager.Post("/manage/erasures/"+h.learner.ID, url.Values{"username": {"zephyr-77"}}); r.Status != 500 {
		t.Fatalf("status %d", r.Status)
	}
	h.execute(t, "DROP TRIGGER cut")
	h.Clock.Pass(time.Second)
}

func TestNobodyIsPutOnHoldAndNoWishTakenBackOnceAnErasureHasBegun(t *testing.T) {
	h := mustKeptHouse(t)
	manager := h.SignIn(t, h.MustSiteManager(t)) // their roles may be gone, so a programme does not find them
	h.cutOff(t, manager)
	page := "/manage/holds/" + h.learner.ID
	if n := manager.Get(page).Page(t).Find("main form").Length(); n != 0 {
		t.Errorf("the page has %d forms", n)
	}
	r := manager.Post(page, url.Values{"why": {"safeguarding"}, "until": {daysOn(h, 30)}})
	want(t, "a hold: status", r.Status, 409)
	wantIn(t, "the page", plain(r.Page(t).Find("main")), "The erasure of this person has begun. Nobody can open what they wrote any more, so there is nothing left to keep.")
	want(t, "holds", rowsOf(t, h.Site, "holds"), 0)
	erasure := "/manage/erasures/" + h.learner.ID
	if n := manager.Get(erasure).Page(t).Find(`main form[action$="/back"]`).Length(); n != 0 {
		t.Error("it offers to take the wish back")
	}
	wantIn(t, "the page", plain(manager.Get(erasure).Page(t).Find("main")), "This has begun and cannot be stopped. What is left goes next night, or now.")
	back := manager.Follow(manager.Post(erasure+"/back", url.Values{}))
	wantNotIn(t, "what it says", plain(back.Page(t).Find("main")), "taken back")
	want(t, "wishes", rowsOf(t, h.Site, "erasures WHERE state = 'asked'"), 1)
	h.erased(t, manager)
	h.isGone(t)
}

func TestAnErasureThatHasBegunIsEndedWhateverHoldStandsInTheData(t *testing.T) {
	h := mustKeptHouse(t)
	manager := h.SignIn(t, h.MustPerson(t, web.Manager))
	h.cutOff(t, manager)
	list := h.listed(t)
	h.execute(t, `INSERT INTO holds (id, person, programme, why, by, starts, until, ended, created)
		VALUES ('ahold0000000001', {:person}, '', 'legal', '', {:now}, {:now}, '', {:now})`,
		dbx.Params{"person": h.learner.ID, "now": h.Clock.Now().UTC().Format("2006-01-02 15:04:05.000Z")})
	h.Site = h.AfterPowerCut(t, func(s *hooktest.Setup) {
		s.Before = func(app core.App) {
			if err := os.WriteFile(app.DataDir()+".keys.erased", []byte(list), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	})
	h.isGone(t)
}
