package reflections_test

import (
	"context"
	"net/url"
	"strings"
	"testing"
	"time"

	"alongside/hooks/hooktest"
	"alongside/hooks/people"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
)

// wish is the form that asks for somebody else than one who walks beside her.
func (s *sharing) wish(t *testing.T, do string, worker hooktest.Person) url.Values {
	t.Helper()
	var assignment string
	if err := s.App.DB().NewQuery("SELECT id FROM assignments WHERE worker = '" + worker.ID + "' AND learner = '" + s.dina.ID + "'").Row(&assignment); err != nil {
		t.Fatal(err)
	}
	return url.Values{"do": {do}, "who": {assignment}}
}

func TestALearnerAsksForSomebodyElseAndOnlyWhoManagesSeesIt(t *testing.T) {
	s := newSharing(t)
	kofi := s.named(t, "Kofi", web.Manager)
	s.named(t, "Linh", web.Facilitator) // who could take over
	if page := s.words(t, "/me/calls/else"); !strings.Contains(page, "Tom, your facilitator. Your request is shown only to Kofi.") {
		t.Errorf("it does not say who sees it: %s", page)
	}
	for range 2 { // and pressed twice
		if r := s.hers.Post("/me/calls/else", s.wish(t, "ask", s.tom)); r.Status != 303 {
			t.Fatalf("status %d\n%s", r.Status, r.Body)
		}
	}
	if n := s.count(t, "calls WHERE kind = 'else' AND ended = ''"); n != 1 {
		t.Errorf("%d calls", n)
	}
	his, boss := s.SignIn(t, s.tom), s.SignIn(t, kofi)
	for _, path := range []string{"/facilitate", "/facilitate/hand-over", "/facilitate/learners/" + s.dina.ID, "/calls", "/me/calls", "/me/data", "/"} {
		if strings.Contains(strings.ToLower(his.Get(path).Body), "somebody else beside") || strings.Contains(his.Get(path).Body, "would rather") {
			t.Errorf("Tom sees it on %s", path)
		}
	}
	if !strings.Contains(boss.Get("/manage").Page(t).Find("main").Text(), "1 learner would rather have somebody else") {
		t.Error("the manager is not told")
	}
	page := boss.Get("/facilitate/hand-over").Page(t)
	link := page.Find("section a.row-name").AttrOr("href", "")
	if !strings.Contains(page.Find("section").Text(), "Dina") || !strings.Contains(link, "from="+s.tom.ID) {
		t.Fatalf("it leads to %q", link)
	}
	if boss.Get(link).Page(t).Find("input[name=learner][checked]").AttrOr("value", "") != s.dina.ID {
		t.Error("it does not lead to her")
	}
}

func TestAHandOverSettlesTheWish(t *testing.T) {
	s := newSharing(t)
	linh, boss := s.named(t, "Linh", web.Facilitator), s.SignIn(t, s.named(t, "Kofi", web.Manager))
	s.hers.Post("/me/calls/else", s.wish(t, "ask", s.tom))
	r := boss.Post("/facilitate/hand-over", url.Values{"do": {"hand-over"}, "from": {s.tom.ID}, "role": {"facilitator"}, "programme": {s.programme}, "to": {linh.ID}, "learner": {s.dina.ID}})
	if r.Status != 303 || s.count(t, "calls WHERE ended = ''") != 0 || strings.Contains(boss.Get("/manage").Body, "would rather") {
		t.Errorf("status %d, %d calls are open", r.Status, s.count(t, "calls WHERE ended = ''"))
	}
}

func TestAManagerMarksAWishAndALearnerTakesItBack(t *testing.T) {
	s := newSharing(t)
	boss := s.SignIn(t, s.named(t, "Kofi", web.Manager))
	settle := func(b *hooktest.Browser) int {
		var id string
		if err := s.App.DB().NewQuery("SELECT id FROM calls WHERE ended = ''").Row(&id); err != nil {
			t.Fatal(err)
		}
		return b.Post("/facilitate/hand-over", url.Values{"do": {"settle"}, "wish": {id}}).Status
	}
	s.hers.Post("/me/calls/else", s.wish(t, "ask", s.tom))
	for _, p := range only(s.tom, s.named(t, "Linh", web.Facilitator)) {
		if status := settle(s.SignIn(t, p)); status != 404 || s.count(t, "calls WHERE ended = ''") != 1 {
			t.Errorf("somebody else marks it: status %d", status)
		}
	}
	if status := settle(boss); status != 303 || s.count(t, "calls WHERE ended = ''") != 0 {
		t.Errorf("the manager marks it: status %d", status)
	}
	s.hers.Post("/me/calls/else", s.wish(t, "ask", s.marek))
	s.hers.Post("/me/calls/else", s.wish(t, "back", s.marek))
	if n := s.count(t, "calls WHERE ended = ''"); n != 0 {
		t.Error("it is not taken back")
	}
}

