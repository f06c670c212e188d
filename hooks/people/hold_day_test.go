package people_test

import (
	"testing"
	"time"

	"alongside/hooks/hooktest"
	"alongside/hooks/web"
)

func TestAHoldIsLookedAtAgainByTheDayThatWasTyped(t *testing.T) {
	h := mustKeptHouse(t)
	lead, manager := h.MustPerson(t, web.Lead), h.MustPerson(t, web.Manager)
	typed, next := daysOn(h, 30), daysOn(h, 31)
	h.holds(t, h.SignIn(t, lead), h.learner.ID, "safeguarding")
	says := func(b *hooktest.Browser, address string) {
		t.Helper()
		main := b.Get(address).Page(t).Find("main")
		if main.Find(`time[datetime="`+typed+`"]`).Length() == 0 || main.Find(`time[datetime^="`+next+`"]`).Length() != 0 {
			t.Errorf("%s of a hold until %s: %s", address, typed, plain(main))
		}
	}
	says(h.SignIn(t, lead), "/manage/holds")
	says(h.SignIn(t, lead), "/manage/holds/"+h.learner.ID)
	says(h.SignIn(t, manager), "/manage/erasures/"+h.learner.ID)
	says(h.browser, "/me/data")

	h.Clock.Pass(30 * 24 * time.Hour)
	wantNotIn(t, "on that day", saysOnTheHub(t, h.SignIn(t, manager), "/manage/holds"), "looked at again")
	h.Clock.Pass(24 * time.Hour)
	wantIn(t, "the day after", saysOnTheHub(t, h.SignIn(t, manager), "/manage/holds"), "looked at again")
	says(h.SignIn(t, manager), "/manage")
	says(h.SignIn(t, lead), "/me")
}
