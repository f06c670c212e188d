package reflections_test

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"alongside/hooks/hooktest"
	"alongside/hooks/reflections"

	"github.com/pocketbase/dbx"
)

// threadOf is what a reader is given of a thread, in one text.
func (s *sharing) threadOf(t *testing.T, p hooktest.Person) string {
	t.Helper()
	_, opened, err := s.reads(t, p)
	if err != nil {
		t.Fatal(err)
	}
	sent, _, err := s.House.Reflections.Thread(context.Background(), s.as(t, p), opened.Share)
	if err != nil {
		t.Fatal(err)
	}
	var texts []string
	for _, one := range sent {
		texts = append(texts, one.Text)
	}
	return strings.Join(texts, "|")
}

func TestWhatSheWroteBackBeforeSheTookItBackStaysHersWhenSheSharesItAgain(t *testing.T) {
	s := newSharing(t)
	s.share(t, only(s.tom))
	s.Clock.Pass(time.Minute)
	s.answers(t, s.tom, "how was it", false)
	s.Clock.Pass(time.Minute)
	s.hers.Post(s.thread(s.tom), answer("send", "too-much-said", 0))
	if got := s.threadOf(t, s.tom); got != "how was it|too-much-said" {
		t.Fatalf("before: %s", got)
	}
	s.Clock.Pass(time.Minute)
	s.hers.Post(s.thread(s.tom)+"/withdraw", nil)
	s.Clock.Pass(time.Minute)
	s.share(t, only(s.tom), bridge)
	s.Clock.Pass(time.Minute)
	s.hers.Post(s.thread(s.tom), answer("send", "said-anew", 1))
	if got := s.threadOf(t, s.tom); got != "how was it|said-anew" {
		t.Errorf("Tom reads %s", got)
	}
	if words := s.words(t, s.thread(s.tom)); !strings.Contains(words, "too-much-said") || !strings.Contains(words, "said-anew") {
		t.Errorf("she has not all of it: %s", words)
	}
}

func TestWhatSheSharesAgainWithoutTakingItBackKeepsItsThread(t *testing.T) {
	s := newSharing(t)
	s.share(t, only(s.tom))
	s.Clock.Pass(time.Minute)
	s.hers.Post(s.thread(s.tom), answer("send", "one more thing", 0))
	s.Clock.Pass(time.Minute)
	s.share(t, only(s.tom), bridge)
	if got := s.threadOf(t, s.tom); got != "one more thing" {
		t.Errorf("Tom reads %q", got)
	}
}

func TestWhatSheSaidBackBeforeSheTookItBackIsHeardByNobodyElseAgain(t *testing.T) {
	s := newSharing(t)
	s.share(t, only(s.tom))
	s.Clock.Pass(time.Minute)
	said := wav("a-bell")
	mustSay(t, s.hers, s.thread(s.tom)+"/voice", said)
	s.hers.Post(s.thread(s.tom), answer("send", "", 0))
	var reply string
	if err := s.App.DB().NewQuery("SELECT id FROM replies WHERE state = 'sent'").Row(&reply); err != nil {
		t.Fatal(err)
	}
	at, his := s.soundAt(t, "reply", reply), s.SignIn(t, s.tom)
	if r := his.Get(at); r.Status != http.StatusOK || r.Body != string(said) {
		t.Fatalf("before: status %d", r.Status)
	}
	s.Clock.Pass(time.Minute)
	s.hers.Post(s.thread(s.tom)+"/withdraw", nil)
	s.Clock.Pass(time.Minute)
	s.share(t, only(s.tom))
	if r := his.Get(at); r.Status != http.StatusNotFound {
		t.Errorf("Tom hears it: status %d", r.Status)
	}
	spoken, err := s.House.Reflections.Spoken(context.Background(), s.as(t, s.tom), reflections.ShareID(s.id, s.tom.ID), "Dina")
	if err != nil || len(spoken) != 0 {
		t.Errorf("his page offers %v, %v", spoken, err)
	}
	if r := s.hers.Get(at); r.Status != http.StatusOK {
		t.Errorf("she does not hear it: status %d", r.Status)
	}
}

func TestAThreadRestsWithWhatSheWroteLast(t *testing.T) {
	s := newSharing(t)
	s.share(t, only(s.tom))
	s.answers(t, s.tom, "how was it", false)
	s.Clock.Pass(time.Minute)
	s.hers.Post(s.thread(s.tom), answer("send", "it was good, thank you", 0))
	_, opened, err := s.reads(t, s.tom)
	if err != nil {
		t.Fatal(err)
	}
	turns, err := s.House.Reflections.Turns(context.Background(), opened.Share)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.House.Reflections.Rest(s.as(t, s.tom), opened.Share, turns); err != nil {
		t.Fatal(err)
	}
	if n := s.count(t, "shares WHERE waits != ''"); n != 0 {
		t.Error("it still waits")
	}
	if words := s.words(t, s.thread(s.tom)); !strings.Contains(words, "They have read what you wrote back") || strings.Contains(words, "Expect an answer") {
		t.Errorf("her page says %s", words)
	}
	if n := s.count(t, "audit WHERE kind = 'reply-read' AND subject = '"+s.dina.ID+"' AND actor = '"+s.tom.ID+"'"); n != 1 {
		t.Errorf("%d acts", n)
	}
}

