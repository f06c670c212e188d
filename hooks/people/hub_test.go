package people_test

import (
	"net/url"
	"strings"
	"testing"

	"alongside/hooks/hooktest"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
)

// saysOnTheHub is what stands on /manage beside a link.
func saysOnTheHub(t *testing.T, b *hooktest.Browser, link string) string {
	t.Helper()
	return plain(b.Get("/manage").Page(t).Find(`main li:has(a[href="` + link + `"])`))
}

func TestAManagerSeesWhoeverWaitsToBeErasedWhereTheyBegin(t *testing.T) {
	h := mustKeptHouse(t)
	site, manager := h.SignIn(t, h.MustSiteManager(t)), h.SignIn(t, h.MustPerson(t, web.Manager))
	_, _, stranger := elsewhere(t, h.Site)
	for _, b := range []*hooktest.Browser{site, manager} {
		wantNotIn(t, "the hub", saysOnTheHub(t, b, "/manage/erasures"), "wait")
	}
	h.browser.Post("/me/data/erase", url.Values{})
	site.Post("/manage/erasures/"+stranger.ID+"/ask", url.Values{})
	h.execute(t, "UPDATE erasures SET asked = '2026-05-01 09:00:00.000Z' WHERE person = {:id}", dbx.Params{"id": stranger.ID})
	wantIn(t, "the hub", saysOnTheHub(t, site, "/manage/erasures"), "2 people are waiting. The first asked on Friday 1 May 2026.")
	said := saysOnTheHub(t, manager, "/manage/erasures")
	wantIn(t, "the hub", said, "1 person is waiting. They asked on")
	wantNotIn(t, "the hub", said, "1 May 2026")
	h.browser.Post("/me/data/erase/back", url.Values{})
	wantNotIn(t, "the hub", saysOnTheHub(t, manager, "/manage/erasures"), "wait")
}

func TestAManagerSeesHoldsWhoseDayHasPassedWhereTheyBegin(t *testing.T) {
	h := mustKeptHouse(t)
	site, manager := h.SignIn(t, h.MustSiteManager(t)), h.SignIn(t, h.MustPerson(t, web.Manager))
	_, _, stranger := elsewhere(t, h.Site)
	lead := h.SignIn(t, h.MustPerson(t, web.Lead))
	for person, by := range map[string]*hooktest.Browser{h.learner.ID: lead, stranger.ID: site} {
		if r := by.Post("/manage/holds/"+person, url.Values{"why": {"legal"}, "until": {daysOn(h, 30)}}); r.Status != 303 {
			t.Fatalf("status %d", r.Status)
		}
	}
	wantNotIn(t, "the hub", saysOnTheHub(t, site, "/manage/holds"), "looked at again")
	h.execute(t, "UPDATE holds SET until = '2026-05-02 00:00:00.000Z' WHERE person = {:id}", dbx.Params{"id": stranger.ID})
	wantIn(t, "the hub", saysOnTheHub(t, site, "/manage/holds"), "1 hold is to be looked at again. Its day was Friday 1 May 2026.")
	late := func() string { return plain(lead.Get("/me").Page(t).Find(`main li:has(a[href="/manage/holds"])`)) }
	wantNotIn(t, "a lead's own page", late(), "looked at again")
	if said := saysOnTheHub(t, manager, "/manage/holds"); strings.Contains(said, "looked at again") {
		t.Errorf("a manager sees a hold of another programme: %s", said)
	}
	h.execute(t, "UPDATE holds SET until = '2026-04-02 00:00:00.000Z' WHERE person = {:id}", dbx.Params{"id": h.learner.ID})
	wantIn(t, "a lead's own page", late(), "1 hold is to be looked at again. Its day was Wednesday 1 April 2026.")
}
