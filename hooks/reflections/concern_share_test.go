package reflections_test

import (
	"net/url"
	"strings"
	"testing"

	"alongside/hooks/hooktest"
	"alongside/hooks/people"
	"alongside/hooks/reflections"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
)

// shared lets the learner share what she wrote with her facilitator.
func (c *circle) shared(t *testing.T) (*sharing, string) {
	t.Helper()
	s := &sharing{room: c.room, dina: c.maple, tom: c.tom, marek: c.mia, programme: c.programme}
	s.write(t, heron)
	s.hers = c.SignIn(t, c.maple)
	s.share(t, only(c.tom))
	return s, reflections.ShareID(s.id, c.tom.ID)
}

// fromShare raises a concern from what was shared.
func (c *circle) fromShare(t *testing.T, share string) string {
	t.Helper()
	tom := c.SignIn(t, c.tom)
	address := "/concerns/new?share=" + share
	r := tom.Get(address)
	if strings.Contains(r.Body, heron) {
		t.Error("the page has what was shared")
	}
	form := fieldsOf(t, r, "/concerns/new")
	if form.Get("about") != c.programme+":"+c.maple.ID || form.Get("share") != share {
		t.Errorf("the form begins with %v", form)
	}
	form.Set("said", theirWords)
	return c.raised(t, tom, form)
}

func TestConcernFromAShareLinksToItAndCopiesNothing(t *testing.T) {
	c := newCircle(t)
	_, share := c.shared(t)
	at := c.fromShare(t, share)
	page := shows(t, c.SignIn(t, c.lea), at)
	if strings.Contains(page, heron) || !strings.Contains(page, "What it came from") {
		t.Errorf("the lead reads\n%s", page)
	}
	if got := c.SignIn(t, c.tom).Get(at).Page(t).Find("a[href='/facilitate/shares/" + share + "']").Length(); got != 1 {
		t.Errorf("the raiser finds %d links to it", got)
	}
}

func TestConcernOpensWhatItCameFromForALeadWithAReasonThatIsKeptAndTold(t *testing.T) {
	c := newCircle(t)
	_, share := c.shared(t)
	at := c.fromShare(t, share)
	lea := c.SignIn(t, c.lea)
	if r := lea.Post(at+"/share", url.Values{"why": {" "}}); r.Status != 422 || strings.Contains(r.Body, heron) || r.Page(t).Find("#why-error").Length() != 1 {
		t.Errorf("without a reason: status %d", r.Status)
	}
	if c.acts(t, "concern-share-viewed") != "0" {
		t.Error("it is on record, and nothing was shown")
	}
	if r := lea.Post(at+"/share", url.Values{"why": {leadsWhy}}); r.Status != 200 || !strings.Contains(r.Body, heron) {
		t.Fatalf("status %d\n%s", r.Status, r.Page(t).Find("main").Text())
	}
	if page := shows(t, lea, at); !strings.Contains(page, "What it came from was opened") || !strings.Contains(page, leadsWhy) {
		t.Error("the reason is not kept with the concern")
	}
	if page := shows(t, c.SignIn(t, c.maple), "/me/data"); !strings.Contains(page, "A safeguarding lead opened something that you had shared") || strings.Contains(page, leadsWhy) {
		t.Error("the learner is not told")
	}
	if got := c.one(t, "SELECT seen FROM shares", nil); got != "" {
		t.Error("it counts as seen by its reader")
	}
	if r := c.SignIn(t, c.tom).Post(at+"/share", url.Values{"why": {leadsWhy}}); r.Status != 404 {
		t.Errorf("the raiser: status %d", r.Status)
	}
}

func TestConcernDoesNotOpenWhatWasTakenBack(t *testing.T) {
	c := newCircle(t)
	_, share := c.shared(t)
	at := c.fromShare(t, share)
	c.execute(t, "UPDATE shares SET withdrawn = '2026-01-01 00:00:00.000Z'", nil)
	lea := c.SignIn(t, c.lea)
	if page := shows(t, lea, at); !strings.Contains(page, "took back what this came from") {
		t.Errorf("the page says\n%s", page)
	}
	if r := lea.Post(at+"/share", url.Values{"why": {leadsWhy}}); r.Status != 404 || c.acts(t, "concern-share-viewed") != "0" {
		t.Errorf("status %d", r.Status)
	}
}

func TestConcernFromAShareOfSomebodyElsesIsNotThere(t *testing.T) {
	c := newCircle(t)
	_, share := c.shared(t)
	mia := c.SignIn(t, c.mia)
	if r := mia.Get("/concerns/new?share=" + share); r.Status != 404 {
		t.Errorf("the form: status %d", r.Status)
	}
	for _, one := range []string{share, "a-share-that-never-was"} {
		form := fieldsOf(t, mia.Get("/concerns/new"), "/concerns/new")
		form.Set("about", c.programme+":"+c.maple.ID)
		form.Set("share", one)
		r := mia.Post("/concerns/new", form)
		if text := mia.Follow(r).Page(t).Find(".notice").Text(); r.Status != 303 || !strings.Contains(text, "you cannot read it any more") {
			t.Errorf("%s: status %d, and it says %q", one, r.Status, text)
		}
	}
	if c.one(t, "SELECT COUNT(*) FROM concerns WHERE share = ''", nil) != "2" {
		t.Error("one of them is linked to it")
	}
}

