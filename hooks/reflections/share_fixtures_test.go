package reflections_test

import (
	"context"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"

	"alongside/hooks/hooktest"
	"alongside/hooks/people"
	"alongside/hooks/reflections"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
)

const (
	bridge = "the-bridge-at-night"
	letter = "a-letter-never-sent"
)

// A sharing is a house with a learner who wrote three paragraphs, and whose
// facilitator is Tom and whose mentor is Marek.
type sharing struct {
	*room
	dina, tom, marek hooktest.Person
	hers             *hooktest.Browser
	programme        string
	id               string // of the reflection
}

func newSharing(t *testing.T, change ...func(*hooktest.Setup)) *sharing {
	t.Helper()
	s := &sharing{room: open(t, change...)}
	s.programme, _ = s.MustProgramme(t)
	s.dina, s.tom, s.marek = s.named(t, "Dina", web.Learner), s.named(t, "Tom", web.Facilitator), s.named(t, "Marek", web.Mentor)
	s.assign(t, s.tom, web.Facilitator)
	s.assign(t, s.marek, web.Mentor)
	s.write(t, heron+"\n\n"+bridge+"\n\n"+letter)
	s.hers = s.SignIn(t, s.dina)
	return s
}

func (s *sharing) named(t *testing.T, name string, role web.Role) hooktest.Person {
	t.Helper()
	p := s.MustPerson(t, role)
	s.execute(t, "UPDATE users SET name = {:name} WHERE id = {:id}", dbx.Params{"name": name, "id": p.ID})
	return p
}

func (s *sharing) assign(t *testing.T, worker hooktest.Person, role web.Role) {
	t.Helper()
	err := people.Assign(s.App, people.Assignment{Learner: s.dina.ID, Worker: worker.ID, Role: role, Programme: s.programme, Starts: s.Clock.Now().Add(-time.Minute)})
	if err != nil {
		t.Fatal(err)
	}
}

// write is what Dina wrote, instead of what she had.
func (s *sharing) write(t *testing.T, text string) {
	t.Helper()
	one := s.by(s.dina, text)
	one.State = reflections.Kept
	s.keep(t, one)
	s.id = reflections.RowID(s.dina.ID, s.module, "heard")
}

func (s *sharing) address() string { return "/reflections/" + s.id + "/share" }

func (s *sharing) thread(reader hooktest.Person) string {
	return "/reflections/" + s.id + "/threads/" + reflections.ShareID(s.id, reader.ID)
}

// close lets her session be one that staff gave her: what she wrote before is
// closed in it.
func (s *sharing) close(t *testing.T) {
	t.Helper()
	s.execute(t, "UPDATE sessions SET how = 'code', closed = TRUE, with = {:tom} WHERE user = {:id}", dbx.Params{"tom": s.tom.ID, "id": s.dina.ID})
}

// form is the form of the page as it is, with whom and what she chooses. kept are
// words of the parts that she keeps.
func (s *sharing) form(t *testing.T, do string, to []hooktest.Person, kept ...string) url.Values {
	t.Helper()
	page := s.hers.Get(s.address())
	if page.Status != 200 {
		t.Fatalf("the page: status %d\n%s", page.Status, page.Body)
	}
	doc := page.Page(t)
	form := url.Values{"do": {do}, "seen": {doc.Find("input[name=seen]").AttrOr("value", "")}}
	for _, p := range to {
		form.Add("to", p.ID)
	}
	for _, words := range kept {
		part := doc.Find(".shown-part:contains('" + words + "') input[name=keep]")
		if part.Length() != 1 {
			t.Fatalf("%d parts say %q", part.Length(), words)
		}
		form.Add("keep", part.AttrOr("value", ""))
	}
	return form
}

// share shares at once.
func (s *sharing) share(t *testing.T, to []hooktest.Person, kept ...string) {
	t.Helper()
	if r := s.hers.Post(s.address(), s.form(t, "share", to, kept...)); r.Status != 303 {
		t.Fatalf("share: status %d\n%s", r.Status, r.Body)
	}
}

func only(people ...hooktest.Person) []hooktest.Person { return people }

// as is somebody as their session would have them.
func (s *sharing) as(t *testing.T, p hooktest.Person) *web.Viewer {
	t.Helper()
	v := &web.Viewer{ID: p.ID}
	var rows []struct {
		Role      web.Role `db:"role"`
		Programme string   `db:"programme"`
	}
	err := s.App.DB().NewQuery("SELECT role, programme FROM memberships WHERE user = {:user} AND starts <= {:now} AND (ends = '' OR ends > {:now})").
		Bind(dbx.Params{"user": p.ID, "now": people.Before(s.Clock.Now())}).All(&rows)
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows {
		v.Memberships = append(v.Memberships, web.Membership{Role: row.Role, Programme: row.Programme})
	}
	return v
}

// reads is what a reader gets, in one text; and why they do not.
func (s *sharing) reads(t *testing.T, p hooktest.Person) (string, *reflections.Opened, error) {
	t.Helper()
	opened, err := s.House.Reflections.Open(context.Background(), s.as(t, p), reflections.ShareID(s.id, p.ID))
	if err != nil || opened == nil {
		return "", opened, err
	}
	var words []string
	for _, part := range opened.Shown.Parts {
		words = append(words, part.Asked, part.Said)
	}
	return strings.Join(words, "\n"), opened, nil
}

func (s *sharing) count(t *testing.T, what string) (n int) {
	t.Helper()
	if err := s.App.DB().NewQuery("SELECT COUNT(*) FROM " + what).Row(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

// answers is Tom or Marek writing back.
func (s *sharing) answers(t *testing.T, p hooktest.Person, text string, talk bool) {
	t.Helper()
	_, opened, err := s.reads(t, p)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.House.Reflections.Send(context.Background(), s.as(t, p), opened.Share, text, talk); err != nil {
		t.Fatal(err)
	}
}

func loseKey(t *testing.T, file string) {
	t.Helper()
	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
}

func membership(p hooktest.Person, role web.Role, programme string) people.Membership {
	return people.Membership{User: p.ID, Role: role, Programme: programme}
}
