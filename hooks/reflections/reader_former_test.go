package reflections_test

import (
	"strings"
	"testing"
	"time"

	"alongside/hooks/people"
	"alongside/hooks/reflections"

	"github.com/pocketbase/dbx"
)

func TestAFormerWorkerLearnsNothingOfATakingBack(t *testing.T) {
	s := newSharing(t)
	s.share(t, only(s.tom))
	id := reflections.ShareID(s.id, s.tom.ID)
	s.execute(t, "UPDATE assignments SET ends = {:now} WHERE worker = {:tom}", dbx.Params{"tom": s.tom.ID, "now": people.Before(s.Clock.Now().Add(-time.Second))})
	tom := s.SignIn(t, s.tom)
	if r := tom.Get("/facilitate/shares/" + id); r.Status != 404 {
		t.Fatalf("before: %d", r.Status)
	}
	s.hers.Post(s.thread(s.tom)+"/withdraw", nil)
	if r := tom.Get("/facilitate/shares/" + id); r.Status != 404 {
		t.Errorf("after she took it back: status %d, named %v", r.Status, strings.Contains(r.Body, "Dina"))
	}
}
