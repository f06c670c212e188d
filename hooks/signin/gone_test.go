package signin_test

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"alongside/hooks/hooktest"
	"alongside/hooks/web"

	"github.com/PuerkitoBio/goquery"
)

func saysOf(t *testing.T, r hooktest.Response) string {
	t.Helper()
	return strings.Join(strings.Fields(r.Page(t).Find("main").Text()), " ")
}

func TestAUsedLinkOfTheFirstManagerLeadsToSigningInAndTellsNothing(t *testing.T) {
	site := hooktest.Start(t)
	link := offer(t, site)
	site.Guest(t).Post(link, firstForm)
	guest := site.Guest(t)
	used, wrong := guest.Get(link), guest.Get("/sign-in/first/guess")
	if said := saysOf(t, used); used.Status != 404 || !strings.Contains(said, "This link does not work any more") || said != saysOf(t, wrong) || wrong.Status != 404 {
		t.Errorf("%d: %q; a wrong one %d: %q", used.Status, said, wrong.Status, saysOf(t, wrong))
	}
	if used.Page(t).Find("main a[href='/sign-in']").Length() != 1 {
		t.Error("it does not lead to signing in")
	}
	if sent := guest.Post(link, firstForm); saysOf(t, sent) != saysOf(t, used) {
		t.Errorf("sent again: %q", saysOf(t, sent))
	}
}

func TestWhatIsNotShownAnyMoreSaysSoAndLeadsToWhereAnotherIsMade(t *testing.T) {
	m := withTeam(t)
	staff := m.MustPerson(t, web.Facilitator)
	learner, person := "/facilitate/learners/"+m.learner.ID, "/manage/programmes/"+m.programme+"/people/"+staff.ID
	for _, c := range []struct{ make, never, says, to string }{
		{learner + "/card", "/facilitate/cards/none", "These cards are not shown any more", "/facilitate"},
		{learner + "/code", learner + "/code/none", "This code is not shown any more", learner},
		{person + "/link", person + "/link/none", "This link is not shown any more", person},
	} {
		browser, elsewhere := m.SignInOnOwn(t, m.boss), m.SignInOnOwn(t, m.boss)
		made := browser.Post(c.make, nil).Location
		shown, others, never := browser.Get(made), elsewhere.Get(made), browser.Get(c.never)
		m.Clock.Pass(11 * time.Minute)
		over := browser.Get(made)
		if shown.Status != 200 {
			t.Errorf("%s: status %d at first", made, shown.Status)
		}
		for what, r := range map[string]hooktest.Response{"over": over, "another session's": others, "never there": never} {
			if r.Status != 404 || !strings.Contains(saysOf(t, r), c.says) || saysOf(t, r) != saysOf(t, never) {
				t.Errorf("%s, %s: %d: %q", c.make, what, r.Status, saysOf(t, r))
			}
			if r.Page(t).Find("main a[href='"+c.to+"']").Length() != 1 {
				t.Errorf("%s, %s: no way to %s", c.make, what, c.to)
			}
		}
	}
}

func TestALanguageThatIsChosenOnTheWayInKeepsTheWay(t *testing.T) {
	site := withLanguages(t)
	const way = "/sign-in?back=%2Fme%2Fpassword%3Ffrom%3Dhome"
	guest := site.Guest(t)
	for what, page := range map[string]hooktest.Response{
		"opened":    guest.Get(way),
		"come back": guest.Post("/sign-in", url.Values{"back": {"/me/password?from=home"}}),
	} {
		back := page.Page(t).Find("form[action='/language'] [name=back]").AttrOr("value", "")
		if r := choose(guest, "en", back); r.Location != way {
			t.Errorf("%s: it leads to %q", what, r.Location)
		}
	}
}

func TestSignInsAndDevicesAreToldToTheMinute(t *testing.T) {
	site := hooktest.Start(t)
	sam := site.MustPerson(t, web.Learner)
	out := site.SignIn(t, sam)
	out.Post("/sign-out", nil)
	site.SignInOnOwn(t, sam)
	browser := site.SignInOnOwn(t, sam)

	minute := " UTC"
	if said := saysOf(t, browser.Get("/me")); !strings.Contains(said, minute) {
		t.Errorf("/me says %q", said)
	}
	page := browser.Get("/me/cards").Page(t)
	signIns := page.Find("main ul.rows").Last().Find("li")
	running := 0
	signIns.Each(func(_ int, one *goquery.Selection) {
		said := one.Text()
		if !strings.Contains(said, minute) {
			t.Errorf("a sign-in says %q", said)
		}
		if strings.Contains(said, "Still signed in") {
			running++
		}
	})
	if signIns.Length() != 3 || running != 1 {
		t.Errorf("%d sign-ins, %d of them besides this one still run; want 3 and 1", signIns.Length(), running)
	}
	if page.Find("main a[href='/me#devices']").Length() != 1 || browser.Get("/me").Page(t).Find("#devices").Length() != 1 {
		t.Error("no way from a sign-in to where it is ended")
	}
}
