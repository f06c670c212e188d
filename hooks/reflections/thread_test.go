package reflections_test

import (
	"context"
	"errors"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"alongside/hooks/people"
	"alongside/hooks/reflections"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
)

// words are what stands on a page.
func (s *sharing) words(t *testing.T, path string) string {
	t.Helper()
	r := s.hers.Get(path)
	if r.Status != 200 {
		t.Fatalf("%s: status %d\n%s", path, r.Status, r.Body)
	}
	return strings.Join(strings.Fields(r.Page(t).Find("main").Text()), " ")
}

func answer(do, text string, after int) url.Values {
	return url.Values{"do": {do}, "reply": {text}, "after": {strconv.Itoa(after)}}
}

func TestTheThreadSaysHowItStandsAndWhatWasAnswered(t *testing.T) {
	s := newSharing(t)
	s.share(t, only(s.tom), bridge)
	if words := s.words(t, s.thread(s.tom)); !strings.Contains(words, "Not opened yet") || !strings.Contains(words, "Expect an answer by") || strings.Contains(words, bridge) {
		t.Errorf("new: %s", words)
	}
	s.answers(t, s.tom, "thank-you-for-this", true)
	words := s.words(t, s.thread(s.tom))
	if !strings.Contains(words, "Answered") || !strings.Contains(words, "thank-you-for-this") || !strings.Contains(words, "would like to talk") {
		t.Errorf("answered: %s", words)
	}
	if n := s.count(t, "replies WHERE seen != ''"); n != 1 {
		t.Error("it is not seen")
	}
}

func TestWhatOneAnswersTheOtherNeverSees(t *testing.T) {
	s := newSharing(t)
	s.share(t, only(s.tom, s.marek))
	s.answers(t, s.tom, "from-tom-alone", false)
	_, opened, err := s.reads(t, s.marek)
	if err != nil {
		t.Fatal(err)
	}
	sent, _, err := s.House.Reflections.Thread(context.Background(), s.as(t, s.marek), opened.Share)
	if err != nil || len(sent) != 0 {
		t.Errorf("Marek gets %v, %v", sent, err)
	}
	if strings.Contains(s.words(t, s.thread(s.marek)), "from-tom-alone") {
		t.Error("it stands in the other thread")
	}
}

func TestSheWritesBackOnceHoweverOftenShePressesAtOnce(t *testing.T) {
	s := newSharing(t)
	s.share(t, only(s.tom))
	s.answers(t, s.tom, "how was it", false)
	var wg sync.WaitGroup
	for range 4 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			if r := s.hers.Post(s.thread(s.tom), answer("send", "it was cold", 0)); r.Status != 303 {
				t.Errorf("status %d", r.Status)
			}
		}()
	}
	wg.Wait()
	if n := s.count(t, "replies WHERE state = 'sent'"); n != 2 {
		t.Errorf("%d replies", n)
	}
	if n := s.count(t, "shares WHERE waits != '' AND promised != ''"); n != 1 {
		t.Error("it is not Tom's turn")
	}
	if r := s.hers.Post(s.thread(s.tom), answer("send", "something else", 0)); r.Status != 409 || !strings.Contains(r.Body, "something else") {
		t.Errorf("an older tab: status %d", r.Status)
	}
	if r := s.hers.Post(s.thread(s.tom), answer("send", "", 1)); r.Status != 422 {
		t.Errorf("nothing: status %d", r.Status)
	}
}

func TestWhatSheWritesBackIsKeptWhileSheWritesAndSeenByNobody(t *testing.T) {
	s := newSharing(t)
	s.share(t, only(s.tom))
	form := answer("", "half a thought", 0)
	form.Set("auto", "1")
	if r := s.hers.Post(s.thread(s.tom), form); r.Status != 204 {
		t.Errorf("status %d", r.Status)
	}
	if text := s.hers.Get(s.thread(s.tom)).Page(t).Find("textarea[name=reply]").Text(); strings.TrimSpace(text) != "half a thought" {
		t.Errorf("it reads %q", text)
	}
	_, opened, _ := s.reads(t, s.tom)
	if sent, draft, err := s.House.Reflections.Thread(context.Background(), s.as(t, s.tom), opened.Share); err != nil || len(sent) != 0 || draft != nil {
		t.Errorf("Tom gets %v %v %v", sent, draft, err)
	}
}

