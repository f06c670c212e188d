package reflections_test

import (
	"strings"
	"testing"
)

func TestAnAutosaveLeavesAnAnswerUnseen(t *testing.T) {
	s := newSharing(t)
	s.share(t, only(s.tom))
	s.hers.Get(s.thread(s.tom)) // her tab stays open
	s.answers(t, s.tom, "please ring me", false)
	form := answer("save", "half a thought", 0)
	form.Set("auto", "1")
	r := s.hers.Post(s.thread(s.tom), form)
	if r.Status != 204 {
		t.Fatal(r.Status)
	}
	if n := s.count(t, "replies WHERE writer = '"+s.tom.ID+"' AND seen = ''"); n != 1 {
		t.Error("it counts as seen after an autosave")
	}
}

func TestTheWithdrawPageLeavesAnAnswerUnseen(t *testing.T) {
	s := newSharing(t)
	s.share(t, only(s.tom))
	s.answers(t, s.tom, "please ring me", false)
	r := s.hers.Get(s.thread(s.tom) + "/withdraw")
	if n := s.count(t, "replies WHERE writer = '"+s.tom.ID+"' AND seen = ''"); n != 1 && !strings.Contains(r.Body, "please ring me") {
		t.Error("it counts as seen on a page that does not show it")
	}
}
