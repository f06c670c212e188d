package reflections_test

import (
	"net/url"
	"strings"
	"testing"

	"alongside/hooks/people"
	"alongside/hooks/reflections"
	"alongside/hooks/web"
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
	form := fieldsOf(t, mia.Get("/concerns/new"), "/concerns/new")
	form.Set("about", c.programme+":"+c.maple.ID)
	form.Set("share", share)
	if r := mia.Post("/concerns/new", form); r.Status != 404 {
		t.Errorf("sent: status %d", r.Status)
	}
	if c.one(t, "SELECT COUNT(*) FROM concerns", nil) != "0" {
		t.Error("a concern is there")
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
