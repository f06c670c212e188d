package reflections_test

import (
	"net/http"
	"strings"
	"testing"

	"alongside/hooks/hooktest"
)

// hears asks for the copy that a reader has of what was said.
func (s *sharing) hears(t *testing.T, p hooktest.Person) hooktest.Response {
	t.Helper()
	var id string
	err := s.App.DB().NewQuery("SELECT COALESCE((SELECT r.id FROM recordings r JOIN shares s ON s.id = r.share WHERE s.reader = '" + p.ID + "'), 'none')").Row(&id)
	if err != nil {
		t.Fatal(err)
	}
	return s.SignIn(t, p).Get("/recordings/" + id)
}

func TestWhatWasSaidGoesAlongUnlessSheKeepsIt(t *testing.T) {
	s := newSharing(t)
	said := wav("a-bell")
	mustSay(t, s.hers, "/reflections/"+s.id+"/voice", said)
	check := s.hers.Post(s.address(), s.form(t, "check", only(s.tom)))
	if check.Page(t).Find("audio").Length() != 1 {
		t.Error("she does not hear what they will hear")
	}
	s.share(t, only(s.tom))
	if r := s.hears(t, s.tom); r.Status != http.StatusOK || r.Body != string(said) {
		t.Errorf("Tom hears %d bytes with status %d", len(r.Body), r.Status)
	}
	form := s.form(t, "share", only(s.marek))
	form.Add("keep", s.hers.Get(s.address()).Page(t).Find(".shown-part:has(audio) input[name=keep]").AttrOr("value", ""))
	if r := s.hers.Post(s.address(), form); r.Status != 303 {
		t.Fatalf("status %d", r.Status)
	}
	if r := s.hears(t, s.marek); r.Status != http.StatusNotFound {
		t.Errorf("Marek hears what she keeps: status %d", r.Status)
	}
	s.hers.Post(s.thread(s.tom)+"/withdraw", nil)
	if n := s.count(t, "recordings WHERE share != ''"); n != 0 {
		t.Error("what Tom heard is still there")
	}
}

func TestWhatWasSaidAnewSinceThePageWasMadeIsNotShared(t *testing.T) {
	s := newSharing(t)
	mustSay(t, s.hers, "/reflections/"+s.id+"/voice", wav("a-bell"))
	form := s.form(t, "share", only(s.tom))
	mustSay(t, s.hers, "/reflections/"+s.id+"/voice", wav("a-drum"))
	if r := s.hers.Post(s.address(), form); r.Status != 409 || s.count(t, "shares") != 0 {
		t.Errorf("status %d", r.Status)
	}
	s.share(t, only(s.tom))
	if r := s.hears(t, s.tom); !strings.Contains(r.Body, "a-drum") {
		t.Errorf("Tom hears %d bytes", len(r.Body))
	}
}

func TestADoublePressMakesOneCopyOfWhatWasSaid(t *testing.T) {
	s := newSharing(t)
	mustSay(t, s.hers, "/reflections/"+s.id+"/voice", wav("a-bell"))
	form := s.form(t, "share", only(s.tom))
	for range 2 {
		if r := s.hers.Post(s.address(), form); r.Status != 303 {
			t.Errorf("status %d", r.Status)
		}
	}
	if files, rows := len(shelved(t, s.Site)), s.count(t, "recordings"); files != 2 || rows != 2 {
		t.Errorf("%d files, %d rows", files, rows)
	}
}

func TestSheAnswersByVoice(t *testing.T) {
	s := newSharing(t)
	s.share(t, only(s.tom))
	said := wav("a-bell")
	mustSay(t, s.hers, s.thread(s.tom)+"/voice", said)
	if r := s.hers.Post(s.thread(s.tom), answer("send", "", 0)); r.Status != 303 {
		t.Fatalf("status %d\n%s", r.Status, r.Body)
	}
	mustHear(t, s.hers, s.thread(s.tom), said)
}
