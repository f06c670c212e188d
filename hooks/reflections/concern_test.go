package reflections_test

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"alongside/hooks/hooktest"
	"alongside/hooks/people"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
)

func TestConcernIsRaisedInThreeScreensAndReachesTheLead(t *testing.T) {
	c := newCircle(t)
	at := c.raisedByTom(t)
	lea := c.SignIn(t, c.lea)
	if !strings.Contains(lea.Get("/courses").Body, "A safeguarding concern waits for you.") {
		t.Error("no page tells the lead")
	}
	c.Clock.Pass(3 * time.Hour)
	lea = c.SignIn(t, c.lea)
	list := shows(t, lea, "/concerns")
	if !strings.Contains(list, "Raised 3 hours ago") || !strings.Contains(list, "Tom") || strings.Contains(list, "Maple") {
		t.Errorf("the list says\n%s", list)
	}
	page := shows(t, lea, at)
	for _, want := range []string{theirWords, whatISaw, whatIThink, whatWeDid, theirWish, toldWhen, whyAllTheSame, "today at three", "The emergency number", "Yes, and they would rather not", "Whoever is on call", "their sister", "Maple", "Tom"} {
		if !strings.Contains(page, want) {
			t.Errorf("the lead does not read %q", want)
		}
	}
}

func TestConcernIsNobodyElses(t *testing.T) {
	c := newCircle(t)
	at := c.raisedByTom(t)
	other := c.elsewhere(t)
	far := c.named(t, "Far")
	c.MustJoin(t, people.Membership{User: far.ID, Role: web.Lead, Programme: other})
	for name, p := range map[string]hooktest.Person{
		"the learner": c.maple, "a mentor": c.mia, "a manager": c.anna, "another facilitator": c.MustPerson(t, web.Facilitator), "a lead of another programme": far,
		"the site manager": c.MustSiteManager(t),
	} {
		b := c.SignIn(t, p)
		for _, address := range []string{at, at + "/said", at + "/done", at + "/wishes", at + "/check"} {
			if r := b.Get(address); r.Status != 404 {
				t.Errorf("%s opens %s: status %d", name, address, r.Status)
			}
		}
		for _, form := range []string{"/raise", "/delete", "/acts", "/share"} {
			if r := b.Post(at+form, doing("acknowledged", "x")); r.Status != 404 {
				t.Errorf("%s posts %s: status %d", name, form, r.Status)
			}
		}
		if body := b.Get("/concerns").Body; strings.Contains(body, at) {
			t.Errorf("%s has it in the list", name)
		}
		if strings.Contains(b.Get("/courses").Body, "A safeguarding concern waits") {
			t.Errorf("%s is told that one waits", name)
		}
	}
	if r := c.Guest(t).Get(at); r.Status != 303 {
		t.Errorf("a guest: status %d", r.Status)
	}
}

func TestConcernScreensSaveAndGoBackWithoutLosingAWord(t *testing.T) {
	c := newCircle(t)
	tom := c.SignIn(t, c.tom)
	at := c.drafted(t, tom, c.saying(t, tom, c.maple))
	said := fieldsOf(t, tom.Get(at+"/said"), at+"/said")
	for field, want := range map[string]string{"said": theirWords, "seen": whatISaw, "think": whatIThink, "when": "today at three", "about": c.programme + ":" + c.maple.ID} {
		if said.Get(field) != want {
			t.Errorf("%s: %q", field, said.Get(field))
		}
	}
	done := fieldsOf(t, tom.Get(at+"/done"), at+"/done")
	if done.Get("done") != whatWeDid || len(done["told"]) != 2 || done.Get("told_else") != "their sister" || done.Get("told_when") != toldWhen {
		t.Errorf("the second screen: %v", done)
	}
	said.Set("seen", "something else")
	tom.Post(at+"/said", said)
	if wishes := fieldsOf(t, tom.Get(at+"/wishes"), at+"/wishes"); wishes.Get("wishes") != theirWish || wishes.Get("knows") != "against" || wishes.Get("why") != whyAllTheSame {
		t.Errorf("the third screen after the first was changed: %v", wishes)
	}
	if page := shows(t, tom, "/concerns"); !strings.Contains(page, "Go on writing") {
		t.Error("the draft is not in the list")
	}
	if page := shows(t, c.SignIn(t, c.lea), "/concerns"); strings.Contains(page, "Go on writing") || strings.Contains(page, at) {
		t.Error("the lead sees a draft")
	}
	if r := c.SignIn(t, c.lea).Get(at + "/check"); r.Status != 404 {
		t.Errorf("the lead opens a draft: status %d", r.Status)
	}
}

