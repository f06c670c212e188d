package facilitation_test

import (
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"alongside/hooks/hooktest"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
)

// sent is the report of a list that somebody sends.
func (g *group) sent(t *testing.T, b *hooktest.Browser, pasted string) hooktest.Response {
	t.Helper()
	return b.Follow(b.Post(g.many(), url.Values{"do": {"check"}, "pasted": {pasted}, "course": {g.course}}))
}

// confirm presses the button of a report.
func (g *group) confirm(t *testing.T, b *hooktest.Browser, report hooktest.Response) hooktest.Response {
	t.Helper()
	key := report.Page(t).Find("input[name=key]").AttrOr("value", "")
	return b.Post(g.many(), url.Values{"do": {"add"}, "key": {key}})
}

// ended waits until nothing is being made, and is what the page then says.
func (g *group) ended(t *testing.T, b *hooktest.Browser, path string) hooktest.Response {
	t.Helper()
	for range 1000 {
		if r := b.Get(path); !strings.Contains(r.Body, "Cards made:") {
			return r
		}
		time.Sleep(5 * time.Millisecond)
	}
	t.Fatal("it never ends")
	return hooktest.Response{}
}

func manyNames(count int) (names []string) {
	for i := range count {
		names = append(names, "Person "+strconv.Itoa(i))
	}
	return names
}

func (g *group) endRoles(t *testing.T, p hooktest.Person) {
	t.Helper()
	at := g.Clock.Now().UTC().Format("2006-01-02 15:04:05.000Z")
	if _, err := g.App.NonconcurrentDB().Update("memberships", dbx.Params{"ends": at}, dbx.HashExp{"user": p.ID}).Execute(); err != nil {
		t.Fatal(err)
	}
}

func TestAListIsCheckedAgainWhenItIsAdded(t *testing.T) {
	g := newGroup(t)
	marek := g.MustPerson(t, web.Mentor)
	before := g.count(t, "users")
	report := g.report(t, "called,language,worker\nDina,,"+marek.Username+"\nYusuf,,\n")
	g.endRoles(t, marek)
	g.confirm(t, g.his, report)
	r := g.ended(t, g.his, g.many())
	if !strings.Contains(r.Body, "Something has changed since this list was read") || !strings.Contains(r.Page(t).Find(".lines-read").Text(), "has this username: "+marek.Username) {
		t.Errorf("the report does not say what has changed:\n%s", r.Body)
	}
	if n := g.count(t, "users"); n != before {
		t.Errorf("%d people were made", n-before)
	}
	if n := g.count(t, "assignments WHERE worker = '"+marek.ID+"'"); n != 0 {
		t.Error("somebody was given to a mentor who is none any more")
	}
}

func TestTheSameListOfTwoPeopleMakesEverybodyOnce(t *testing.T) {
	g := newGroup(t)
	hers := g.SignInOnOwn(t, g.MustPerson(t, web.Facilitator))
	one, other := g.sent(t, g.his, "Dina\nYusuf\n"), g.sent(t, hers, "Dina\nYusuf\n")
	g.confirm(t, g.his, one)
	g.ended(t, g.his, g.many())
	g.confirm(t, hers, other)
	r := g.ended(t, hers, g.many())
	if !strings.Contains(r.Body, "Everybody on this list is here already") || !strings.Contains(r.Body, "Nobody was added") {
		t.Errorf("who came second reads:\n%s", r.Body)
	}
	if n := g.count(t, "users WHERE name IN ('Dina', 'Yusuf')"); n != 2 {
		t.Errorf("Dina and Yusuf are %d people", n)
	}
}

func TestTwoListsThatAreAddedAtTheSameMomentMakeEverybodyOnce(t *testing.T) {
	g := newGroup(t)
	hers := g.SignInOnOwn(t, g.MustPerson(t, web.Facilitator))
	names := manyNames(60)
	list := strings.Join(names, "\n")
	before := g.count(t, "users")
	one, other := g.sent(t, g.his, list), g.sent(t, hers, list)
	g.confirm(t, g.his, one)
	g.confirm(t, hers, other)
	said := g.ended(t, g.his, g.many()).Body + g.ended(t, hers, g.many()).Body
	if n := g.count(t, "users") - before; n != len(names) {
		t.Errorf("%d people were made of %d", n, len(names))
	}
	if !strings.Contains(said, "Something has changed since this list was read") {
		t.Errorf("neither is told:\n%s", said)
	}
}

func TestAListThatComesWhileAnotherIsAddedIsNotLostInSilence(t *testing.T) {
	g := newGroup(t)
	g.confirm(t, g.his, g.report(t, strings.Join(manyNames(150), "\n")))
	if r := g.sent(t, g.his, "Dina\n"); !strings.Contains(r.Page(t).Find(".notice").Text(), "send this one again") {
		t.Errorf("%s", r.Body)
	}
	g.his.Post(g.many(), url.Values{"do": {"stop"}})
	g.ended(t, g.his, g.many())
}

func TestAQuotationMarkIsNamedWithItsLine(t *testing.T) {
	g := newGroup(t)
	for list, says := range map[string]string{
		"called\nDina\n\n\"Yusuf\nZoe\n":       "Line 4: a quotation mark is opened and not closed",
		"called,language\nDina,\nYusuf \"Y\",": "Line 3: a quotation mark",
	} {
		r := g.his.Follow(g.upload(t, g.his, list))
		if said := r.Page(t).Find("#file-error").Text(); !strings.Contains(said, says) {
			t.Errorf("%q: %q", list, said)
		}
	}
}
