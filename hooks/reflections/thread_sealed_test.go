package reflections_test

import (
	"net/http"
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

func TestADraftThatWasMadeSentByHandDoesNotOpen(t *testing.T) {
	s := newSharing(t)
	s.share(t, only(s.tom))
	if r := s.hers.Post(s.thread(s.tom), answer("save", "never-sent-by-dina", 0)); r.Status != 303 {
		t.Fatal(r.Status)
	}
	s.execute(t, "UPDATE replies SET state = 'sent', sent = created", nil)
	if r := s.SignIn(t, s.tom).Get("/facilitate/shares/" + reflections.ShareID(s.id, s.tom.ID)); strings.Contains(r.Body, "never-sent-by-dina") {
		t.Errorf("status %d: Tom reads her draft", r.Status)
	}
}

func TestAReplyWhoseWriterWasChangedByHandDoesNotOpen(t *testing.T) {
	s := newSharing(t)
	s.share(t, only(s.tom))
	s.answers(t, s.tom, "tom-wrote-this", false)
	s.execute(t, "UPDATE replies SET writer = {:dina}", dbx.Params{"dina": s.dina.ID})
	if strings.Contains(s.words(t, s.thread(s.tom)), "tom-wrote-this") {
		t.Error("it shows as hers")
	}
}

func TestTheSoundOfADraftThatWasMadeSentByHandDoesNotOpen(t *testing.T) {
	h := newHearing(t)
	mustSay(t, h.ears, "/facilitate/shares/"+h.his+"/voice", wav("a-drum"))
	sound := h.soundAt(t, "reply", h.valueOf(t, "SELECT id FROM replies"))
	h.execute(t, "UPDATE replies SET state = 'sent', sent = created", nil)
	if r := h.hers.Get(sound); r.Status != http.StatusServiceUnavailable {
		t.Errorf("status %d, %d bytes", r.Status, len(r.Body))
	}
	h.execute(t, "UPDATE replies SET writer = {:dina}", dbx.Params{"dina": h.dina.ID})
	if r := h.hers.Get(sound); r.Status != http.StatusServiceUnavailable {
		t.Errorf("as hers: status %d, %d bytes", r.Status, len(r.Body))
	}
}

// valueOf is the one value that a query gives.
func (s *sharing) valueOf(t *testing.T, query string) (text string) {
	t.Helper()
	if err := s.App.DB().NewQuery(query).Row(&text); err != nil {
		t.Fatal(err)
	}
	return text
}