func TestAChangeIsSeenByNobodyUntilItIsSharedAgain(t *testing.T) {
	s := newSharing(t)
	s.share(t, only(s.tom), bridge)
	if strings.Contains(s.words(t, s.thread(s.tom)), "You changed what you wrote") {
		t.Error("it says that she changed it, before she did")
	}
	s.write(t, heron+"\n\n"+bridge+"\n\na-new-end")
	if !strings.Contains(s.words(t, s.thread(s.tom)), "You changed what you wrote") {
		t.Error("it does not say that she changed it")
	}
	if text, _, _ := s.reads(t, s.tom); strings.Contains(text, "a-new-end") {
		t.Error("Tom sees it")
	}
	s.share(t, only(s.tom), bridge)
	if text, opened, _ := s.reads(t, s.tom); !strings.Contains(text, "a-new-end") || opened.State() != reflections.IsSeen {
		t.Errorf("Tom does not see it: %s", text)
	}
}

func TestWhatWasTakenBackIsHiddenAtOnceAndSaysOnlyThatItWas(t *testing.T) {
	s := newSharing(t)
	s.share(t, only(s.tom, s.marek))
	s.answers(t, s.tom, "his-answer", false)
	page := s.words(t, s.thread(s.tom)+"/withdraw")
	for _, said := range []string{"At once they cannot read it", "They are not told why", "What they answered stays here", "The copy that they could read is deleted"} {
		if !strings.Contains(page, said) {
			t.Errorf("it does not say %q: %s", said, page)
		}
	}
	for range 2 {
		if r := s.hers.Post(s.thread(s.tom)+"/withdraw", nil); r.Status != 303 || r.Location != "/reflections/"+s.id {
			t.Errorf("status %d to %s", r.Status, r.Location)
		}
	}
	text, opened, err := s.reads(t, s.tom)
	if err != nil || text != "" || opened.State() != reflections.IsWithdrawn || opened.Sealed != "" || opened.Shown.Asked != "" {
		t.Errorf("Tom gets %+v, %v", opened, err)
	}
	if text, _, _ := s.reads(t, s.marek); !strings.Contains(text, heron) {
		t.Error("it went from Marek too")
	}
	if words := s.words(t, s.thread(s.tom)); !strings.Contains(words, "his-answer") || !strings.Contains(words, "You took it back") {
		t.Errorf("her page says %s", words)
	}
	if n := s.count(t, "audit WHERE kind = 'reflection-withdrawn'"); n != 1 {
		t.Errorf("%d acts", n)
	}
	if err := s.House.Reflections.Send(context.Background(), s.as(t, s.tom), opened.Share, "still", false); !errors.Is(err, reflections.ErrNotThere) {
		t.Errorf("Tom sends: %v", err)
	}
	s.hers.Post(s.thread(s.marek)+"/withdraw", nil)
	if n := s.count(t, "reflections WHERE state = 'kept'"); n != 1 {
		t.Error("with all taken back it is not hers alone again")
	}
}

func TestWhatWasTakenBackCanBeSharedAnew(t *testing.T) {
	s := newSharing(t)
	s.share(t, only(s.tom))
	s.hers.Post(s.thread(s.tom)+"/withdraw", nil)
	s.share(t, only(s.tom), bridge)
	text, opened, err := s.reads(t, s.tom)
	if err != nil || !strings.Contains(text, heron) || strings.Contains(text, bridge) || opened.State() != reflections.IsSeen {
		t.Errorf("Tom gets %q, %v", text, err)
	}
}

func TestWhileSomebodyIsOnHoldWhatTheyTakeBackIsKeptAndReadByNobody(t *testing.T) {
	s := newSharing(t)
	s.share(t, only(s.tom))
	s.execute(t, `INSERT INTO holds (id, person, programme, why, by, starts, until, ended, created) VALUES ('aaaaaaaaaaaaaaa', {:dina}, {:programme}, 'safeguarding', {:tom}, {:now}, {:now}, '', {:now})`,
		dbx.Params{"dina": s.dina.ID, "programme": s.programme, "tom": s.tom.ID, "now": people.Before(s.Clock.Now())})
	if words := s.words(t, s.thread(s.tom)+"/withdraw"); !strings.Contains(words, "The safety of a person") || strings.Contains(words, "is deleted") {
		t.Errorf("it says %s", words)
	}
	s.hers.Post(s.thread(s.tom)+"/withdraw", nil)
	if n := s.count(t, "shares WHERE sealed != '' AND withdrawn != ''"); n != 1 {
		t.Error("it is not kept")
	}
	if text, opened, err := s.reads(t, s.tom); err != nil || text != "" || opened.State() != reflections.IsWithdrawn {
		t.Errorf("Tom gets %q, %v", text, err)
	}
}

