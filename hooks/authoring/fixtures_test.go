package authoring_test

import (
	"net/url"
	"testing"

	"alongside/hooks/hooktest"
	"alongside/hooks/people"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
)

// A writing is a site with one course, and those who write and review it.
type writing struct {
	*hooktest.Site
	programme string
	writer    hooktest.Person // a mentor
	other     hooktest.Person // another mentor
	worker    hooktest.Person // a facilitator
	manager   hooktest.Person
	learner   hooktest.Person
}

const firstModule = "---\ntitle: Listening\nsummary: Hear somebody out.\n---\nWelcome.\n\n## Try it {#try-it}\n\n" +
	":::question[Is this open?]{#open}\n- [ ] Did you sleep?\n- [x] How was your week?\n:::\n\n## Look back {#look-back}\n\n" +
	":::reflection[When were you heard?]{#heard}\n:::\n"

func mustWriting(t *testing.T) *writing {
	t.Helper()
	w := &writing{Site: hooktest.Start(t)}
	w.programme, _ = w.MustProgramme(t)
	w.Publish(t, "listening-course", map[string]string{
		"course.md":       "---\ntitle: Listening to people\nlanguage: en\n---\nAbout it.\n",
		"01-listening.md": firstModule,
	})
	w.writer, w.other = w.MustPerson(t, web.Mentor), w.MustPerson(t, web.Mentor)
	w.worker, w.manager, w.learner = w.MustPerson(t, web.Facilitator), w.MustPerson(t, web.Manager), w.MustPerson(t, web.Learner)
	return w
}

// mustMentorElsewhere is a mentor of another programme.
func (w *writing) mustMentorElsewhere(t *testing.T) hooktest.Person {
	t.Helper()
	programme, err := people.CreateProgramme(w.App, people.Programme{Name: "South", Label: "South Quay"})
	if err != nil {
		t.Fatal(err)
	}
	p := w.MustPerson(t)
	w.MustJoin(t, people.Membership{User: p.ID, Role: web.Mentor, Programme: programme})
	return p
}

func (w *writing) mustOne(t *testing.T, sql string, params dbx.Params) (value string) {
	t.Helper()
	if err := w.App.DB().NewQuery(sql).Bind(params).Row(&value); err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
	return value
}

func form(pairs ...string) url.Values {
	f := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		f.Add(pairs[i], pairs[i+1])
	}
	return f
}
