package people_test

import (
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"alongside/hooks/hooktest"
	"alongside/hooks/web"

	"github.com/PuerkitoBio/goquery"
	"github.com/pocketbase/dbx"
)

const oneDay = 24 * time.Hour

func (h *keptHouse) runs(t *testing.T) {
	t.Helper()
	if err := h.House.Keeping.Run(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// leaves ends whatever the learner is.
func (h *keptHouse) leaves(t *testing.T) {
	t.Helper()
	h.execute(t, "UPDATE memberships SET ends = {:now} WHERE user = {:id}", dbx.Params{"now": h.stamp(0), "id": h.learner.ID})
}

func (h *keptHouse) stamp(from time.Duration) string {
	return h.Clock.Now().Add(from).UTC().Format("2006-01-02 15:04:05.000Z")
}

func (h *keptHouse) written(t *testing.T) int {
	t.Helper()
	return h.count(t, "SELECT (SELECT COUNT(*) FROM answers) + (SELECT COUNT(*) FROM reflections)")
}

func TestWhatSomebodyWroteGoesAYearAfterTheyLeftAndTheirRecordStays(t *testing.T) {
	h := mustKeptHouse(t)
	before := h.written(t)
	h.leaves(t)
	h.Clock.Pass(364 * oneDay)
	h.runs(t)
	if got := h.written(t); got != before {
		t.Fatalf("%d of %d are left before the year is over", got, before)
	}
	h.Clock.Pass(2 * oneDay)
	h.runs(t)
	if got := h.written(t); got != 0 {
		t.Errorf("%d are left", got)
	}
	if n := h.count(t, "SELECT COUNT(*) FROM progress"); n != 1 {
		t.Error("how far they came is gone")
	}
	if n := h.count(t, "SELECT COUNT(*) FROM audit WHERE kind = 'retention-ran' AND detail LIKE '%left "+strconv.Itoa(before)+"%'"); n != 1 {
		t.Error("the record does not say what went")
	}
}

func TestNothingOfSomebodyWhoIsStillSomewhereOrOnHoldGoes(t *testing.T) {
	for name, change := range map[string]func(t *testing.T, h *keptHouse){
		"never left": func(*testing.T, *keptHouse) {},
		"in another role": func(t *testing.T, h *keptHouse) {
			h.leaves(t)
			programme, cohort := h.MustProgramme(t)
			h.execute(t, `INSERT INTO memberships (id, user, role, programme, cohort, starts, ends) VALUES ('m00000000000001', {:id}, 'mentor', {:p}, {:c}, {:now}, '')`,
				dbx.Params{"id": h.learner.ID, "p": programme, "c": cohort, "now": h.stamp(0)})
		},
		"on hold": func(t *testing.T, h *keptHouse) {
			h.leaves(t)
			h.execute(t, `INSERT INTO holds (id, person, why, "by", starts, until, ended) VALUES ('h00000000000001', {:id}, 'legal', 'x', {:now}, {:now}, '')`,
				dbx.Params{"id": h.learner.ID, "now": h.stamp(0)})
		},
	} {
		t.Run(name, func(t *testing.T) {
			h := mustKeptHouse(t)
			before := h.written(t)
			change(t, h)
			h.Clock.Pass(800 * oneDay)
			h.runs(t)
			if got := h.written(t); got != before {
				t.Errorf("%d of %d are left", got, before)
			}
		})
	}
}

func TestOldSignInsAndCardsGoByTheirClocks(t *testing.T) {
	h := mustKeptHouse(t)
	insert := `INSERT INTO cards (id, user, secret, words, pin, state, expires, ended, created) VALUES ({:id}, {:user}, {:id}, 'w', 'p', 'void', {:at}, {:at}, {:at})`
	h.execute(t, insert, dbx.Params{"id": "c00000000000001", "user": h.learner.ID, "at": h.stamp(-360 * oneDay)})
	h.execute(t, insert, dbx.Params{"id": "c00000000000002", "user": h.learner.ID, "at": h.stamp(-370 * oneDay)})
	h.runs(t)
	if n := h.count(t, "SELECT COUNT(*) FROM cards"); n != 1 {
		t.Errorf("%d cards", n)
	}
	h.Clock.Pass(89 * oneDay)
	h.runs(t)
	if n := h.count(t, "SELECT COUNT(*) FROM sessions"); n != 1 {
		t.Errorf("%d sessions before their time", n)
	}
	h.Clock.Pass(2 * oneDay)
	h.runs(t)
	if n := h.count(t, "SELECT COUNT(*) FROM sessions"); n != 0 {
		t.Errorf("%d sessions", n)
	}
}

// clocksOn are the fields of the page as it shows them.
func clocksOn(t *testing.T, r hooktest.Response) url.Values {
	t.Helper()
	form := url.Values{}
	r.Page(t).Find("main form input").Each(func(_ int, field *goquery.Selection) {
		name, _ := field.Attr("name")
		value, _ := field.Attr("value")
		form.Set(name, value)
	})
	return form
}

func TestAClockThatIsMovedDownSaysFirstWhatWouldGo(t *testing.T) {
	h := mustKeptHouse(t)
	manager := h.SignIn(t, h.MustSiteManager(t))
	form := clocksOn(t, manager.Get("/manage/retention"))
	if form.Get("left") != "365" || form.Get("copies") != "30" || form.Has("waiting") {
		t.Fatalf("%v", form)
	}
	h.leaves(t)
	h.Clock.Pass(60 * oneDay)
	manager = h.SignIn(t, hooktest.Person{Username: lastUsername(t, h), Password: "three warm loaves"})
	form.Set("left", "40")
	r := manager.Post("/manage/retention", form)
	if r.Status != 409 {
		t.Fatalf("status %d\n%s", r.Status, r.Body)
	}
	wantIn(t, "page", plain(r.Page(t).Find(".errors")), "3 more entries go for good")
	if again := clocksOn(t, manager.Get("/manage/retention")); again.Get("left") != "365" {
		t.Error("it was saved before anybody said yes")
	}
	if r = manager.Post("/manage/retention", clocksOn(t, r)); r.Status != 303 {
		t.Fatalf("status %d", r.Status)
	}
	page := manager.Get("/manage/retention")
	wantIn(t, "page", plain(page.Page(t).Find("main")), "3 entries go at the next run")
	h.runs(t)
	if got := h.written(t); got != 0 {
		t.Errorf("%d are left", got)
	}
	wantIn(t, "page", plain(manager.Get("/manage/retention").Page(t).Find("main")), "What people wrote, after they left: 3")
}

func lastUsername(t *testing.T, h *keptHouse) (username string) {
	t.Helper()
	err := h.App.DB().NewQuery("SELECT u.username FROM users u JOIN memberships m ON m.user = u.id WHERE m.role = 'manager'").Row(&username)
	if err != nil {
		t.Fatal(err)
	}
	return username
}

func TestAClockIsNeverSetToLessThanItMayBe(t *testing.T) {
	h := mustKeptHouse(t)
	manager := h.SignIn(t, h.MustSiteManager(t))
	for name, days := range map[string]string{"record": "365", "left": "29", "sign-ins": "0", "cards": "-1", "copies": "", "cards ": "x", "left ": "36501"} {
		form := clocksOn(t, manager.Get("/manage/retention"))
		name = strings.TrimSpace(name)
		form.Set(name, days)
		r := manager.Post("/manage/retention", form)
		if r.Status != 422 {
			t.Errorf("%s %q: status %d", name, days, r.Status)
		}
		if got := clocksOn(t, r); got.Get(name) != days {
			t.Errorf("%s comes back as %q", name, got.Get(name))
		}
		least := map[string]string{"record": "366", "left": "30", "cards": "30"}[name]
		if least == "" {
			least = "1"
		}
		wantIn(t, "what is wrong", plain(r.Page(t).Find("#"+name+"-error")), "Type a number from "+least+" to 36,500.")
	}
	form := clocksOn(t, manager.Get("/manage/retention"))
	form.Set("waiting", "9000") // is fixed
	if r := manager.Post("/manage/retention", form); r.Status != 303 {
		t.Errorf("status %d", r.Status)
	}
	wantIn(t, "page", plain(manager.Get("/manage/retention").Page(t).Find("main")), "1 day. This one is fixed.")
	wantIn(t, "page", plain(manager.Get("/manage/retention").Page(t).Find("main")), "6 years.")
}

func TestOnlyASiteManagerMovesClocks(t *testing.T) {
	h := mustKeptHouse(t)
	for _, role := range []web.Role{web.Learner, web.Mentor, web.Facilitator, web.Lead, web.Manager} {
		b := h.SignIn(t, h.MustPerson(t, role))
		if r := b.Post("/manage/retention", url.Values{"left": {"30"}}); r.Status != 404 {
			t.Errorf("%s: status %d", role, r.Status)
		}
	}
}
