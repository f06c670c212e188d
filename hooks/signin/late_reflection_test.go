package signin_test

import (
	"testing"
	"time"

	"alongside/hooks/people"
	"alongside/hooks/reflections"
	"alongside/hooks/web"

	"github.com/pocketbase/pocketbase/tools/types"
)

// written is a reflection of the boss, who learns too, and the share by which
// somebody beside them reads it.
func (m *team) written(t *testing.T) (reflection, share string) {
	t.Helper()
	if id := m.one(t, "SELECT COALESCE((SELECT id FROM reflections LIMIT 1), '')"); id != "" {
		return id, m.one(t, "SELECT id FROM shares LIMIT 1")
	}
	m.Publish(t, "small", map[string]string{"01-first.md": "---\ntitle: First\n---\nWelcome.\n\n## Look back {#back}\n\n:::reflection[When were you heard?]{#heard}\n:::\n"})
	beside := m.MustPerson(t, web.Facilitator)
	m.MustJoin(t, people.Membership{User: m.boss.ID, Role: web.Learner, Programme: m.programme, Cohort: m.cohort})
	err := people.Assign(m.App, people.Assignment{Learner: m.boss.ID, Worker: beside.ID, Role: web.Facilitator, Programme: m.programme, Starts: m.Clock.Now().Add(-time.Minute)})
	if err != nil {
		t.Fatal(err)
	}
	one := reflections.Reflection{
		User: m.boss.ID, Module: m.one(t, "SELECT module FROM revisions WHERE state = 'live' AND module != ''"), Activity: "heard",
		Revision: m.one(t, "SELECT id FROM revisions WHERE state = 'live' AND module != ''"), State: reflections.Kept,
		Words: reflections.Words{Typed: map[int]string{0: "By the canal.\n\nIn the rain."}},
	}
	sealed, err := one.Seal(m.App, m.House.Vault)
	if err == nil {
		err = one.Store(m.App, sealed, types.NowDateTime())
	}
	if err != nil {
		t.Fatal(err)
	}
	reflection = m.one(t, "SELECT id FROM reflections")
	to := people.Answerer{ID: beside.ID, Role: web.Facilitator, Programme: m.programme}
	if err := m.House.Reflections.Give(&web.Viewer{ID: m.boss.ID}, reflection, to, reflections.Shown{Asked: "When were you heard?"}, m.Clock.Now()); err != nil {
		t.Fatal(err)
	}
	return reflection, reflections.ShareID(reflection, beside.ID)
}
