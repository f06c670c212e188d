package reflections_test

import (
	"strings"
	"testing"

	"alongside/hooks/web"
)

// news is what her first page says of who wrote back.
func (s *sharing) news(t *testing.T) string {
	t.Helper()
	return strings.Join(strings.Fields(s.hers.Get("/").Page(t).Find(".notice").Text()), " ")
}

func TestHomeTellsWhoWroteBackAndNothingOfWhatUntilItIsSeen(t *testing.T) {
	s := newSharing(t)
	s.share(t, only(s.tom, s.marek))
	if said := s.news(t); strings.Contains(said, "wrote back") {
		t.Errorf("before: %s", said)
	}
	s.answers(t, s.tom, "his-answer", false)
	home := s.hers.Get("/")
	link := home.Page(t).Find(".notice a[href^='/reflections/" + s.id + "']")
	if strings.Join(strings.Fields(link.Text()), " ") != "Tom, your facilitator, wrote back to you" || strings.Contains(home.Body, "his-answer") {
		t.Errorf("it says %q", link.Text())
	}
	s.hers.Get(link.AttrOr("href", "")) // the reflection, with its threads
	if said := s.news(t); strings.Contains(said, "wrote back") {
		t.Errorf("once it was seen: %s", said)
	}
	if said := s.SignIn(t, s.named(t, "Sam", web.Learner)).Get("/").Body; strings.Contains(said, "wrote back") {
		t.Error("another learner is told")
	}
}

func TestHomeSaysNothingOfWhomWhileItIsClosed(t *testing.T) {
	s := newSharing(t)
	s.share(t, only(s.tom))
	s.answers(t, s.tom, "his-answer", false)
	s.close(t)
	if said := s.news(t); !strings.Contains(said, "Somebody wrote back") || strings.Contains(said, "Tom") {
		t.Errorf("it says %s", said)
	}
}
