package reflections_test

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"alongside/hooks/hooktest"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
)

// telling is what a lead sends to the person whom a concern is about.
func telling(text string) url.Values { return url.Values{"do": {"send"}, "text": {text}} }

// acknowledged is a concern of the facilitator's that the lead has read.
func (c *circle) acknowledged(t *testing.T) (at string, lea *hooktest.Browser) {
	t.Helper()
	at, lea = c.raisedByTom(t), c.SignIn(t, c.lea)
	if r := lea.Post(at+"/acts", doing("acknowledged", leadsWhy)); r.Status != 303 {
		t.Fatalf("acknowledge: status %d", r.Status)
	}
	return at, lea
}

func TestConcernActSentTwiceIsOne(t *testing.T) {
	c := newCircle(t)
	at := c.raisedByTom(t)
	lea := c.SignIn(t, c.lea)
	for i, press := range []url.Values{doing("acknowledged", leadsWhy), doing("note", "called them"), doing("decided", leadsWhy), doing("actions", "went there"), doing("closed", "settled")} {
		form := fieldsOf(t, lea.Get(at), at+"/acts")
		for field, value := range press {
			form[field] = value
		}
		form.Set("what", "act")
		for range 2 {
			if r := lea.Post(at+"/acts", form); r.Status != 303 || r.Location != at {
				t.Errorf("%s: status %d, to %q", press.Get("do"), r.Status, r.Location)
			}
		}
		if n := c.one(t, "SELECT COUNT(*) FROM concern_acts", nil); n != string(rune('1'+i)) {
			t.Errorf("after %s there are %s", press.Get("do"), n)
		}
		if press.Get("do") != "note" {
			continue
		}
		form.Set("text", "called them, and they were at home")
		lea.Post(at+"/acts", form)
		if page := shows(t, lea, at); !strings.Contains(page, "they were at home") {
			t.Error("the same form with other words is lost")
		}
		c.execute(t, "DELETE FROM concern_acts WHERE id = (SELECT id FROM concern_acts WHERE kind = 'note' LIMIT 1)", nil)
	}
}

func TestConcernActThatComesAfterTheSessionEndedIsFilledInAgain(t *testing.T) {
	for path, field := range map[string]string{"/acts": "text", "/share": "why", "/tell": "text"} {
		t.Run(path, func(t *testing.T) {
			c := newCircle(t)
			_, share := c.shared(t)
			at := c.fromShare(t, share)
			lea := c.SignIn(t, c.lea)
			lea.Post(at+"/acts", doing("acknowledged", leadsWhy))
			c.Clock.Pass(16 * time.Minute)
			form := url.Values{"do": {"note"}, field: {whatCame}}
			if r := lea.Post(at+path, form); r.Status != 303 || !strings.HasPrefix(r.Location, "/sign-in") {
				t.Fatalf("status %d, to %q", r.Status, r.Location)
			}
			lea = c.SignIn(t, c.lea)
			if page := lea.Get(at + path).Page(t); page.Find("form[action='"+at+path+"'] [name="+field+"]").Text() != whatCame {
				t.Errorf("it is lost: %s", page.Find("main").Text())
			}
		})
	}
}

func TestConcernOfTwoLeadsTheSecondSeesWhatTheFirstDidBeforeTheirsCounts(t *testing.T) {
	c := newCircle(t)
	leo := c.named(t, "Leo", web.Lead)
	at, lea := c.acknowledged(t)
	his := c.SignIn(t, leo)
	form := fieldsOf(t, his.Get(at), at+"/acts")
	lea.Post(at+"/acts", doing("note", "they are in hospital"))
	form.Set("do", "decided")
	form.Set("what", "none")
	form.Set("text", whatCame)
	r := his.Post(at+"/acts", form)
	page := r.Page(t)
	if r.Status != 409 || page.Find("#text").Text() != whatCame || !strings.Contains(page.Find("main").Text(), "they are in hospital") {
		t.Errorf("status %d\n%s", r.Status, page.Find("main").Text())
	}
	if n := c.one(t, "SELECT COUNT(*) FROM concern_acts WHERE kind = 'decided'", nil); n != "0" || c.acts(t, "concern-decided") != "0" {
		t.Error("it is decided")
	}
	again := fieldsOf(t, r, at+"/acts")
	again.Set("do", "decided")
	if r := his.Post(at+"/acts", again); r.Status != 303 {
		t.Errorf("once he saw it: status %d", r.Status)
	}
}