func TestConcernComesBackWithWhatWasTypedAndWhatToPutRight(t *testing.T) {
	c := newCircle(t)
	tom := c.SignIn(t, c.tom)
	form := c.saying(t, tom, c.maple)
	form.Set("about", "")
	r := tom.Post("/concerns/new", form)
	if page := r.Page(t); r.Status != 422 || page.Find("#about-error").Length() != 1 || page.Find("#said").Text() != theirWords {
		t.Errorf("status %d\n%s", r.Status, page.Find("main").Text())
	}
	form = c.saying(t, tom, c.maple)
	form.Set("think", strings.Repeat("x", 8001))
	if r := tom.Post("/concerns/new", form); r.Status != 422 || r.Page(t).Find("#think-error").Length() != 1 || len(r.Page(t).Find("#think").Text()) != 8001 {
		t.Errorf("too long: status %d", r.Status)
	}
	form = c.saying(t, tom, c.maple)
	form.Set("said", "")
	form.Set("seen", "")
	at := c.drafted(t, tom, form)
	if r := tom.Post(at+"/raise", nil); r.Status != 422 || !strings.Contains(r.Body, "Write what they said") {
		t.Errorf("one that says nothing: status %d", r.Status)
	}
}

func TestConcernSentTwiceIsOne(t *testing.T) {
	c := newCircle(t)
	tom := c.SignIn(t, c.tom)
	form := c.saying(t, tom, c.maple)
	at := c.drafted(t, tom, form)
	tom.Post("/concerns/new", form)
	tom.Post(at+"/raise", nil)
	if r := tom.Post(at+"/raise", nil); r.Location != at {
		t.Errorf("raised again: status %d, to %q", r.Status, r.Location)
	}
	if n := c.one(t, "SELECT COUNT(*) FROM concerns", nil); n != "1" || c.acts(t, "concern-raised") != "1" {
		t.Errorf("%s concerns, %s on record", n, c.acts(t, "concern-raised"))
	}
}

func TestConcernDraftIsTakenAwayWithItsKey(t *testing.T) {
	c := newCircle(t)
	tom := c.SignIn(t, c.tom)
	at := c.drafted(t, tom, c.saying(t, tom, c.maple))
	if r := tom.Post(at+"/delete", nil); r.Status != 303 {
		t.Fatalf("status %d", r.Status)
	}
	if n := c.one(t, "SELECT (SELECT COUNT(*) FROM concerns) + (SELECT COUNT(*) FROM keys WHERE owner LIKE 'concern:%')", nil); n != "0" {
		t.Errorf("%s are left", n)
	}
	raised := c.raised(t, tom, c.saying(t, tom, c.maple))
	if r := tom.Post(raised+"/delete", nil); r.Status != 404 {
		t.Errorf("a raised one: status %d", r.Status)
	}
}

func TestConcernIsAStepAwayOnEveryPageOfWhoeverMayRaiseOne(t *testing.T) {
	c := newCircle(t)
	for _, one := range []struct {
		who  hooktest.Person
		want int
	}{{c.tom, 1}, {c.mia, 1}, {c.lea, 1}, {c.maple, 0}, {c.anna, 0}} {
		if got := c.SignIn(t, one.who).Get("/courses").Page(t).Find("footer a[href='/concerns']").Length(); got != one.want {
			t.Errorf("%s finds %d ways", one.who.Username, got)
		}
	}
}

func TestConcernIsAboutALearnerOfMineOrNobodyNamed(t *testing.T) {
	c := newCircle(t)
	tom := c.SignIn(t, c.tom)
	other := c.named(t, "Stranger", web.Learner)
	form := c.saying(t, tom, other)
	if r := tom.Post("/concerns/new", form); r.Status != 422 {
		t.Errorf("about somebody else's learner: status %d", r.Status)
	}
	form.Set("about", c.programme+":")
	at := c.raised(t, tom, form)
	if page := shows(t, c.SignIn(t, c.lea), at); !strings.Contains(page, "Nobody named") {
		t.Errorf("the lead reads\n%s", page)
	}
	lea := c.SignIn(t, c.lea)
	c.raised(t, lea, c.saying(t, lea, other)) // a lead about anybody of the programme
	if r := c.SignIn(t, c.anna).Get("/concerns/new"); r.Status != 404 {
		t.Errorf("a manager: status %d", r.Status)
	}
	if r := c.SignIn(t, c.maple).Get("/concerns/new"); r.Status != 404 {
		t.Errorf("a learner: status %d", r.Status)
	}
}

