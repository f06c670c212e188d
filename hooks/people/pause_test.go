package people_test

import (
	"net/url"
	"strings"
	"testing"

	"alongside/hooks/hooktest"
	"alongside/hooks/people"
	"alongside/hooks/web"

	"github.com/PuerkitoBio/goquery"
	"github.com/pocketbase/dbx"
)

// onPersonPage is a learner's page as a manager has it, and the membership there.
func onPersonPage(t *testing.T, site *hooktest.Site) (b *hooktest.Browser, address, membership string, learner hooktest.Person) {
	t.Helper()
	programme, _ := site.MustProgramme(t)
	learner = site.MustPerson(t, web.Learner)
	err := site.App.DB().NewQuery("SELECT id FROM memberships WHERE user = {:user}").Bind(dbx.Params{"user": learner.ID}).Row(&membership)
	if err != nil {
		t.Fatal(err)
	}
	b = site.SignInOnOwn(t, site.MustPerson(t, web.Manager))
	return b, "/manage/programmes/" + programme + "/people/" + learner.ID, membership, learner
}

// opened says which forms of a page stand open, by a field of each.
func opened(page *goquery.Document) (fields []string) {
	page.Find("details[open]").Each(func(_ int, s *goquery.Selection) {
		fields = append(fields, s.Find("input[type=date], select, input[type=radio]").First().AttrOr("name", "?"))
	})
	return fields
}

func TestADayThatCannotBeComesBackInItsFieldAndOpensItsFormAlone(t *testing.T) {
	site := hooktest.Start(t)
	b, address, membership, _ := onPersonPage(t, site)
	if open := opened(b.Get(address).Page(t)); open != nil {
		t.Errorf("open without a reason: %q", open)
	}
	r := b.Post(address+"/roles/"+membership+"/pause", url.Values{"resumes": {"2020-02-01"}})
	want(t, "status", r.Status, 422)
	page := r.Page(t)
	want(t, "what was typed", page.Find("#resumes-"+membership).AttrOr("value", ""), "2020-02-01")
	want(t, "open forms", strings.Join(opened(page), ","), "resumes")
	want(t, "its problem is beside it", page.Find("#resumes-"+membership).AttrOr("aria-invalid", ""), "true")

	r = b.Post(address+"/roles", url.Values{"role": {"nothing"}, "first": {"2030-01-01"}})
	want(t, "status", r.Status, 422)
	if open := opened(r.Page(t)); len(open) != 1 || open[0] == "resumes" {
		t.Errorf("for a role: %q", open)
	}
	r = b.Post(address+"/workers", url.Values{"worker": {"mentor:nobody"}})
	want(t, "status", r.Status, 422)
	if open := opened(r.Page(t)); open != nil {
		t.Errorf("for who walks beside them: %q", open)
	}
}

func TestABreakIsCalledABreakOnEveryPage(t *testing.T) {
	site := hooktest.Start(t)
	b, address, membership, learner := onPersonPage(t, site)
	form := b.Get(address).Page(t)
	want(t, "the button", strings.TrimSpace(form.Find("form[action$='/pause'] button").Text()), "Start a break")
	b.Post(address+"/roles/"+membership+"/pause", nil)
	during := b.Get(address)
	want(t, "the other", strings.TrimSpace(during.Page(t).Find("form[action$='/resume'] button").Text()), "End the break")
	b.Post(address+"/roles/"+membership+"/resume", nil)
	said := form.Find("main").Text() + during.Page(t).Find("main").Text()
	for _, page := range []string{"/me/data", "/me/data/acts", "/me/acts"} {
		said += site.SignInOnOwn(t, learner).Get(page).Page(t).Find("main").Text()
	}
	if strings.Contains(strings.ToLower(said), "pause") {
		t.Errorf("it is called a pause:\n%s", said)
	}
}

func TestEndingWhoWalksBesideSomebodySaysWhenNobodyIsLeft(t *testing.T) {
	site := hooktest.Start(t)
	b, address, _, learner := onPersonPage(t, site)
	programme, _ := site.MustProgramme(t)
	give := func(role web.Role) {
		t.Helper()
		err := people.Assign(site.App, people.Assignment{Learner: learner.ID, Worker: site.MustPerson(t, role).ID, Role: role, Programme: programme, Starts: site.Clock.Now()})
		if err != nil {
			t.Fatal(err)
		}
	}
	const nobody = "Then nobody walks beside them."
	give(web.Facilitator)
	one := b.Get(address).Page(t).Find("main").Text()
	if !strings.Contains(one, "End this now") || !strings.Contains(one, nobody) {
		t.Errorf("the last one:\n%s", one)
	}
	give(web.Mentor)
	if two := b.Get(address).Page(t).Find("main").Text(); strings.Contains(two, nobody) {
		t.Errorf("one of two:\n%s", two)
	}
}