func TestConcernNoteMovesNoDayOfAnother(t *testing.T) {
	c := newCircle(t)
	at, lea := c.acknowledged(t)
	was := c.one(t, "SELECT acknowledged FROM concerns", nil)
	c.Clock.Pass(10 * time.Minute)
	lea.Post(at+"/acts", doing("note", "called twice"))
	lea.Post(at+"/tell", telling(whatCame))
	if now := c.one(t, "SELECT acknowledged FROM concerns", nil); now != was {
		t.Errorf("acknowledged %s, and after a note %s", was, now)
	}
}

func TestConcernWithoutTheKeyGivesBackWhatALeadTyped(t *testing.T) {
	c := newCircle(t)
	_, share := c.shared(t)
	at := c.fromShare(t, share)
	c.SignIn(t, c.lea).Post(at+"/acts", doing("acknowledged", leadsWhy))
	loseKey(t, c.Dir+".keys")
	now := c.AfterPowerCut(t)
	lea, tom := now.SignIn(t, c.lea), now.SignIn(t, c.tom)
	for path, r := range map[string]hooktest.Response{
		"/acts": lea.Post(at+"/acts", doing("note", whatCame)), "/tell": lea.Post(at+"/tell", telling(whatCame)),
		"/share": lea.Post(at+"/share", url.Values{"why": {whatCame}}),
		"/add":   tom.Post(at+"/add", url.Values{"more": {whatCame}}),
	} {
		if r.Status != 503 || !strings.Contains(r.Page(t).Find("main").Text(), whatCame) {
			t.Errorf("%s: status %d\n%s", path, r.Status, r.Page(t).Find("main").Text())
		}
	}
}

func TestConcernTellsThePersonOnlyOnceTheLeadSawWhatTheyWillRead(t *testing.T) {
	c := newCircle(t)
	at, lea := c.acknowledged(t)
	if r := lea.Post(at+"/acts", doing("told", whatCame)); r.Status != 422 {
		t.Errorf("with the buttons of a step: status %d", r.Status)
	}
	if got := lea.Get(at).Page(t).Find("a[href='" + at + "/tell']").Length(); got != 1 {
		t.Errorf("%d ways lead there", got)
	}
	form := fieldsOf(t, lea.Get(at+"/tell"), at+"/tell")
	form.Set("do", "check")
	if r := lea.Post(at+"/tell", form); r.Status != 422 || r.Page(t).Find("#text-error").Length() != 1 {
		t.Errorf("without words: status %d", r.Status)
	}
	form.Set("text", whatCame)
	look := lea.Post(at+"/tell", form)
	if look.Status != 200 || !strings.Contains(look.Page(t).Find("h1").Text(), "They will read this") || !strings.Contains(look.Page(t).Find("main").Text(), "Maple") {
		t.Errorf("status %d\n%s", look.Status, look.Page(t).Find("main").Text())
	}
	if page := shows(t, c.SignIn(t, c.maple), "/me/told"); strings.Contains(page, whatCame) {
		t.Error("they read it before it was sent")
	}
	form = fieldsOf(t, look, at+"/tell")
	form.Set("do", "change")
	if r := lea.Post(at+"/tell", form); r.Page(t).Find("#text").Text() != whatCame {
		t.Error("to change it, it is written anew")
	}
	form.Set("do", "send")
	for range 2 {
		if r := lea.Post(at+"/tell", form); r.Status != 303 || r.Location != at {
			t.Errorf("send: status %d", r.Status)
		}
	}
	if n := strings.Count(shows(t, c.SignIn(t, c.maple), "/me/told"), whatCame); n != 1 || c.acts(t, "concern-told") != "1" {
		t.Errorf("they read it %d times", n)
	}
}