func TestWhoIsMeantNeverSeesTheWishThoughTheyManageToo(t *testing.T) {
	s := newSharing(t)
	both := s.named(t, "Farida", web.Facilitator)
	s.MustJoin(t, membership(both, web.Manager, s.programme))
	s.assign(t, both, web.Facilitator)
	if page := s.words(t, "/me/calls/else"); !strings.Contains(page, "nobody else here could see that you ask") {
		t.Errorf("it does not say that nobody else is there: %s", page)
	}
	s.hers.Post("/me/calls/else", s.wish(t, "ask", both))
	if n := s.count(t, "calls"); n != 0 {
		t.Error("it goes to whom it is about")
	}
	s.named(t, "Kofi", web.Manager)
	s.hers.Post("/me/calls/else", s.wish(t, "ask", both))
	if body := s.SignIn(t, both).Get("/manage").Body; s.count(t, "calls") != 1 || strings.Contains(body, "would rather") {
		t.Error("whom it is about sees it")
	}
}

func TestSheReadsThatSomebodyLookedWhereNobodyNewCame(t *testing.T) {
	s := newSharing(t)
	boss := s.SignIn(t, s.named(t, "Kofi", web.Manager))
	s.hers.Post("/me/calls/else", s.wish(t, "ask", s.tom))
	s.hers.Post("/me/calls/else", s.wish(t, "ask", s.marek))
	s.hers.Post("/me/calls/else", s.wish(t, "back", s.marek))
	if page := s.words(t, "/me/calls/else"); strings.Contains(page, "looked at it") {
		t.Errorf("before anybody did: %s", page)
	}
	var id string
	if err := s.App.DB().NewQuery("SELECT id FROM calls WHERE ended = ''").Row(&id); err != nil {
		t.Fatal(err)
	}
	boss.Post("/facilitate/hand-over", url.Values{"do": {"settle"}, "wish": {id}})
	page := s.words(t, "/me/calls/else")
	if want := "Tom: You asked before, and somebody looked at it on " + s.Clock.Now().UTC().Format("Monday 2 January 2006") + ". You can ask again."; !strings.Contains(page, want) || strings.Contains(page, "Marek: You asked") {
		t.Errorf("it does not say %q: %s", want, page)
	}
	s.hers.Post("/me/calls/else", s.wish(t, "ask", s.tom))
	if page := s.words(t, "/me/calls/else"); strings.Contains(page, "looked at it") {
		t.Errorf("asked again: %s", page)
	}
}

func TestTheTitlesOfAskingForSomebodySayNothingOfWhat(t *testing.T) {
	s := newSharing(t)
	for path, want := range map[string]string{"/me/calls/else": "Who walks beside me", "/me/calls": "Asking for help"} {
		if title := s.hers.Get(path).Page(t).Find("title").Text(); !strings.HasPrefix(title, want+" – ") {
			t.Errorf("%s is called %q", path, title)
		}
	}
}