// reads is somebody who covers for Tom, and the share that they read.
func (c *circle) reads(t *testing.T) (sara hooktest.Person, share string) {
	t.Helper()
	sara = c.named(t, "Sara", web.Facilitator)
	c.away(t, c.tom)
	c.execute(t, "UPDATE absences SET cover = {:sara}", dbx.Params{"sara": sara.ID})
	s := &sharing{room: c.room, dina: c.maple, tom: c.tom, marek: c.mia, programme: c.programme}
	s.write(t, heron)
	s.hers = c.SignIn(t, c.maple)
	s.share(t, only(sara))
	return sara, c.one(t, "SELECT id FROM shares", nil)
}

func TestConcernIsRaisedByWhoeverCoversAboutWhatTheyRead(t *testing.T) {
	c := newCircle(t)
	sara, share := c.reads(t)
	hers := c.SignIn(t, sara)
	if body := hers.Get("/facilitate/shares/" + share).Body; !strings.Contains(body, heron) || !strings.Contains(body, "/concerns/new?share="+share) {
		t.Fatal("she does not read it, or nothing leads from it to a concern")
	}
	form := fieldsOf(t, hers.Get("/concerns/new?share="+share), "/concerns/new")
	if form.Get("about") != c.programme+":"+c.maple.ID {
		t.Fatalf("it begins as about %q", form.Get("about"))
	}
	form.Set("said", theirWords)
	at := c.raised(t, hers, form)
	if page := shows(t, c.SignIn(t, c.lea), at); !strings.Contains(page, "What it came from") || !strings.Contains(page, "Maple") {
		t.Errorf("the lead reads\n%s", page)
	}
	if body := hers.Get("/concerns/new").Body; strings.Contains(body, c.maple.ID) {
		t.Error("without what she read she can choose a learner who is not hers")
	}
}

func TestConcernFromWhatCannotBeReadAnyMoreGoesOnWithoutALink(t *testing.T) {
	for what, end := range map[string]string{
		"the covering ended":          "UPDATE absences SET ends = starts",
		"the learner was handed over": "UPDATE assignments SET ends = starts WHERE role = 'facilitator'",
	} {
		t.Run(what, func(t *testing.T) {
			c := newCircle(t)
			who, share := c.tom, ""
			if strings.Contains(end, "absences") {
				who, share = c.reads(t)
			} else {
				_, share = c.shared(t)
			}
			b := c.SignIn(t, who)
			form := fieldsOf(t, b.Get("/concerns/new?share="+share), "/concerns/new")
			form.Set("said", theirWords)
			c.execute(t, end, nil)
			r := b.Post("/concerns/new", form)
			page := r.Page(t)
			if r.Status != 422 || page.Find("#said").Text() != theirWords || !strings.Contains(page.Find(".notice").Text(), "is not linked") || !strings.Contains(page.Find(".errors").Text(), "is not in this list any more") {
				t.Fatalf("status %d\n%s", r.Status, page.Find("main").Text())
			}
			form = fieldsOf(t, r, "/concerns/new")
			form.Set("about", c.programme+":")
			at := c.raised(t, b, form)
			if c.one(t, "SELECT share FROM concerns", nil) != "" || !strings.Contains(shows(t, c.SignIn(t, c.lea), at), theirWords) {
				t.Error("it is linked, or its words are lost")
			}
		})
	}
}

func TestConcernOpensNothingForALeadWhoIsNoLeadAnyMore(t *testing.T) {
	c := newCircle(t)
	_, share := c.shared(t)
	at := c.fromShare(t, share)
	far := c.named(t, "Far")
	c.MustJoin(t, people.Membership{User: far.ID, Role: web.Lead, Programme: c.elsewhere(t)})
	lea := c.SignIn(t, c.lea)
	c.execute(t, "UPDATE memberships SET ends = starts WHERE role = 'lead' AND programme = '"+c.programme+"'", nil)
	for _, b := range []string{at, "/concerns"} {
		if r := lea.Get(b); r.Status != 404 {
			t.Errorf("%s: status %d", b, r.Status)
		}
	}
	if r := c.SignIn(t, far).Post(at+"/share", url.Values{"why": {leadsWhy}}); r.Status != 404 {
		t.Errorf("a lead of another programme: status %d", r.Status)
	}
}

func TestConcernInOneProgrammeOpensNothingOfAnother(t *testing.T) {
	c := newCircle(t)
	_, share := c.shared(t)
	south := c.elsewhere(t)
	c.MustJoin(t, people.Membership{User: c.tom.ID, Role: web.Facilitator, Programme: south})
	far := c.named(t, "Far")
	c.MustJoin(t, people.Membership{User: far.ID, Role: web.Lead, Programme: south})
	tom := c.SignIn(t, c.tom)
	form := fieldsOf(t, tom.Get("/concerns/new?share="+share), "/concerns/new")
	form.Set("about", south+":") // nobody of South Quay
	form.Set("said", theirWords)
	at := c.raised(t, tom, form)
	if r := c.SignIn(t, far).Post(at+"/share", url.Values{"why": {leadsWhy}}); r.Status != 404 || strings.Contains(r.Body, heron) {
		t.Errorf("the lead of another programme: status %d", r.Status)
	}
	if strings.Contains(shows(t, tom, at), "What it came from") {
		t.Error("it still says what it came from")
	}
}

func TestConcernAboutSomebodyElseForgetsWhoseShareItCameFrom(t *testing.T) {
	c := newCircle(t)
	_, share := c.shared(t)
	tom := c.SignIn(t, c.tom)
	form := fieldsOf(t, tom.Get("/concerns/new?share="+share), "/concerns/new")
	form.Set("about", c.programme+":")
	form.Set("said", theirWords)
	at := c.raised(t, tom, form)
	if r := c.SignIn(t, c.lea).Post(at+"/share", url.Values{"why": {leadsWhy}}); r.Status != 404 || strings.Contains(r.Body, heron) {
		t.Errorf("the lead: status %d", r.Status)
	}
}
