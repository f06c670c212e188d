package people_test

import (
	"net/url"
	"testing"

	"alongside/hooks/hooktest"
	"alongside/hooks/people"
	"alongside/hooks/web"
)

// holds puts a person on hold, and gives the hold's id.
func (h *keptHouse) holds(t *testing.T, by *hooktest.Browser, person, why string) (id string) {
	t.Helper()
	if r := by.Post("/manage/holds/"+person, url.Values{"why": {why}, "until": {daysOn(h, 30)}}); r.Status != 303 {
		t.Fatalf("hold: status %d\n%s", r.Status, r.Body)
	}
	if err := h.App.DB().NewQuery("SELECT id FROM holds WHERE ended = '' ORDER BY rowid DESC").Row(&id); err != nil {
		t.Fatal(err)
	}
	return id
}

func TestNobodyPlacesOrEndsAHoldOfThemself(t *testing.T) {
	h := mustKeptHouse(t)
	lead, kofi := h.SignIn(t, h.MustPerson(t, web.Lead)), h.MustPerson(t, web.Manager)
	his, boss := h.SignIn(t, kofi), h.MustSiteManager(t)
	hold := h.holds(t, lead, kofi.ID, "safeguarding")
	page := "/manage/holds/" + kofi.ID
	if n := his.Get(page).Page(t).Find(`main form`).Length(); n != 0 {
		t.Errorf("their own page has %d forms", n)
	}
	want(t, "ends it", his.Post(page+"/"+hold, url.Values{}).Status, 409)
	want(t, "places one", his.Post(page, url.Values{"why": {"legal"}, "until": {daysOn(h, 30)}}).Status, 409)
	own := h.holds(t, h.SignIn(t, h.MustSiteManager(t)), boss.ID, "legal")
	want(t, "a site manager too", h.SignIn(t, boss).Post("/manage/holds/"+boss.ID+"/"+own, url.Values{}).Status, 409)
	want(t, "holds", rowsOf(t, h.Site, "holds WHERE ended = ''"), 2)
	want(t, "the lead ends it", lead.Post(page+"/"+hold, url.Values{}).Status, 303)
}

func TestAHoldIsReadAndEndedInTheProgrammeThatPlacedIt(t *testing.T) {
	h := mustKeptHouse(t)
	programme, _ := h.MustProgramme(t)
	south, _, _ := elsewhere(t, h.Site)
	h.MustJoin(t, people.Membership{User: h.learner.ID, Role: web.Learner, Programme: south})
	called := func(role web.Role) *hooktest.Browser {
		p := h.MustPerson(t)
		h.MustJoin(t, people.Membership{User: p.ID, Role: role, Programme: south})
		return h.SignIn(t, p)
	}
	farida := h.MustPerson(t, web.Lead)
	lead, site := h.SignIn(t, farida), h.SignIn(t, h.MustSiteManager(t))
	hold := h.holds(t, lead, h.learner.ID, "safeguarding")
	want(t, "of the programme", rowsOf(t, h.Site, "holds WHERE programme = {:id}", "id", programme), 1)
	page := "/manage/holds/" + h.learner.ID
	for role, b := range map[web.Role]*hooktest.Browser{web.Lead: called(web.Lead), web.Manager: called(web.Manager)} {
		addresses := []string{page}
		if role == web.Manager {
			addresses = append(addresses, "/manage/erasures/"+h.learner.ID)
		}
		for _, address := range addresses {
			r := b.Get(address)
			said := plain(r.Page(t).Find("main .row p, main .notice"))
			wantIn(t, address, said, "Another programme")
			wantNotIn(t, address, said, "The safety of a person")
			wantNotIn(t, address, said, farida.Username)
			wantNotIn(t, address, r.Body, hold)
		}
		wantNotIn(t, "the list", b.Get("/manage/holds").Body, page)
		want(t, string(role)+" of another programme ends it", b.Post(page+"/"+hold, url.Values{}).Status, 404)
	}
	want(t, "still there", rowsOf(t, h.Site, "holds WHERE ended = ''"), 1)
	h.execute(t, "UPDATE holds SET until = '2026-05-01 00:00:00.000Z'")
	wantNotIn(t, "another programme's hub", saysOnTheHub(t, called(web.Manager), "/manage/holds"), "looked at again")
	wantIn(t, "the site manager's list", site.Get("/manage/holds").Body, page)
	manager := h.SignIn(t, h.MustPerson(t, web.Manager))
	wantIn(t, "the same programme", plain(manager.Get(page).Page(t).Find("main .row p")), "The safety of a person")
	want(t, "the same programme ends it", manager.Post(page+"/"+hold, url.Values{}).Status, 303)

	ofSite := h.holds(t, site, h.learner.ID, "legal")
	want(t, "of the site", rowsOf(t, h.Site, "holds WHERE programme = '' AND ended = ''"), 1)
	want(t, "a programme ends the site's", manager.Post(page+"/"+ofSite, url.Values{}).Status, 404)
	want(t, "the site ends its own", site.Post(page+"/"+ofSite, url.Values{}).Status, 303)
}
