package reflections_test

import (
	"strings"
	"testing"
)

func TestWhatWasSaidIsDeletedOnlyOnceItIsConfirmed(t *testing.T) {
	s := newSharing(t)
	voice := "/reflections/" + s.id + "/voice"
	mustSay(t, s.hers, voice, wav("a-bell"))
	page := s.hers.Get(voice).Page(t)
	if page.Find("details:not([open]) form[action='"+voice+"/delete'] button").Length() != 1 || page.Find("main > form[action='"+voice+"/delete']").Length() != 0 {
		t.Error("one press deletes it")
	}
	if text := plain(page.Find("details.delete")); !strings.Contains(text, "cannot be brought back") || strings.Contains(text, "can still hear it") {
		t.Errorf("it says %s", text)
	}
}

func TestWhoDeletesWhatTheySaidReadsWhoCanStillHearIt(t *testing.T) {
	s := newSharing(t)
	voice := "/reflections/" + s.id + "/voice"
	mustSay(t, s.hers, voice, wav("a-bell"))
	s.share(t, only(s.tom))
	asked := func() string { return plain(s.hers.Get(voice).Page(t).Find("details.delete")) }
	if text := asked(); !strings.Contains(text, "Those you shared it with can still hear it until you take it back.") {
		t.Errorf("it says %s", text)
	}
	if n := s.hers.Get(voice).Page(t).Find("details.delete a[href='/reflections/" + s.id + "']").Length(); n != 1 {
		t.Error("it does not lead to where it is taken back")
	}
	s.hers.Post(s.thread(s.tom)+"/withdraw", nil)
	if text := asked(); strings.Contains(text, "can still hear it") {
		t.Errorf("taken back, it says %s", text)
	}
}