func TestAFormerWorkerReadsNothingAndTheNewOneOnlyWhatIsSharedAgain(t *testing.T) {
	s := newSharing(t)
	s.share(t, only(s.tom))
	linh := s.named(t, "Linh", web.Facilitator)
	s.execute(t, "UPDATE assignments SET ends = {:now} WHERE worker = {:tom}", dbx.Params{"now": people.Before(s.Clock.Now()), "tom": s.tom.ID})
	s.assign(t, linh, web.Facilitator)
	for _, p := range only(s.tom, linh) {
		if _, _, err := s.reads(t, p); !errors.Is(err, web.ErrNotFound) {
			t.Errorf("%s gets %v", p.Username, err)
		}
	}
	words := s.words(t, s.thread(s.tom))
	if !strings.Contains(words, "do not walk beside you here any more") || strings.Contains(words, "Write back") {
		t.Errorf("her page says %s", words)
	}
	if r := s.hers.Post(s.thread(s.tom), answer("send", "are you there", 0)); r.Status != 409 || !strings.Contains(r.Body, "are you there") {
		t.Errorf("to whom has gone: status %d", r.Status)
	}
	s.share(t, only(linh))
	if text, _, err := s.reads(t, linh); err != nil || !strings.Contains(text, heron) {
		t.Errorf("Linh gets %v", err)
	}
}

func TestWhatWasChangedByHandInAShareNoLongerOpens(t *testing.T) {
	for name, change := range map[string]string{
		"reader":     "UPDATE shares SET reader = {:other} WHERE reader = {:tom}",
		"owner":      "UPDATE shares SET learner = {:sam} WHERE reader = {:tom}",
		"date":       "UPDATE shares SET shared = '2020-01-01 00:00:00.000Z' WHERE reader = {:tom}",
		"taken back": "UPDATE shares SET withdrawn = '' WHERE reader = {:gone}",
		"role":       "UPDATE shares SET role = 'mentor' WHERE reader = {:tom}",
		"programme":  "UPDATE shares SET programme = 'aaaaaaaaaaaaaaa' WHERE reader = {:tom}",
		"reflection": "UPDATE shares SET reflection = 'aaaaaaaaaaaaaaa' WHERE reader = {:tom}",
		"text":       "UPDATE shares SET sealed = (SELECT sealed FROM shares WHERE reader = {:gone}) WHERE reader = {:tom}",
		"her own":    "UPDATE shares SET sealed = (SELECT sealed FROM reflections LIMIT 1) WHERE reader = {:tom}",
	} {
		t.Run(name, func(t *testing.T) {
			s := newSharing(t)
			linh, sam := s.named(t, "Linh", web.Facilitator), s.named(t, "Sam", web.Learner)
			s.assign(t, linh, web.Facilitator)
			s.assign(t, s.tom, web.Mentor)
			err := people.Assign(s.App, people.Assignment{Learner: sam.ID, Worker: s.tom.ID, Role: web.Facilitator, Programme: s.programme, Starts: s.Clock.Now().Add(-time.Minute)})
			if err != nil {
				t.Fatal(err)
			}
			s.share(t, only(s.tom, s.marek))
			reader, id := s.tom, reflections.ShareID(s.id, s.tom.ID)
			switch name {
			case "reader":
				reader = linh
			case "taken back":
				reader, id = s.marek, reflections.ShareID(s.id, s.marek.ID)
				s.hers.Post(s.thread(s.marek)+"/withdraw", nil)
			}
			s.execute(t, bound(change, dbx.Params{"other": linh.ID, "tom": s.tom.ID, "gone": s.marek.ID, "sam": sam.ID}), nil)
			opened, err := s.House.Reflections.Open(context.Background(), s.as(t, reader), id)
			if err == nil && (opened.Lock != reflections.NotNow || len(opened.Shown.Parts) != 0) {
				t.Errorf("it opens: %+v", opened)
			}
			if err != nil && !errors.Is(err, web.ErrNotFound) {
				t.Error(err)
			}
		})
	}
}

