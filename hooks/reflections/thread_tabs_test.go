package reflections_test

import (
	"strings"
	"testing"
)

func TestWhatSheWritesBackInTwoTabsLosesNeitherText(t *testing.T) {
	s := newSharing(t)
	s.share(t, only(s.tom))
	at := s.thread(s.tom)
	one, two := fieldsOf(t, s.hers.Get(at), at), fieldsOf(t, s.hers.Get(at), at)
	one.Set("reply", "from one")
	if r := byItself(t, s.hers, at, one); r.Status != 204 || one.Get("seen") == "" {
		t.Fatalf("the first tab: status %d", r.Status)
	}
	two.Set("reply", "from two")
	two.Set("do", "send")
	r := s.hers.Post(at, two)
	if page := r.Page(t); r.Status != 409 || !strings.Contains(page.Find("fieldset.changed").Text(), "from one") || strings.TrimSpace(page.Find("#reply").Text()) != "from two" {
		t.Fatalf("the second: status %d\n%s", r.Status, page.Find("main").Text())
	}
	two = fieldsOf(t, r, at)
	two.Set("keep", "both")
	two.Set("do", "send")
	if r := s.hers.Post(at, two); r.Status != 303 || s.count(t, "replies WHERE state = 'sent'") != 1 {
		t.Errorf("chosen: status %d", r.Status)
	}
	if words := s.words(t, at); !strings.Contains(words, "from one from two") {
		t.Errorf("it reads %s", words)
	}
}
