package signin_test

import (
	"bytes"
	"net/url"
	"testing"

	"alongside/hooks/audit"
	"alongside/hooks/hooktest"
	"alongside/hooks/people"
	"alongside/hooks/signin"
	"alongside/hooks/web"

	"github.com/PuerkitoBio/goquery"
)

// formOf is the main form of a page, as it would be sent.
func formOf(t *testing.T, r hooktest.Response) url.Values {
	t.Helper()
	form := url.Values{}
	r.Page(t).Find("main form input[name], main form textarea[name]").Each(func(_ int, field *goquery.Selection) {
		form.Add(field.AttrOr("name", ""), field.AttrOr("value", ""))
	})
	return form
}

func TestWhatALearnerTypedIsNotLostWhenTheyAreMadeALeadMeanwhile(t *testing.T) {
	site := asking(t)
	site.Publish(t, "small", map[string]string{
		"course.md": "---\ntitle: Small\nlanguage: en\n---\nAbout.\n",
		"01-a.md":   "# A\n\nWords.\n\n:::reflection[What?]{#what}\n:::\n",
	})
	sam := site.MustPerson(t, web.Learner)
	browser := site.SignIn(t, sam)
	browser.Post("/courses/small", nil)
	form := formOf(t, browser.Get("/courses/small/a/start"))
	form.Set("a.what", "I walked home.")
	form.Set("do", "save")

	programme, _ := site.MustProgramme(t)
	site.MustJoin(t, people.Membership{User: sam.ID, Role: web.Lead, Programme: programme})
	browser.Post("/courses/small/a/start", form)

	var kept int
	if err := site.App.DB().NewQuery("SELECT COUNT(*) FROM reflections").Row(&kept); err != nil || kept != 1 {
		t.Errorf("%d texts are kept, %v", kept, err)
	}
}

// operate runs a command of the operator.
func operate(site *hooktest.Site, args ...string) (string, error) {
	keys, out := "", &bytes.Buffer{}
	command := signin.Commands(site.App, &keys, site.Clock.Now)[0]
	command.SetArgs(args)
	command.SetOut(out)
	command.SetErr(out)
	err := command.Execute()
	return out.String(), err
}

func TestTheOperatorLetsASiteManagerInWhoLostEverything(t *testing.T) {
	site := asking(t)
	manager := site.MustSiteManager(t)
	browser := site.SignIn(t, manager)
	mustSetUp(t, site, browser)
	if said, err := operate(site, "reset", manager.Username); err != nil {
		t.Fatalf("%v\n%s", err, said)
	}
	if r := browser.Get("/me"); r.Status != 303 {
		t.Errorf("still signed in: status %d", r.Status)
	}
	again := site.SignIn(t, manager)
	if r := again.Get("/me/second"); r.Page(t).Find(".notice").Length() != 1 {
		t.Errorf("they are not told:\n%s", r.Page(t).Find("main").Text())
	}
	mustSetUp(t, site, again)
	if n := acts(t, site, audit.SecondReset, manager.ID); n != 1 {
		t.Errorf("%d acts are on record", n)
	}
	if _, err := operate(site, "reset", "nobody-99"); err == nil {
		t.Error("somebody who is not there was helped")
	}
}
