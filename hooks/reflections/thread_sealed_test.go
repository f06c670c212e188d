package reflections_test

import (
	"strings"
	"testing"

	"alongside/hooks/reflections"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
)

func TestAThreadWhoseReaderWasChangedByHandStaysShut(t *testing.T) {
	s := newSharing(t)
	linh := s.named(t, "Linh", web.Facilitator)
	s.assign(t, linh, web.Facilitator)
	s.share(t, only(s.tom))
	s.answers(t, s.tom, "only-between-tom-and-dina", false)
	if r := s.hers.Post(s.thread(s.tom), answer("send", "dinas-words-for-tom", 0)); r.Status != 303 {
		t.Fatal(r.Status)
	}
	id := reflections.ShareID(s.id, s.tom.ID)
	s.execute(t, "UPDATE shares SET reader = {:linh} WHERE id = {:id}", dbx.Params{"linh": linh.ID, "id": id})
	r := s.SignIn(t, linh).Get("/facilitate/shares/" + id)
	for _, words := range []string{"only-between-tom-and-dina", "dinas-words-for-tom"} {
		if strings.Contains(r.Body, words) {
			t.Errorf("status %d: Linh reads %q", r.Status, words)
		}
	}
}

func TestAThreadThatWasTakenBackStaysShutThoughSomebodyClearsTheDate(t *testing.T) {
	s := newSharing(t)
	s.share(t, only(s.tom))
	s.answers(t, s.tom, "thanks", false)
	if r := s.hers.Post(s.thread(s.tom), answer("send", "dinas-words-for-tom", 0)); r.Status != 303 {
		t.Fatal(r.Status)
	}
	if r := s.hers.Post(s.thread(s.tom)+"/withdraw", nil); r.Status != 303 {
		t.Fatal(r.Status)
	}
	id := reflections.ShareID(s.id, s.tom.ID)
	tom := s.SignIn(t, s.tom)
	if r := tom.Get("/facilitate/shares/" + id); strings.Contains(r.Body, "dinas-words-for-tom") {
		t.Fatal("at once")
	}
	s.execute(t, "UPDATE shares SET withdrawn = '' WHERE id = {:id}", dbx.Params{"id": id})
	if r := tom.Get("/facilitate/shares/" + id); strings.Contains(r.Body, "dinas-words-for-tom") {
		t.Errorf("status %d: Tom reads it", r.Status)
	}
}