// Tom made a code of the room and is in as her.
func TestASessionThatStaffMadeDoesNotSayThatSheWouldRatherHaveSomebodyElse(t *testing.T) {
	s := newSharing(t)
	s.named(t, "Kofi", web.Manager)
	ask, back := s.wish(t, "ask", s.tom), s.wish(t, "back", s.tom)
	s.hers.Post("/me/calls/else", ask)
	s.words(t, "/me/calls/else") // and reads that she did
	s.close(t)
	for _, path := range []string{"/me/calls/else", "/me/data"} {
		if page := s.words(t, path); strings.Contains(page, "You asked for somebody else") {
			t.Errorf("%s tells Tom, who made the session", path)
		}
	}
	if page := s.words(t, "/me/data"); strings.Contains(page, "When you asked for somebody") {
		t.Errorf("/me/data says that she asked for somebody: %s", page)
	}
	told := 0
	err := s.House.Reflections.Keeper().Tell(context.Background(), people.Telling{Viewer: &web.Viewer{ID: s.dina.ID, Closed: true}, Item: func(i people.Item) error {
		if i.Kind == "calls" {
			told++
		}
		return nil
	}})
	if err != nil || told != 0 {
		t.Errorf("the download has it: %d, %v", told, err)
	}
	if r := s.hers.Post("/me/calls/else", back); r.Status != 404 || s.count(t, "calls WHERE ended = ''") != 1 {
		t.Errorf("Tom takes it back: status %d", r.Status)
	}
	if r := s.hers.Post("/me/calls/else", ask); r.Status != 303 || s.count(t, "calls") != 1 {
		t.Errorf("it differs from where she has not asked: status %d", r.Status)
	}
}

// Farida is her facilitator and a manager: of the wish nothing may tell her.
func TestTheCountsOfTheRecordDoNotTellWhoIsMeantByAWish(t *testing.T) {
	s := newSharing(t)
	s.named(t, "Kofi", web.Manager)
	both := s.named(t, "Farida", web.Facilitator)
	s.MustJoin(t, membership(both, web.Manager, s.programme))
	s.assign(t, both, web.Facilitator)
	if r := s.hers.Post("/me/calls/else", s.wish(t, "ask", both)); r.Status != 303 {
		t.Fatalf("status %d", r.Status)
	}
	hers := s.SignIn(t, both)
	for _, path := range []string{"/manage/audit", "/manage/audit/acts.csv"} {
		r := hers.Get(path)
		if r.Status != 200 || strings.Contains(r.Body, "somebody else beside") || strings.Contains(r.Body, "else-asked") {
			t.Errorf("%s tells her: status %d", path, r.Status)
		}
	}
}

// A wish that came true by hand does not come back with the one whom it was about,
// and can be made anew.
func TestAnOldWishDoesNotComeBackWithAnAssignment(t *testing.T) {
	s := newSharing(t)
	s.named(t, "Kofi", web.Manager)
	s.hers.Post("/me/calls/else", s.wish(t, "ask", s.tom))
	s.words(t, "/me/calls/else") // and reads that she did
	act := people.Assignment{Learner: s.dina.ID, Worker: s.tom.ID, Role: web.Facilitator, Programme: s.programme}
	if ended, err := people.Unassign(s.App, act, s.Clock.Now()); err != nil || !ended {
		t.Fatal(ended, err)
	}
	s.Clock.Pass(time.Second)
	s.assign(t, s.tom, web.Facilitator)
	s.execute(t, "UPDATE assignments SET starts = {:now} WHERE worker = {:tom} AND ends = ''", dbx.Params{"now": people.Before(s.Clock.Now()), "tom": s.tom.ID})
	if page := s.words(t, "/me/calls/else"); strings.Contains(page, "You asked for somebody else") {
		t.Errorf("it stands there again: %s", page)
	}
	var now string
	if err := s.App.DB().NewQuery("SELECT id FROM assignments WHERE ends = '' AND worker = '" + s.tom.ID + "'").Row(&now); err != nil {
		t.Fatal(err)
	}
	s.hers.Post("/me/calls/else", url.Values{"do": {"ask"}, "who": {now}})
	if page := s.words(t, "/me/calls/else"); !strings.Contains(page, "You asked for somebody else") || s.count(t, "calls") != 1 {
		t.Errorf("she cannot ask anew: %s", page)
	}
}

func TestAskingForSomebodyElseAndTakingItBackLeavesOneRow(t *testing.T) {
	s := newSharing(t)
	s.named(t, "Kofi", web.Manager)
	for range 3 {
		s.hers.Post("/me/calls/else", s.wish(t, "ask", s.tom))
		s.hers.Post("/me/calls/else", s.wish(t, "back", s.tom))
	}
	if n := s.count(t, "calls"); n != 1 {
		t.Errorf("%d rows", n)
	}
	s.hers.Post("/me/calls/else", s.wish(t, "ask", s.tom))
	if page := s.words(t, "/me/calls/else"); !strings.Contains(page, "You asked for somebody else") {
		t.Errorf("the last time she asked: %s", page)
	}
}