func TestConcernAboutNobodyNamedHasNobodyToTell(t *testing.T) {
	c := newCircle(t)
	tom, lea := c.SignIn(t, c.tom), c.SignIn(t, c.lea)
	raised := c.raisedByTom(t)
	form := c.saying(t, tom, c.maple)
	form.Set("about", c.programme+":")
	at := c.raised(t, tom, form)
	lea.Post(at+"/acts", doing("acknowledged", leadsWhy))
	for name, address := range map[string]string{"about nobody": at, "not read yet": raised} {
		if r := lea.Get(address + "/tell"); r.Status != 404 {
			t.Errorf("%s: status %d", name, r.Status)
		}
		if r := lea.Post(address+"/tell", telling(whatCame)); r.Status != 404 {
			t.Errorf("%s: told: status %d", name, r.Status)
		}
	}
	lea.Post(raised+"/acts", doing("acknowledged", leadsWhy))
	for name, p := range map[string]hooktest.Person{"the raiser": c.tom, "the learner": c.maple, "a manager": c.anna} {
		if r := c.SignIn(t, p).Post(raised+"/tell", telling(whatCame)); r.Status != 404 {
			t.Errorf("%s: status %d", name, r.Status)
		}
	}
}

func TestConcernLetsWhoeverRaisedItAddSomethingWhileItIsOpen(t *testing.T) {
	c := newCircle(t)
	at, lea := c.acknowledged(t)
	tom := c.SignIn(t, c.tom)
	c.Clock.Pass(time.Minute)
	form := fieldsOf(t, tom.Get(at), at+"/add")
	if r := tom.Post(at+"/add", form); r.Status != 422 || r.Page(t).Find("#more-error").Length() != 1 {
		t.Errorf("nothing: status %d", r.Status)
	}
	form.Set("more", whatISaw+" again")
	for range 2 {
		if r := tom.Post(at+"/add", form); r.Status != 303 || r.Location != at {
			t.Fatalf("status %d, to %q", r.Status, r.Location)
		}
	}
	if page := shows(t, tom, at); strings.Count(page, whatISaw+" again") != 1 || strings.Contains(page, leadsWhy) {
		t.Errorf("he reads\n%s", page)
	}
	if list := shows(t, lea, "/concerns"); !strings.Contains(list, "Something was added") {
		t.Errorf("the list says\n%s", list)
	}
	if page := shows(t, lea, at); !strings.Contains(page, whatISaw+" again") || !strings.Contains(page, "Added by whoever raised it") {
		t.Errorf("the lead reads\n%s", page)
	}
	c.Clock.Pass(time.Minute)
	lea.Post(at+"/acts", doing("note", "read it"))
	if list := shows(t, lea, "/concerns"); strings.Contains(list, "Something was added") {
		t.Error("it says so after a lead wrote")
	}
	for name, b := range map[string]*hooktest.Browser{"a mentor": c.SignIn(t, c.mia), "the learner": c.SignIn(t, c.maple), "another lead": c.SignIn(t, c.named(t, "Leo", web.Lead))} {
		if r := b.Post(at+"/add", url.Values{"more": {whatCame}}); r.Status != 404 {
			t.Errorf("%s: status %d", name, r.Status)
		}
	}
	finds(t, c.Site, whatISaw)
}

func TestConcernThatIsClosedTakesNothingMoreAndLeadsToANewOne(t *testing.T) {
	c := newCircle(t)
	at := c.raisedByTom(t)
	tom := c.SignIn(t, c.tom)
	form := fieldsOf(t, tom.Get(at), at+"/add")
	c.closes(t, at)
	form.Set("more", whatISaw+" again")
	r := tom.Post(at+"/add", form)
	page := r.Page(t).Find("main")
	if r.Status != 409 || !strings.Contains(page.Text(), whatISaw+" again") || page.Find("a[href='/concerns/new']").Length() == 0 {
		t.Errorf("status %d\n%s", r.Status, page.Text())
	}
	if n := c.one(t, "SELECT COUNT(*) FROM concern_acts WHERE actor = {:tom}", dbx.Params{"tom": c.tom.ID}); n != "0" {
		t.Error("it is stored")
	}
	for name, b := range map[string]*hooktest.Browser{"the raiser": tom, "the lead": c.SignIn(t, c.lea)} {
		if page := b.Get(at).Page(t).Find("main"); !strings.Contains(page.Text(), "Is there something new?") || page.Find("form[action='"+at+"/add']").Length() != 0 {
			t.Errorf("%s reads\n%s", name, page.Text())
		}
	}
}