func TestNoThreadRestsThatHasNoAnswerYetOrHasGoneOn(t *testing.T) {
	s := newSharing(t)
	ctx, tom := context.Background(), s.as(t, s.tom)
	rest := func(turns string) error {
		t.Helper()
		_, opened, err := s.reads(t, s.tom)
		if err != nil {
			t.Fatal(err)
		}
		if turns == "" {
			if turns, err = s.House.Reflections.Turns(ctx, opened.Share); err != nil {
				t.Fatal(err)
			}
		}
		return s.House.Reflections.Rest(tom, opened.Share, turns)
	}
	s.share(t, only(s.tom))
	if err := rest(""); !errors.Is(err, reflections.ErrNotThere) {
		t.Errorf("before any answer: %v", err)
	}
	s.answers(t, s.tom, "how was it", false)
	s.Clock.Pass(time.Minute)
	s.hers.Post(s.thread(s.tom), answer("send", "thank you", 0))
	_, opened, _ := s.reads(t, s.tom)
	before, _ := s.House.Reflections.Turns(ctx, opened.Share)
	s.hers.Post(s.thread(s.tom), answer("send", "and one question", 1))
	if err := rest(before); !errors.Is(err, reflections.ErrNotThere) || s.count(t, "shares WHERE waits != ''") != 1 {
		t.Errorf("of what he has not read: %v", err)
	}
	s.share(t, only(s.tom), bridge)
	s.Clock.Pass(time.Minute)
	s.write(t, heron+"\n\n"+bridge+"\n\nall-new")
	s.share(t, only(s.tom))
	if err := rest(""); !errors.Is(err, reflections.ErrNotThere) {
		t.Errorf("of what was shared anew: %v", err)
	}
}

func TestWhatWasWrittenBackMakesNobodyLookSlow(t *testing.T) {
	s := newSharing(t)
	s.share(t, only(s.tom))
	s.answers(t, s.tom, "how was it", false)
	s.Clock.Pass(time.Minute)
	s.hers.Post(s.thread(s.tom), answer("send", "thank you", 0))
	// two more quick answers, so that there is something to tell from
	for range 2 {
		s.execute(t, `INSERT INTO shares (id, reflection, learner, reader, role, programme, shared, answered, waits, withdrawn, seen, promised, created, updated)
			SELECT lower(substr(hex(randomblob(8)), 1, 15)), substr(lower(hex(randomblob(8))), 1, 15), learner, reader, role, programme, shared, answered, '', '', seen, promised, created, updated FROM shares WHERE reader = {:tom} LIMIT 1;
			INSERT INTO replies (id, share, writer, state, sent, seen, created, updated) SELECT substr(lower(hex(randomblob(8))), 1, 15), id, reader, 'sent', created, '', created, created FROM shares
			WHERE id NOT IN (SELECT share FROM replies)`, dbx.Params{"tom": s.tom.ID})
	}
	s.Clock.Pass(20 * 24 * time.Hour)
	if page := s.SignIn(t, s.dina).Get(s.address()).Page(t).Find("label:contains('Tom')").Text(); strings.Contains(page, "20 days") || strings.Contains(page, "21 days") || !strings.Contains(page, "Usually answers within a day") {
		t.Errorf("it says %s", strings.Join(strings.Fields(page), " "))
	}
}

func TestALateAnswerIsSaidPlainlyWithWhatSheCanDo(t *testing.T) {
	s := newSharing(t)
	s.share(t, only(s.tom))
	if words := s.words(t, s.thread(s.tom)); strings.Contains(words, "is late") {
		t.Errorf("on the first day: %s", words)
	}
	s.Clock.Pass(30 * 24 * time.Hour)
	s.hers = s.SignIn(t, s.dina)
	for _, path := range []string{s.thread(s.tom), "/reflections/" + s.id} {
		page := s.hers.Get(path).Page(t).Find("main")
		if words := plain(page); !strings.Contains(words, "It is late, and that is not because of you.") || strings.Contains(words, "Expect an answer") {
			t.Errorf("%s: %s", path, words)
		}
		if page.Find("a[href='"+s.address()+"']").Length() == 0 || page.Find("a[href='/me/calls/else']").Length() != 1 {
			t.Errorf("%s leads nowhere", path)
		}
	}
}

func TestHerThreadSaysWhenItWasOpened(t *testing.T) {
	s := newSharing(t)
	s.share(t, only(s.tom))
	s.Clock.Pass(24 * time.Hour)
	s.hers = s.SignIn(t, s.dina)
	if _, _, err := s.reads(t, s.tom); err != nil {
		t.Fatal(err)
	}
	if words := s.words(t, s.thread(s.tom)); !strings.Contains(words, "Opened on "+s.Clock.Now().UTC().Format("Monday 2 January 2006")) {
		t.Errorf("it says %s", words)
	}
	if dir := s.hers.Get(s.thread(s.tom)).Page(t).Find("p.asked").AttrOr("dir", ""); dir != "ltr" {
		t.Errorf("what was asked runs %q", dir)
	}
}
