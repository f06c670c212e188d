package reflections_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"alongside/hooks/hooktest"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
)

func TestWhoeverWroteNothingIsToldWhereTheyCouldWrite(t *testing.T) {
	r := open(t)
	wantAll(t, "the list", mainOf(t, r.SignIn(t, learner(t, r)).Get("/reflections")), "You have not written anything yet", "Some steps of a course")
}

func TestAllThatSomebodyWroteStandsInOneListTheNewestFirst(t *testing.T) {
	r := open(t)
	r.Publish(t, "other", map[string]string{
		"course.md":    "---\ntitle: Other course\n---\n",
		"01-second.md": strings.ReplaceAll(course, "title: First", "title: Second"),
		"02-third.md":  strings.ReplaceAll(strings.ReplaceAll(course, "title: First", "title: Third"), "heard", "seen"),
	})
	p := learner(t, r)
	b := r.SignIn(t, p)
	r.writes(t, b, "one "+heron, "sad")
	for _, step := range []string{"/courses/other/second/back", "/courses/other/third/back"} {
		r.Clock.Pass(time.Minute)
		id := map[bool]string{true: "heard", false: "seen"}[strings.Contains(step, "second")]
		b.Post(step, map[string][]string{"has": {id}, "a." + id: {"in " + step}, "do": {"continue"}})
	}
	page := b.Get("/reflections")
	got := mainOf(t, page)
	wantAll(t, "the list", got, "Other course", "Second", "Third", "First", "one "+heron, "sad", "Only you can read this")
	var rows []string
	for _, row := range page.Page(t).Find(".first").EachIter() {
		rows = append(rows, plain(row))
	}
	if want := []string{"in /courses/other/third/back", "in /courses/other/second/back", "one " + heron}; !slices.Equal(rows, want) {
		t.Errorf("in order: %v", rows)
	}
	r.Clock.Pass(time.Minute)
	r.writes(t, b, "once more", "sad")
	if first := plain(b.Get("/reflections").Page(t).Find(".of-course").First().Find(".first")); first != "once more" {
		t.Errorf("what was written last stands behind: %q", first)
	}
}

func TestTheListShowsHowEachBeginsAndNothingThatRuns(t *testing.T) {
	r := open(t)
	p := learner(t, r)
	b := r.SignIn(t, p)
	long := `<script>alert(1)</script> "quoted" ` + strings.Repeat("wordy ", 200) + strings.Repeat("x", 5000)
	r.writes(t, b, long)
	body := b.Get("/reflections").Body
	wantNone(t, "the list", body, "<script>alert", strings.Repeat("wordy ", 100), strings.Repeat("x", 200))
	wantAll(t, "the list", body, "&lt;script&gt;", "wordy…")
	wantNone(t, "the one", b.Get(r.at(p)).Body, "<script>alert")
}

func TestAnEmptyReflectionIsNotInTheList(t *testing.T) {
	r := open(t)
	p := learner(t, r)
	b := r.SignIn(t, p)
	r.writes(t, b, "for now")
	r.writes(t, b, "")
	wantAll(t, "the list", mainOf(t, b.Get("/reflections")), "You have not written anything yet")
	wantAll(t, "its own page", mainOf(t, b.Get(r.at(p))), "There is nothing here yet")
}

