package facilitation_test

import (
	"context"
	"net/url"
	"strings"
	"testing"
	"time"

	"alongside/hooks/hooktest"
	"alongside/hooks/people"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
)

// A leave is a group whose facilitator may be away, with another who could cover,
// a learner of his and a manager.
type leave struct {
	*group
	sara, maple hooktest.Person
	hers        *hooktest.Browser // Sara's
	manager     *hooktest.Browser
}

func newLeave(t *testing.T) *leave {
	t.Helper()
	l := &leave{group: newGroup(t)}
	l.sara = l.MustPerson(t, web.Facilitator)
	l.rename(t, l.sara, "Sara")
	l.maple = l.learner(t, "Maple", l.tom, web.Facilitator)
	l.hers = l.SignInOnOwn(t, l.sara)
	l.manager = l.SignIn(t, l.MustPerson(t, web.Manager))
	return l
}

// day is an ISO date so many days from now.
func (l *leave) day(days int) string {
	return l.Clock.Now().UTC().AddDate(0, 0, days).Format(time.DateOnly)
}

// away is the form of somebody who is away between two days from now.
func (l *leave) away(first, last int, cover string) url.Values {
	return url.Values{"first": {l.day(first)}, "last": {l.day(last)}, "cover-" + l.programme: {cover}}
}

func text(t *testing.T, b *hooktest.Browser, address string) string {
	t.Helper()
	r := b.Get(address)
	if r.Status != 200 {
		t.Fatalf("GET %s: status %d", address, r.Status)
	}
	return strings.Join(strings.Fields(r.Page(t).Find("main").Text()), " ")
}

func says(t *testing.T, page, words string) {
	t.Helper()
	if !strings.Contains(page, words) {
		t.Errorf("the page does not say %q:\n%s", words, page)
	}
}

func saysNot(t *testing.T, page, words string) {
	t.Helper()
	if strings.Contains(page, words) {
		t.Errorf("the page says %q:\n%s", words, page)
	}
}

func (l *leave) mayAnswer(t *testing.T, worker hooktest.Person) bool {
	t.Helper()
	all, err := people.AnswerersOf(context.Background(), l.App, l.maple.ID, l.Clock.Now())
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range all {
		if a.ID == worker.ID {
			return true
		}
	}
	return false
}

func TestWhoeverIsAwaySaysSoAndTheLearnerReadsWhoAnswersMeanwhile(t *testing.T) {
	l := newLeave(t)
	if r := l.his.Post("/facilitate/away", l.away(0, 5, l.sara.ID)); r.Status != 303 {
		t.Fatalf("status %d\n%s", r.Status, r.Page(t).Find(".errors").Text())
	}
	says(t, text(t, l.his, "/facilitate/away"), "Covered by Sara")
	home := text(t, l.SignIn(t, l.maple), "/")
	says(t, home, "Tom is away until")
	says(t, home, "Sara answers meanwhile, if you share it with them")
	says(t, text(t, l.hers, "/facilitate"), "You cover for Tom until")
	if !l.mayAnswer(t, l.sara) {
		t.Error("the cover cannot be shared with")
	}
	says(t, text(t, l.his, "/me/data"), "That you are away was said")
}

func TestAfterTheLastDayNobodyIsAwayAndNobodyCovers(t *testing.T) {
	l := newLeave(t)
	l.his.Post("/facilitate/away", l.away(0, 1, l.sara.ID))
	l.Clock.Pass(48 * time.Hour)
	saysNot(t, text(t, l.SignIn(t, l.maple), "/"), "is away")
	if l.mayAnswer(t, l.sara) {
		t.Error("who covered still can be shared with")
	}
}

func TestWhoComesBackEarlyEndsItAtOnce(t *testing.T) {
	l := newLeave(t)
	l.his.Post("/facilitate/away", l.away(0, 5, l.sara.ID))
	l.Clock.Pass(time.Minute)
	id := l.one(t, "SELECT id FROM absences", nil)
	if r := l.hers.Post("/facilitate/away/"+id+"/end", url.Values{}); r.Status != 404 {
		t.Errorf("somebody else's: status %d", r.Status)
	}
	if r := l.his.Post("/facilitate/away/"+id+"/end", url.Values{}); r.Status != 303 {
		t.Fatalf("status %d", r.Status)
	}
	if l.mayAnswer(t, l.sara) {
		t.Error("who covered still can be shared with")
	}
	if r := l.his.Post("/facilitate/away/"+id+"/end", url.Values{}); r.Status != 404 {
		t.Errorf("a second time: status %d", r.Status)
	}
}