func TestConcernIsHiddenFromWhoeverItNames(t *testing.T) {
	c := newCircle(t)
	tom := c.SignIn(t, c.tom)
	second := c.named(t, "Leo", web.Lead)
	c.join(t, c.lea, web.Manager)
	form := c.saying(t, tom, c.maple)
	form.Set("staff", c.programme+":"+c.lea.ID)
	at := c.drafted(t, tom, form)
	check := shows(t, tom, at+"/check")
	if readers := check[strings.Index(check, "Who will read this"):]; !strings.Contains(readers, "Leo · Safeguarding lead") || strings.Contains(readers, "Lea · ") || !strings.Contains(readers, "hidden from Lea") {
		t.Errorf("the page says\n%s", check)
	}
	tom.Post(at+"/raise", nil)

	lea, leo := c.SignIn(t, c.lea), c.SignIn(t, second)
	if r := lea.Get(at); r.Status != 404 {
		t.Errorf("they open it: status %d", r.Status)
	}
	if r := lea.Post(at+"/acts", doing("acknowledged", leadsWhy)); r.Status != 404 {
		t.Errorf("they act on it: status %d", r.Status)
	}
	if body := lea.Get("/concerns").Body; strings.Contains(body, at) {
		t.Error("it is in their list")
	}
	if strings.Contains(lea.Get("/courses").Body, "A safeguarding concern waits") {
		t.Error("a page tells them that one waits")
	}
	if counts := c.counts(t, c.lea); counts.Year != 0 {
		t.Errorf("they are counted for them: %+v", counts)
	}
	if counts := c.counts(t, c.anna); counts.Year != 1 || counts.Waiting != 1 {
		t.Errorf("another manager: %+v", counts)
	}
	if page := shows(t, lea, "/me/data"); strings.Contains(strings.ToLower(page), "concern was") {
		t.Error("their data tells them")
	}
	if body := c.SignIn(t, c.MustSiteManager(t)).Get("/manage/audit").Body; strings.Contains(body, "concern") {
		t.Error("the counts of the record tell")
	}
	if page := shows(t, leo, at); !strings.Contains(page, theirWords) {
		t.Error("the other lead does not read it")
	}

	c.execute(t, "UPDATE concerns SET staff = ''", nil)
	c.House.Reflections.Begin()
	if r := lea.Get(at); r.Status != 404 {
		t.Errorf("changed by hand, they open it: status %d", r.Status)
	}
	if body := lea.Get("/concerns").Body; strings.Contains(body, at) || strings.Contains(body, "was changed") {
		t.Error("changed by hand, their list tells them")
	}
	if counts := c.counts(t, c.lea); counts.Year != 0 {
		t.Errorf("changed by hand, it is counted for them: %+v", counts)
	}
	if strings.Contains(lea.Get("/courses").Body, "A safeguarding concern waits") {
		t.Error("changed by hand, a page tells them")
	}
}

func TestConcernChangedByHandOpensForNobody(t *testing.T) {
	for column, value := range map[string]string{"programme": "", "state": "closed", "about": "", "raised": "2020-01-01 00:00:00.000Z", "share": "abcdefghijklmno"} {
		t.Run(column, func(t *testing.T) {
			c := newCircle(t)
			at := c.raisedByTom(t)
			reader := c.lea
			if column == "programme" {
				value = c.elsewhere(t)
				reader = c.named(t, "Far")
				c.MustJoin(t, people.Membership{User: reader.ID, Role: web.Lead, Programme: value})
			}
			c.execute(t, "UPDATE concerns SET "+column+" = {:value}", dbx.Params{"value": value})
			b := c.SignIn(t, reader)
			if r := b.Get(at); strings.Contains(r.Body, theirWords) || strings.Contains(r.Body, "Maple") {
				t.Errorf("it opens: status %d", r.Status)
			}
			if r := b.Post(at+"/acts", doing("acknowledged", leadsWhy)); r.Status == 303 {
				t.Error("it is acted on")
			}
			if list := shows(t, b, "/concerns"); strings.Contains(list, "Raised by") || !strings.Contains(list, "1 record was changed") {
				t.Errorf("the list says\n%s", list)
			}
		})
	}
}

