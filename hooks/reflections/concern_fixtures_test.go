package reflections_test

import (
	"context"
	"net/url"
	"strings"
	"testing"

	"alongside/hooks/hooktest"
	"alongside/hooks/people"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
)

// The words of a concern, each of which stands nowhere but where it may.
const (
	theirWords    = "kestrel-over-the-gasworks"
	whatISaw      = "umbrella-in-the-stairwell"
	whatIThink    = "lighthouse-without-a-keeper"
	whatWeDid     = "teapot-on-the-landing"
	theirWish     = "marigold-by-the-turnstile"
	toldWhen      = "teasel-at-half-past-four"
	whyAllTheSame = "sorrel-under-the-footbridge"
	leadsWhy      = "accordion-in-the-boathouse"
	whatCame      = "snowdrop-beside-the-ferry"
)

// saying is the first screen, filled in.
func (c *circle) saying(t *testing.T, b *hooktest.Browser, about hooktest.Person) url.Values {
	t.Helper()
	form := fieldsOf(t, b.Get("/concerns/new"), "/concerns/new")
	form.Set("about", c.programme+":"+about.ID)
	form.Set("said", theirWords)
	form.Set("when", "today at three")
	form.Set("seen", whatISaw)
	form.Set("think", whatIThink)
	return form
}

// drafted goes through the three screens, and gives the draft's address.
func (c *circle) drafted(t *testing.T, b *hooktest.Browser, first url.Values) string {
	t.Helper()
	r := b.Post("/concerns/new", first)
	if r.Status != 303 || !strings.HasSuffix(r.Location, "/done") {
		t.Fatalf("the first screen: status %d, to %q\n%s", r.Status, r.Location, r.Page(t).Find(".errors").Text())
	}
	at := strings.TrimSuffix(r.Location, "/done")
	if r := b.Post(at+"/done", url.Values{"done": {whatWeDid}, "told": {"on-call", "emergency"}, "told_else": {"their sister"}, "told_when": {toldWhen}}); r.Location != at+"/wishes" {
		t.Fatalf("the second screen: status %d, to %q", r.Status, r.Location)
	}
	if r := b.Post(at+"/wishes", url.Values{"wishes": {theirWish}, "knows": {"against"}, "why": {whyAllTheSame}}); r.Location != at+"/check" {
		t.Fatalf("the third screen: status %d, to %q", r.Status, r.Location)
	}
	return at
}

// raised raises a concern, and gives its address.
func (c *circle) raised(t *testing.T, b *hooktest.Browser, first url.Values) string {
	t.Helper()
	at := c.drafted(t, b, first)
	if r := b.Post(at+"/raise", nil); r.Status != 303 || r.Location != at {
		t.Fatalf("raise: status %d, to %q\n%s", r.Status, r.Location, r.Body)
	}
	return at
}

// raisedByTom is a concern of the facilitator's about the learner.
func (c *circle) raisedByTom(t *testing.T) string {
	t.Helper()
	tom := c.SignIn(t, c.tom)
	return c.raised(t, tom, c.saying(t, tom, c.maple))
}

// doing is a deed of a lead's.
func doing(do, text string) url.Values { return url.Values{"do": {do}, "text": {text}} }

// join gives somebody another role in the circle's programme.
func (c *circle) join(t *testing.T, p hooktest.Person, role web.Role) {
	t.Helper()
	c.MustJoin(t, people.Membership{User: p.ID, Role: role, Programme: c.programme})
}

// counts are what a manager is told of concerns.
func (c *circle) counts(t *testing.T, p hooktest.Person) people.ConcernCounts {
	t.Helper()
	counts, err := c.House.Reflections.CountConcerns(context.Background(), c.viewer(t, p))
	if err != nil {
		t.Fatal(err)
	}
	return counts
}

func (c *circle) acts(t *testing.T, kind string) string {
	t.Helper()
	return c.one(t, "SELECT COUNT(*) FROM audit WHERE kind = {:kind}", dbx.Params{"kind": kind})
}