func TestALongListComesInPages(t *testing.T) {
	r := open(t)
	p := learner(t, r)
	for i := range 120 {
		one := r.by(p, fmt.Sprintf("number %d.", i))
		one.Activity = fmt.Sprintf("heard~%d", i+2)
		sealed, err := one.Seal(r.App, r.House.Vault)
		if err == nil {
			err = one.Store(r.App, sealed, moment(t, r.Clock.Now().Add(time.Duration(i)*time.Second)))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	b := r.SignIn(t, p)
	for number, want := range map[int][2]string{1: {"number 119.", "number 70."}, 2: {"number 69.", "number 20."}, 3: {"number 19.", "number 0."}} {
		page := b.Get(fmt.Sprintf("/reflections?page=%d", number))
		rows := page.Page(t).Find(".first")
		if first, last := plain(rows.First()), plain(rows.Last()); first != want[0] || last != want[1] {
			t.Errorf("page %d is from %q to %q", number, first, last)
		}
		if newer, older := strings.Contains(page.Body, "Newer"), strings.Contains(page.Body, "Older"); newer != (number > 1) || older != (number < 3) {
			t.Errorf("page %d: newer %v, older %v", number, newer, older)
		}
	}
	for _, number := range []string{"", "-1", "0", "x", "4", "99999999999999999999"} {
		if res := b.Get("/reflections?page=" + number); res.Status != 200 {
			t.Errorf("page %q: status %d", number, res.Status)
		}
	}
}

func TestTheListSaysWhatIsSharedAndThatSomebodyAnswered(t *testing.T) {
	s := newSharing(t)
	s.share(t, only(s.tom))
	wantAll(t, "shared", mainOf(t, s.hers.Get("/reflections")), "Shared")
	wantNone(t, "shared", mainOf(t, s.hers.Get("/reflections")), "Only you can read this ·", "nswered", "New answer")
	s.answers(t, s.tom, "Thank you", false)
	wantAll(t, "answered", mainOf(t, s.hers.Get("/reflections")), "New answer")
	s.hers.Get("/reflections/" + s.id)
	got := mainOf(t, s.hers.Get("/reflections"))
	wantAll(t, "looked at", got, "Answered")
	wantNone(t, "looked at", got, "New answer")
}

func TestOneReflectionShowsItsWordsPromptsAndFeelingsAndWhoMayReadIt(t *testing.T) {
	r := open(t)
	r.Publish(t, "small", map[string]string{"01-first.md": strings.Replace(course, "{#heard}\n", "{#heard}\n1. What happened?\n2. So what?\n", 1)})
	p := learner(t, r)
	b := r.SignIn(t, p)
	b.Post("/courses/small/first/back", map[string][]string{
		"has": {"heard", "feel.heard"}, "a.heard.1": {heron}, "a.heard.2": {"second"}, "feel.heard": {"proud", "rather-not"}, "do": {"continue"},
	})
	got := mainOf(t, b.Get(r.at(p)))
	wantAll(t, "the one", got, "When were you heard?", "What happened?", heron, "So what?", "second", "proud", "You would rather not say", "Only you can read this", "Let someone read it", "Change it", "Delete it")
	if res := b.Get("/courses/small/first/heard"); res.Status != 303 || res.Location != "/courses/small/first/back#at-heard" {
		t.Errorf("Change it leads to status %d, %q", res.Status, res.Location)
	}
}

func TestNobodyOpensTheListOrThePageOfAnother(t *testing.T) {
	s := newSharing(t)
	s.share(t, only(s.tom))
	browsers := map[string]*hooktest.Browser{"another learner": s.SignIn(t, learner(t, s.room)), "a manager of the site": s.SignIn(t, s.MustSiteManager(t)), "the reader": s.SignIn(t, s.tom)}
	for name, b := range browsers {
		for _, path := range []string{"", "/delete"} {
			if res := b.Get("/reflections/" + s.id + path); res.Status != 404 {
				t.Errorf("%s at %q: status %d", name, path, res.Status)
			}
		}
		if res := b.Post("/reflections/"+s.id+"/delete", nil); res.Status != 404 {
			t.Errorf("%s deletes: status %d", name, res.Status)
		}
		wantNone(t, name, b.Get("/reflections").Body, heron, s.id)
	}
	if s.count(t, "reflections") != 1 {
		t.Error("it is gone")
	}
}

func TestWhatIsClosedIsInTheListWithoutAWord(t *testing.T) {
	s := newSharing(t)
	s.share(t, only(s.tom))
	s.answers(t, s.tom, "Thank you for this", false)
	s.close(t)
	for _, path := range []string{"/reflections", "/reflections/" + s.id, "/reflections/" + s.id + "/delete"} {
		res := s.hers.Get(path)
		wantNone(t, path, res.Body, heron, bridge, "Thank you for this")
		wantAll(t, path, mainOf(t, res), "closed for now", "How to open it")
	}
	if res := s.hers.Post("/reflections/"+s.id+"/delete", nil); res.Status != 409 {
		t.Errorf("it is deleted unread: status %d", res.Status)
	}
	if s.count(t, "reflections") != 1 || s.count(t, "shares WHERE withdrawn = ''") != 1 {
		t.Error("something is gone")
	}
}

// Where all of it is closed, one sentence says how it opens, and each row no more
// than that it is closed.
func TestOfManyThatAreClosedTheListSaysOnceHowTheyOpen(t *testing.T) {
	s := newSharing(t)
	s.Publish(t, "other", map[string]string{"course.md": "---\ntitle: Other course\n---\n", "01-second.md": course})
	s.hers.Post("/courses/other/second/back", map[string][]string{"has": {"heard"}, "a.heard": {"over there"}, "do": {"continue"}})
	if n := s.count(t, "reflections"); n != 2 {
		t.Fatalf("%d reflections", n)
	}
	s.close(t)
	page := s.hers.Get("/reflections").Page(t)
	if n := page.Find(`main a[href="/me/open"]`).Length(); n != 1 {
		t.Errorf("it says %d times how they open", n)
	}
	rows := page.Find(".reflections .row")
	if rows.Length() != 2 {
		t.Fatalf("%d rows", rows.Length())
	}
	for _, row := range rows.EachIter() {
		wantAll(t, "a row", plain(row), "Closed for now")
	}
}

func TestOfWhatIsClosedNobodyIsPromisedToSeeWithWhomItIsShared(t *testing.T) {
	s := newSharing(t)
	s.share(t, only(s.tom))
	wantAll(t, "open", mainOf(t, s.hers.Get("/reflections/"+s.id)), "Below you see with whom")
	s.close(t)
	page := mainOf(t, s.hers.Get("/reflections/"+s.id))
	wantNone(t, "closed", page, "Below you see with whom", "Tom")
	wantAll(t, "closed", page, "You shared this", "Somebody you chose")
}

func TestWithoutTheKeyTheListSaysThatItCannotBeOpenedAndNothingIsDeleted(t *testing.T) {
	r := open(t)
	p := learner(t, r)
	r.keep(t, r.by(p, heron))
	loseKey(t, r.Dir+".keys")
	now := &room{Site: r.AfterPowerCut(t)}
	now.find(t)
	b := now.SignIn(t, p)
	for _, path := range []string{"/reflections", now.at(p), now.at(p) + "/delete"} {
		res := b.Get(path)
		wantNone(t, path, res.Body, heron)
		wantAll(t, path, mainOf(t, res), "cannot be opened just now")
	}
	if res := b.Post(now.at(p)+"/delete", nil); res.Status != 409 || len(now.rows(t, p)) != 1 {
		t.Errorf("status %d, %d rows", res.Status, len(now.rows(t, p)))
	}
}

func TestWhatIsInNoModuleAnyMoreStaysInTheList(t *testing.T) {
	r := open(t)
	p := learner(t, r)
	b := r.SignIn(t, p)
	r.writes(t, b, heron)
	r.Publish(t, "small", map[string]string{"01-first.md": "---\ntitle: First\n---\nWelcome.\n\n## Look back {#back}\n\nNothing is asked.\n"})
	wantAll(t, "the list", mainOf(t, b.Get("/reflections")), heron)
	got := mainOf(t, b.Get(r.at(p)))
	wantAll(t, "the one", got, heron, "not in the course any more", "Delete it")
	wantNone(t, "the one", got, "Change it")
}

func TestTheStateOfAReflectionFollowsWhatIsShared(t *testing.T) {
	s := newSharing(t)
	state := func() string {
		return s.rows(t, s.dina)[0].State
	}
	s.execute(t, "UPDATE reflections SET state = 'draft' WHERE id = {:id}", dbx.Params{"id": s.id})
	s.share(t, only(s.tom, s.marek))
	if state() != "shared" {
		t.Errorf("a draft that is shared is %s", state())
	}
	s.writes(t, s.hers, "changed since")
	if state() != "shared" {
		t.Errorf("changed, it is %s", state())
	}
	s.hers.Post(s.thread(s.tom)+"/withdraw", nil)
	if state() != "shared" {
		t.Errorf("with one reader left it is %s", state())
	}
	s.hers.Post(s.thread(s.marek)+"/withdraw", nil)
	if state() != "kept" {
		t.Errorf("taken back from all it is %s", state())
	}
}

func TestAManagerOrWorkerSeesAnEmptyListOfTheirOwn(t *testing.T) {
	r := open(t)
	for _, role := range []web.Role{web.Mentor, web.Facilitator, web.Lead, web.Manager} {
		if res := r.SignIn(t, r.MustPerson(t, role)).Get("/reflections"); res.Status != 200 {
			t.Errorf("%s: status %d", role, res.Status)
		}
	}
}
