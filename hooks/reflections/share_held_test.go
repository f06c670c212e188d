package reflections_test

import (
	"strings"
	"testing"

	"alongside/hooks/hooktest"
	"alongside/hooks/people"
	"alongside/hooks/reflections"

	"github.com/pocketbase/dbx"
)

func TestWhileSomebodyIsOnHoldWhatTheySharedIsKeptThoughTheyShareSomethingElse(t *testing.T) {
	s := newSharing(t)
	mustSay(t, s.hers, "/reflections/"+s.id+"/voice", wav("a-bell"))
	s.share(t, only(s.tom))
	before := s.sealedFor(t)
	s.hold(t, s.dina)
	s.write(t, "something else")
	mustSay(t, s.hers, "/reflections/"+s.id+"/voice", wav("a-drum"))
	s.share(t, only(s.tom))
	if n := s.count(t, "replies WHERE sealed = '"+before+"'"); n != 1 {
		t.Fatalf("what was held stands in %d rows", n)
	}
	if n := s.count(t, "recordings"); n != 3 {
		t.Errorf("%d recordings: hers, his copy, and the one that is held", n)
	}
	old := "/recordings/" + s.idOf(t, "recordings WHERE reply != ''")
	for name, b := range s.everybody(t) {
		for _, address := range []string{"/reflections/" + s.id, s.thread(s.tom), "/facilitate/shares/" + reflections.ShareID(s.id, s.tom.ID), "/me/data"} {
			if body := b.Get(address).Body; strings.Contains(body, bridge) || strings.Contains(body, old) {
				t.Errorf("%s finds it on %s", name, address)
			}
		}
		if r := b.Get(old); r.Status != 404 {
			t.Errorf("%s hears it: status %d", name, r.Status)
		}
	}
	text, _, err := s.reads(t, s.tom)
	if err != nil || text == "" || strings.Contains(text, bridge) {
		t.Errorf("Tom gets %q, %v", text, err)
	}

	s.execute(t, "UPDATE holds SET ended = {:now}", dbx.Params{"now": people.Before(s.Clock.Now())})
	s.runs(t, "deleted-reflections")
	if n := s.count(t, "replies") + s.count(t, "recordings WHERE reply != ''"); n != 0 {
		t.Errorf("%d rows stay after the hold", n)
	}
	if text, _, err := s.reads(t, s.tom); err != nil || text == "" {
		t.Errorf("what is shared went too: %q, %v", text, err)
	}
}

func TestWhoIsNotOnHoldSharesAnewAndNothingOfBeforeStays(t *testing.T) {
	s := newSharing(t)
	s.share(t, only(s.tom))
	before := s.sealedFor(t)
	s.write(t, "something else")
	s.share(t, only(s.tom))
	if n := s.count(t, "replies") + s.count(t, "shares WHERE sealed = '"+before+"'"); n != 0 {
		t.Errorf("%d rows hold it", n)
	}
}

// everybody are those who might look.
func (s *sharing) everybody(t *testing.T) map[string]*hooktest.Browser {
	t.Helper()
	return map[string]*hooktest.Browser{"the learner": s.hers, "the reader": s.SignIn(t, s.tom), "the other reader": s.SignIn(t, s.marek)}
}

func (s *sharing) sealedFor(t *testing.T) (sealed string) {
	t.Helper()
	if err := s.App.DB().NewQuery("SELECT sealed FROM shares").Row(&sealed); err != nil {
		t.Fatal(err)
	}
	return sealed
}

func (s *sharing) idOf(t *testing.T, where string) (id string) {
	t.Helper()
	if err := s.App.DB().NewQuery("SELECT id FROM " + where).Row(&id); err != nil {
		t.Fatal(err)
	}
	return id
}