func TestConcernWithNobodyToReadItSaysWhatToDo(t *testing.T) {
	c := newCircle(t)
	tom := c.SignIn(t, c.tom)
	form := c.saying(t, tom, c.maple)
	form.Set("staff", c.programme+":"+c.lea.ID)
	at := c.drafted(t, tom, form)
	page := shows(t, tom, at+"/check")
	for _, want := range []string{"There is nobody here who can read this.", "Speak to a manager in person today", "999"} {
		if !strings.Contains(page, want) {
			t.Errorf("it does not say %q", want)
		}
	}
}

func TestConcernOfNobodyWhoWorksElsewhere(t *testing.T) {
	c := newCircle(t)
	tom := c.SignIn(t, c.tom)
	other := c.elsewhere(t)
	c.MustJoin(t, people.Membership{User: c.tom.ID, Role: web.Facilitator, Programme: other})
	far := c.named(t, "Far")
	c.MustJoin(t, people.Membership{User: far.ID, Role: web.Lead, Programme: other})
	form := c.saying(t, tom, c.maple)
	form.Set("staff", other+":"+far.ID)
	if r := tom.Post("/concerns/new", form); r.Status != 422 || r.Page(t).Find("#staff-error").Length() != 1 {
		t.Errorf("staff of another programme: status %d", r.Status)
	}
}

func TestConcernGoesOnStepByStepEachWithAReasonAndOnlyALeadClosesIt(t *testing.T) {
	c := newCircle(t)
	at := c.raisedByTom(t)
	tom, lea := c.SignIn(t, c.tom), c.SignIn(t, c.lea)
	if r := tom.Post(at+"/acts", doing("closed", "enough")); r.Status != 404 {
		t.Errorf("the raiser closes it: status %d", r.Status)
	}
	for _, wrong := range []url.Values{doing("closed", leadsWhy), doing("decided", leadsWhy), doing("acknowledged", ""), doing("told", whatCame)} {
		if r := lea.Post(at+"/acts", wrong); r.Status != 422 {
			t.Errorf("%v: status %d", wrong, r.Status)
		}
	}
	lea.Post(at+"/acts", doing("acknowledged", leadsWhy))
	decide := doing("decided", "")
	decide.Set("what", "none")
	if r := lea.Post(at+"/acts", decide); r.Status != 422 || !strings.Contains(r.Body, "Write what you do and why") {
		t.Errorf("no action without a reason: status %d", r.Status)
	}
	decide.Set("text", leadsWhy)
	decide.Del("what")
	if r := lea.Post(at+"/acts", decide); r.Status != 422 || r.Page(t).Find("#text").Text() != leadsWhy {
		t.Errorf("no decision: status %d", r.Status)
	}
	decide.Set("what", "none")
	decide.Set("review", "2030-01-02")
	if r := lea.Post(at+"/acts", decide); r.Status != 303 {
		t.Fatalf("status %d", r.Status)
	}
	lea.Post(at+"/acts", doing("actions", "called them"))
	lea.Post(at+"/acts", doing("note", "they are at home"))
	lea.Post(at+"/acts", doing("closed", "settled"))
	if state := c.one(t, "SELECT state FROM concerns WHERE acknowledged != '' AND decided != '' AND closed != ''", nil); state != "closed" {
		t.Errorf("it is %q", state)
	}
	page := shows(t, lea, at)
	for _, want := range []string{"Read, and being dealt with", "Nothing has to be done", leadsWhy, "called them", "they are at home", "settled", "Lea"} {
		if !strings.Contains(page, want) {
			t.Errorf("the lead does not read %q", want)
		}
	}
	own := shows(t, tom, at)
	if !strings.Contains(own, "Closed") || !strings.Contains(own, theirWords) {
		t.Error("the raiser does not see how it stands")
	}
	for _, not := range []string{leadsWhy, "called them", "they are at home", "settled", "Nothing has to be done"} {
		if strings.Contains(own, not) {
			t.Errorf("the raiser reads %q", not)
		}
	}
	for _, kind := range []string{"concern-raised", "concern-acknowledged", "concern-decided", "concern-acted", "concern-noted", "concern-closed"} {
		if c.acts(t, kind) != "1" {
			t.Errorf("%s is on record %s times", kind, c.acts(t, kind))
		}
	}
}