func TestConcernsThatAreToBeLookedAtAgainStandFirstOnceTheirDayHasCome(t *testing.T) {
	c := newCircle(t)
	lea := c.SignIn(t, c.lea)
	var all []string
	for range 2 {
		at := c.raisedByTom(t)
		c.Clock.Pass(time.Minute)
		form := doing("acknowledged", leadsWhy)
		if len(all) == 1 {
			form.Set("review", c.Clock.Now().UTC().Add(48*time.Hour).Format(time.DateOnly))
		}
		lea.Post(at+"/acts", form)
		all = append(all, at)
	}
	order := func() (first, text string) {
		t.Helper()
		page := c.SignIn(t, c.lea).Get("/concerns").Page(t).Find("main")
		return page.Find("a.row-name").First().AttrOr("href", ""), page.Text()
	}
	if first, text := order(); first != all[0] || strings.Contains(text, "looked at again today") || !strings.Contains(text, "To be looked at again") {
		t.Errorf("before: first %s\n%s", first, text)
	}
	c.Clock.Pass(48 * time.Hour)
	if first, text := order(); first != all[1] || !strings.Contains(text, "To be looked at again today") {
		t.Errorf("on that day: first %s\n%s", first, text)
	}
	c.Clock.Pass(24 * time.Hour)
	if first, text := order(); first != all[1] || !strings.Contains(text, "To be looked at again since") {
		t.Errorf("the day after: first %s\n%s", first, text)
	}
	c.SignIn(t, c.lea).Post(all[1]+"/acts", doing("note", "looked"))
	if first, text := order(); first != all[0] || strings.Contains(text, "To be looked at again") {
		t.Errorf("once it was looked at: first %s\n%s", first, text)
	}
}

func TestConcernDraftsSayWhenTheyWereWritten(t *testing.T) {
	c := newCircle(t)
	tom := c.SignIn(t, c.tom)
	c.drafted(t, tom, c.saying(t, tom, c.maple))
	times := tom.Get("/concerns").Page(t).Find("li:has(a[href$='/said']) time")
	if at := times.AttrOr("datetime", ""); times.Length() != 1 || !strings.HasPrefix(at, c.Clock.Now().UTC().Format("2006-01-02T15:04")) {
		t.Errorf("%d, %q", times.Length(), at)
	}
}

func TestConcernOpensTheThreadOfWhatItCameFromAndNoOther(t *testing.T) {
	c := newCircle(t)
	s, share := c.shared(t)
	at := c.fromShare(t, share)
	s.answers(t, c.tom, "an-answer-of-toms", false)
	s.share(t, only(c.mia))
	s.answers(t, c.mia, "an-answer-of-mias", false)
	lea := c.SignIn(t, c.lea)
	if page := shows(t, lea, at); !strings.Contains(page, "what the two wrote to each other") || strings.Contains(page, "an-answer") {
		t.Errorf("before it is opened\n%s", page)
	}
	r := lea.Post(at+"/share", url.Values{"why": {leadsWhy}})
	page := r.Page(t).Find("main").Text()
	if r.Status != 200 || !strings.Contains(page, heron) || !strings.Contains(page, "an-answer-of-toms") || !strings.Contains(page, "Tom") {
		t.Errorf("status %d\n%s", r.Status, page)
	}
	if strings.Contains(page, "an-answer-of-mias") {
		t.Error("the lead reads what another wrote")
	}
	if n := c.one(t, "SELECT COUNT(*) FROM replies WHERE seen != ''", nil); n != "0" {
		t.Errorf("%s count as seen", n)
	}
}

// Six years are counted from the day on which it was closed.
func TestConcernStaysClosedOnTheDayItWasWhenThePersonIsToldLater(t *testing.T) {
	c := newCircle(t)
	at := c.raisedByTom(t)
	c.closes(t, at)
	was := c.one(t, "SELECT closed FROM concerns", nil)
	c.Clock.Pass(400 * 24 * time.Hour)
	lea := c.SignIn(t, c.lea)
	form := fieldsOf(t, lea.Get(at+"/tell"), at+"/tell")
	form.Set("text", whatCame)
	form.Set("do", "send")
	if r := lea.Post(at+"/tell", form); r.Status != 303 {
		t.Fatalf("status %d", r.Status)
	}
	if now := c.one(t, "SELECT closed FROM concerns", nil); now != was || was == "" {
		t.Errorf("closed %q, then %q", was, now)
	}
}