func TestATimeAwayThatHasNotBegunIsTakenBack(t *testing.T) {
	l := newLeave(t)
	l.his.Post("/facilitate/away", l.away(10, 12, ""))
	saysNot(t, text(t, l.SignIn(t, l.maple), "/"), "is away")
	l.his.Post("/facilitate/away/"+l.one(t, "SELECT id FROM absences", nil)+"/end", url.Values{})
	if n := l.count(t, "absences"); n != 0 {
		t.Errorf("%d are left", n)
	}
}

func TestDaysThatCannotBeComeBackInTheirFields(t *testing.T) {
	l := newLeave(t)
	l.his.Post("/facilitate/away", l.away(20, 22, ""))
	l.hers.Post("/facilitate/away", l.away(30, 32, ""))
	for name, c := range map[string]struct {
		form  url.Values
		field string
	}{
		"nothing typed":         {url.Values{"cover-" + l.programme: {""}}, "#first"},
		"no date":               {url.Values{"first": {"soon"}, "last": {l.day(2)}, "cover-" + l.programme: {""}}, "#first"},
		"the wrong way round":   {l.away(5, 4, ""), "#last"},
		"a day that has passed": {l.away(-1, 4, ""), "#first"},
		"too long":              {l.away(40, 130, ""), "#last"},
		"said already":          {l.away(18, 20, ""), "#first"},
		"the cover is away too": {l.away(32, 33, l.sara.ID), "#cover-" + l.programme},
		"a learner as cover":    {l.away(5, 6, l.maple.ID), "#cover-" + l.programme},
	} {
		before := l.count(t, "absences")
		r := l.his.Post("/facilitate/away", c.form)
		if r.Status != 422 || r.Page(t).Find(c.field).AttrOr("aria-invalid", "") != "true" {
			t.Errorf("%s: status %d, and nothing at %s", name, r.Status, c.field)
		}
		if typed := r.Page(t).Find("#first").AttrOr("value", ""); typed != c.form.Get("first") {
			t.Errorf("%s: what was typed came back as %q", name, typed)
		}
		if n := l.count(t, "absences"); n != before {
			t.Errorf("%s: it was stored", name)
		}
	}
}

func TestAManagerSaysItForSomebodyWhoIsIll(t *testing.T) {
	l := newLeave(t)
	address := "/manage/programmes/" + l.programme + "/people/" + l.tom.ID + "/away"
	says(t, text(t, l.manager, "/manage/programmes/"+l.programme+"/people/"+l.tom.ID), "Being away")
	if r := l.manager.Post(address, l.away(0, 3, l.sara.ID)); r.Status != 303 {
		t.Fatalf("status %d", r.Status)
	}
	says(t, text(t, l.manager, address), "Covered by Sara")
	says(t, text(t, l.manager, "/facilitate/away"), "Tom")
	says(t, text(t, l.his, "/facilitate/away"), "Covered by Sara")
	saysNot(t, text(t, l.hers, "/facilitate/away"), "Who is away")
	if r := l.hers.Get(address); r.Status != 404 {
		t.Errorf("a facilitator gets the page of another: status %d", r.Status)
	}
	l.Clock.Pass(time.Minute)
	if r := l.manager.Post(address+"/"+l.one(t, "SELECT id FROM absences", nil)+"/end", url.Values{}); r.Status != 303 {
		t.Errorf("they are back: status %d", r.Status)
	}
	if by := l.one(t, "SELECT actor FROM audit WHERE kind = 'away-ended' AND subject = {:tom}", dbx.Params{"tom": l.tom.ID}); by == "" || by == l.tom.ID {
		t.Errorf("on record as done by %q", by)
	}
}

func TestOnlyWhoHasTheSameRoleInTheSameProgrammeIsOffered(t *testing.T) {
	l := newLeave(t)
	mentor := l.MustPerson(t, web.Mentor)
	l.rename(t, mentor, "Mia")
	page := text(t, l.his, "/facilitate/away")
	says(t, page, "Sara")
	saysNot(t, page, "Mia")
	if r := l.his.Post("/facilitate/away", l.away(0, 3, mentor.ID)); r.Status != 422 {
		t.Errorf("status %d", r.Status)
	}
}