func TestConcernIsOnRecordBeforeItIsShown(t *testing.T) {
	c := newCircle(t)
	at := c.raisedByTom(t)
	lea := c.SignIn(t, c.lea)
	shows(t, lea, at)
	if c.acts(t, "concern-viewed") != "1" {
		t.Errorf("on record %s times", c.acts(t, "concern-viewed"))
	}
	c.execute(t, "CREATE TRIGGER no_more BEFORE INSERT ON audit WHEN NEW.kind = 'concern-viewed' BEGIN SELECT RAISE(ABORT, 'full'); END; UPDATE users SET name = name", nil)
	if r := lea.Get(at); r.Status != 500 || strings.Contains(r.Body, theirWords) {
		t.Errorf("it shows though it is not on record: status %d", r.Status)
	}
}

func TestConcernTellsTheLearnerNothingButWhatTheyAreTold(t *testing.T) {
	c := newCircle(t)
	at := c.raisedByTom(t)
	lea, maple := c.SignIn(t, c.lea), c.SignIn(t, c.maple)
	shows(t, lea, at)
	before := shows(t, maple, "/me/data") + shows(t, maple, "/") + shows(t, maple, "/me/told")
	if strings.Contains(before, "safeguarding concern") || strings.Contains(before, "for you to read") {
		t.Errorf("the learner reads\n%s", before)
	}
	lea.Post(at+"/acts", doing("acknowledged", leadsWhy))
	if r := lea.Post(at+"/tell", telling(whatCame)); r.Status != 303 {
		t.Fatalf("status %d", r.Status)
	}
	if page := shows(t, maple, "/"); !strings.Contains(page, "There is something for you to read") || strings.Contains(page, "worried") {
		t.Error("the first page does not lead there, or says why")
	}
	page := shows(t, maple, "/me/told")
	if !strings.Contains(page, whatCame) || strings.Contains(page, leadsWhy) || strings.Contains(page, theirWords) {
		t.Errorf("the learner reads\n%s", page)
	}
	if data := shows(t, maple, "/me/data"); !strings.Contains(data, "You were told what came of a worry about you") {
		t.Error("it is not on their page")
	}
	for _, p := range []hooktest.Person{c.tom, c.mia, c.MustPerson(t, web.Learner)} {
		if page := shows(t, c.SignIn(t, p), "/me/told"); strings.Contains(page, whatCame) {
			t.Error("somebody else reads it")
		}
	}
	other := c.MustPerson(t, web.Learner)
	c.execute(t, "UPDATE concerns SET about = {:id}", dbx.Params{"id": other.ID})
	if page := shows(t, c.SignIn(t, other), "/me/told") + shows(t, c.SignIn(t, other), "/"); strings.Contains(page, whatCame) || strings.Contains(page, "for you to read") {
		t.Error("made somebody else's by hand, they are told")
	}
}

func TestConcernIsOnlyCountedForManagers(t *testing.T) {
	c := newCircle(t)
	at := c.raisedByTom(t)
	c.Clock.Pass(5 * time.Hour)
	if got, want := c.counts(t, c.anna), (people.ConcernCounts{Year: 1, Open: 1, Waiting: 1, Longest: 5, Took: -1}); got != want {
		t.Errorf("counted %+v, not %+v", got, want)
	}
	anna := c.SignIn(t, c.anna)
	if page := shows(t, anna, "/manage"); !strings.Contains(page, "the oldest of these for 5 hours") || strings.Contains(page, "Maple") {
		t.Errorf("the page says\n%s", page)
	}
	c.SignIn(t, c.lea).Post(at+"/acts", doing("acknowledged", leadsWhy))
	if got, want := c.counts(t, c.anna), (people.ConcernCounts{Year: 1, Open: 1, Took: 5}); got != want {
		t.Errorf("counted %+v, not %+v", got, want)
	}
	if got := c.counts(t, c.tom); got.Year != 0 {
		t.Errorf("a facilitator is told %+v", got)
	}
}

func TestConcernTellsNothingToASessionInWhichTheirTextsAreClosed(t *testing.T) {
	c := newCircle(t)
	at := c.raisedByTom(t)
	lea := c.SignIn(t, c.lea)
	lea.Post(at+"/acts", doing("acknowledged", leadsWhy))
	lea.Post(at+"/tell", telling(whatCame))
	maple := c.SignIn(t, c.maple)
	c.execute(t, "UPDATE sessions SET how = 'code', closed = TRUE, with = {:tom} WHERE user = {:id}", dbx.Params{"tom": c.tom.ID, "id": c.maple.ID})
	if page := shows(t, maple, "/me/told"); strings.Contains(page, whatCame) || !strings.Contains(page, "closed") {
		t.Errorf("it shows\n%s", page)
	}
	if page := shows(t, maple, "/"); strings.Contains(page, "for you to read") {
		t.Error("the first page leads there")
	}
}
