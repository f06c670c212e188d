package hooktest

import (
	"testing"
	"time"

	"alongside/hooks/people"
	"alongside/hooks/reflections"
	"alongside/hooks/web"

	"github.com/pocketbase/pocketbase/tools/types"
)

// MustShare lets somebody learn, write, and share that with a facilitator of
// theirs: it says under which ids.
func (s *Site) MustShare(t testing.TB, p Person) (reflection, share string) {
	t.Helper()
	return s.MustShareWith(t, p, s.MustPerson(t, web.Facilitator))
}

// MustShareWith is MustShare with somebody who is a facilitator already.
func (s *Site) MustShareWith(t testing.TB, p, beside Person) (reflection, share string) {
	t.Helper()
	s.Publish(t, "small", map[string]string{"01-first.md": "---\ntitle: First\n---\nWelcome.\n\n## Look back {#back}\n\n:::reflection[When were you heard?]{#heard}\n:::\n"})
	programme, cohort := s.MustProgramme(t)
	s.MustJoin(t, people.Membership{User: p.ID, Role: web.Learner, Programme: programme, Cohort: cohort})
	err := people.Assign(s.App, people.Assignment{Learner: p.ID, Worker: beside.ID, Role: web.Facilitator, Programme: programme, Starts: s.Clock.Now().Add(-time.Minute)})
	if err != nil {
		t.Fatal(err)
	}
	one := reflections.Reflection{User: p.ID, Activity: "heard", State: reflections.Kept, Words: reflections.Words{Typed: map[int]string{0: "By the canal.\n\nIn the rain."}}}
	if err := s.App.DB().NewQuery("SELECT module, id FROM revisions WHERE state = 'live' AND module != ''").Row(&one.Module, &one.Revision); err != nil {
		t.Fatal(err)
	}
	sealed, err := one.Seal(s.App, s.House.Vault)
	if err == nil {
		err = one.Store(s.App, sealed, types.NowDateTime())
	}
	reflection = reflections.RowID(p.ID, one.Module, one.Activity)
	if err == nil {
		to := people.Answerer{ID: beside.ID, Role: web.Facilitator, Programme: programme}
		err = s.House.Reflections.Give(&web.Viewer{ID: p.ID}, reflection, to, reflections.Shown{Asked: "When were you heard?"}, s.Clock.Now())
	}
	if err != nil {
		t.Fatal(err)
	}
	return reflection, reflections.ShareID(reflection, beside.ID)
}