// bound puts ids into a statement that does not name all of them.
func bound(sql string, ids dbx.Params) string {
	for name, id := range ids {
		sql = strings.ReplaceAll(sql, "{:"+name+"}", "'"+id.(string)+"'")
	}
	return sql
}

func TestAnErasedKeyOpensNothing(t *testing.T) {
	s := newSharing(t)
	s.share(t, only(s.tom))
	s.execute(t, "DELETE FROM keys WHERE owner = {:dina}", dbx.Params{"dina": s.dina.ID})
	now := &sharing{room: &room{Site: s.AfterPowerCut(t)}, id: s.id}
	if text, opened, err := now.reads(t, s.tom); err != nil || text != "" || opened.Lock != reflections.NotNow {
		t.Errorf("Tom gets %q, %v", text, err)
	}
}

func TestThatItIsReadIsOnRecordBeforeAnythingShows(t *testing.T) {
	s := newSharing(t)
	s.share(t, only(s.tom))
	s.execute(t, "UPDATE users SET name = name", nil)
	if _, err := s.App.NonconcurrentDB().NewQuery("CREATE TRIGGER no_record BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'the disk is full'); END").Execute(); err != nil {
		t.Fatal(err)
	}
	opened, err := s.House.Reflections.Open(context.Background(), s.as(t, s.tom), reflections.ShareID(s.id, s.tom.ID))
	if err == nil || opened != nil {
		t.Errorf("without a record Tom gets %+v", opened)
	}
	if n := s.count(t, "shares WHERE seen != ''"); n != 0 {
		t.Error("it counts as seen")
	}
	if _, err := s.App.NonconcurrentDB().NewQuery("DROP TRIGGER no_record").Execute(); err != nil {
		t.Fatal(err)
	}
	if text, _, err := s.reads(t, s.tom); err != nil || !strings.Contains(text, heron) {
		t.Errorf("with one: %v", err)
	}
	if n := s.count(t, "audit WHERE kind = 'reflection-viewed' AND subject = '"+s.dina.ID+"' AND actor = '"+s.tom.ID+"'"); n != 1 {
		t.Errorf("%d acts", n)
	}
}

func TestAThreadIsClosedForASessionThatMayNotOpenItAndSaysNoName(t *testing.T) {
	s := newSharing(t)
	s.share(t, only(s.tom))
	s.answers(t, s.tom, "his-answer", false)
	s.close(t)
	words := s.words(t, s.thread(s.tom))
	for _, hidden := range []string{"his-answer", heron, "Tom"} {
		if strings.Contains(words, hidden) {
			t.Errorf("it says %q: %s", hidden, words)
		}
	}
	if n := s.count(t, "replies WHERE seen != ''"); n != 0 {
		t.Error("it counts as seen")
	}
	if r := s.hers.Post(s.thread(s.tom), answer("send", "from who knows whom", 0)); r.Status != 409 || s.count(t, "replies") != 1 {
		t.Errorf("it is answered: status %d", r.Status)
	}
}

func TestNobodyOpensAnothersThread(t *testing.T) {
	s := newSharing(t)
	s.share(t, only(s.tom))
	for _, p := range only(s.tom, s.named(t, "Sam", web.Learner)) {
		b := s.SignIn(t, p)
		for _, path := range []string{s.thread(s.tom), s.thread(s.tom) + "/withdraw"} {
			if r := b.Get(path); r.Status != 404 {
				t.Errorf("%s: status %d", path, r.Status)
			}
			if r := b.Post(path, answer("send", "mine now", 0)); r.Status != 404 {
				t.Errorf("%s, sent: status %d", path, r.Status)
			}
		}
	}
	if s.count(t, "shares WHERE withdrawn = ''") != 1 || s.count(t, "replies") != 0 {
		t.Error("something was done")
	}
	if r := s.hers.Get(strings.Replace(s.thread(s.tom), s.id, "aaaaaaaaaaaaaaa", 1)); r.Status != 404 {
		t.Errorf("under another reflection: status %d", r.Status)
	}
}
