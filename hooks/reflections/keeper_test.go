package reflections_test

import (
	"archive/zip"
	"context"
	"io"
	"net/url"
	"strings"
	"testing"
	"time"

	"alongside/hooks/hooktest"
	"alongside/hooks/people"
	"alongside/hooks/reflections"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
)

// took is what somebody takes along: each file of the zip.
func (s *sharing) took(t *testing.T, b *hooktest.Browser, p hooktest.Person) map[string]string {
	t.Helper()
	r := b.Post("/me/data/download", url.Values{"secret": {p.Password}})
	if r.Status != 200 {
		t.Fatalf("download: status %d\n%s", r.Status, r.Body)
	}
	archive, err := zip.NewReader(strings.NewReader(r.Body), int64(len(r.Body)))
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for _, f := range archive.File {
		opened, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(opened)
		if err != nil {
			t.Fatal(err)
		}
		files[f.Name] = string(text)
	}
	return files
}

// erase erases somebody who asked for it.
func (s *sharing) erase(t *testing.T, p hooktest.Person) {
	t.Helper()
	if r := s.SignIn(t, p).Post("/me/data/erase", url.Values{}); r.Status != 303 {
		t.Fatalf("ask: status %d", r.Status)
	}
	manager := s.SignIn(t, s.MustPerson(t, web.Manager))
	if r := manager.Post("/manage/erasures/"+p.ID, url.Values{"username": {p.Username}}); r.Status != 303 {
		t.Fatalf("erase: status %d\n%s", r.Status, r.Body)
	}
}

func (s *sharing) shareOf(reader hooktest.Person) string {
	return reflections.ShareID(s.id, reader.ID)
}

// runs does what the house does by itself at some time of the day.
func (s *sharing) runs(t *testing.T, name string) {
	t.Helper()
	for _, job := range s.App.Cron().Jobs() {
		if job.Id() == name {
			job.Run()
			return
		}
	}
	t.Fatalf("nothing is called %q", name)
}

func TestADownloadHasBothSidesOfAThreadAndWhatEachReaderSaw(t *testing.T) {
	s := newSharing(t)
	s.share(t, only(s.tom), bridge)
	s.answers(t, s.tom, "an-answer-of-toms", false)
	files := s.took(t, s.hers, s.dina)
	for _, name := range []string{"index.html", "data.json"} {
		for _, words := range []string{heron, bridge, "an-answer-of-toms", "Tom"} {
			if !strings.Contains(files[name], words) {
				t.Errorf("%s does not have %q", name, words)
			}
		}
	}
	if shares := files["data.json"][strings.Index(files["data.json"], `"shares"`):]; strings.Contains(shares, bridge) {
		t.Error("a part that she kept is among what Tom saw")
	}
}

func TestWhatStaffWroteToOthersIsCountedAndNotInTheirDownload(t *testing.T) {
	s := newSharing(t)
	s.share(t, only(s.tom))
	s.answers(t, s.tom, "an-answer-of-toms", false)
	his := s.SignIn(t, s.tom)
	for name, text := range s.took(t, his, s.tom) {
		for _, words := range []string{"an-answer-of-toms", heron, "Dina"} {
			if strings.Contains(text, words) {
				t.Errorf("%s has %q", name, words)
			}
		}
	}
	if page := his.Get("/me/data").Body; !strings.Contains(page, "What you wrote to others") {
		t.Error("that he wrote is not on his page")
	}
}

func TestWhatIsClosedToTheLearnerIsNotInADownload(t *testing.T) {
	s := newSharing(t)
	s.share(t, only(s.tom))
	s.answers(t, s.tom, "an-answer-of-toms", false)
	s.close(t)
	for name, text := range s.took(t, s.hers, s.dina) {
		if strings.Contains(text, heron) || strings.Contains(text, "an-answer-of-toms") {
			t.Errorf("%s has it", name)
		}
	}
}

func TestErasingALearnerTakesEverythingThatTheySharedAndWasWrittenToThem(t *testing.T) {
	s := newSharing(t)
	mustSay(t, s.hers, "/reflections/"+s.id+"/voice", wav("a-bell"))
	s.share(t, only(s.tom, s.marek))
	s.answers(t, s.tom, "an-answer-of-toms", false)
	mustSay(t, s.SignIn(t, s.marek), "/facilitate/shares/"+s.shareOf(s.marek)+"/voice", wav("a-drum"))
	s.erase(t, s.dina)
	for _, table := range []string{"reflections", "shares", "replies", "calls"} {
		if n := s.count(t, table); n != 0 {
			t.Errorf("%s: %d are left", table, n)
		}
	}
	mustKeep(t, s.Site, 0)
	if r := s.SignIn(t, s.tom).Get("/facilitate/shares/" + s.shareOf(s.tom)); r.Status != 404 {
		t.Errorf("Tom still has a page of it: status %d", r.Status)
	}
}

func TestErasingWhoAnsweredLeavesTheThreadToTheLearner(t *testing.T) {
	s := newSharing(t)
	s.share(t, only(s.tom))
	s.answers(t, s.tom, "an-answer-of-toms", false)
	_, opened, err := s.reads(t, s.tom)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.House.Reflections.SaveDraft(context.Background(), s.as(t, s.tom), opened.Share, "never sent"); err != nil {
		t.Fatal(err)
	}
	s.erase(t, s.tom)
	if n := s.count(t, "replies WHERE state = 'draft'"); n != 0 {
		t.Error("what he never sent is left")
	}
	page := s.hers.Get(s.thread(s.tom))
	if page.Status != 200 || !strings.Contains(page.Body, "an-answer-of-toms") || strings.Contains(page.Body, ">Tom<") {
		t.Errorf("her thread: status %d\n%s", page.Status, page.Page(t).Find("main").Text())
	}
	told := s.took(t, s.hers, s.dina)["data.json"]
	if shares := told[strings.Index(told, `"shares"`):]; !strings.Contains(shares, heron) || strings.Contains(page.Body, "cannot be opened") {
		t.Error("what she shared with him does not open for her any more")
	}
	if !strings.Contains(page.Page(t).Find("main").Text(), "not here any more") {
		t.Errorf("the page does not say that he is gone\n%s", page.Page(t).Find("main").Text())
	}
	if text := s.took(t, s.hers, s.dina)["index.html"]; !strings.Contains(text, "somebody who is not here any more") || !strings.Contains(text, "an-answer-of-toms") {
		t.Error("her download does not have it")
	}
}

func TestWhatWasTakenBackDuringAHoldGoesWhenItEnds(t *testing.T) {
	s := newSharing(t)
	mustSay(t, s.hers, "/reflections/"+s.id+"/voice", wav("a-bell"))
	s.share(t, only(s.tom))
	s.execute(t, "INSERT INTO holds (id, person, programme, why, by, starts, until, ended, created) VALUES ('hold00000000000', {:dina}, '', 'legal', '', '2020-01-01 00:00:00.000Z', '2100-01-01 00:00:00.000Z', '', '2020-01-01 00:00:00.000Z')",
		dbx.Params{"dina": s.dina.ID})
	if r := s.hers.Post(s.thread(s.tom)+"/withdraw", nil); r.Status != 303 {
		t.Fatalf("status %d", r.Status)
	}
	s.runs(t, "deleted-reflections")
	if n := s.count(t, "shares WHERE sealed != ''"); n != 1 {
		t.Fatal("it went although she is on hold")
	}
	s.execute(t, "UPDATE holds SET ended = '2021-01-01 00:00:00.000Z'", nil)
	s.runs(t, "deleted-reflections")
	if n := s.count(t, "shares WHERE sealed != ''"); n != 0 {
		t.Error("it is kept although the hold has ended")
	}
	if n := s.count(t, "recordings WHERE share != ''"); n != 0 {
		t.Error("what was said is kept although the hold has ended")
	}
	if n := s.count(t, "shares WHERE withdrawn != ''"); n != 1 {
		t.Error("that it was taken back is not known any more")
	}
}

func TestAWhileAfterALearnerLeftNothingOfTheirThreadsIsKept(t *testing.T) {
	s := newSharing(t)
	mustSay(t, s.hers, "/reflections/"+s.id+"/voice", wav("a-bell"))
	s.share(t, only(s.tom))
	s.answers(t, s.tom, "an-answer-of-toms", false)
	s.execute(t, "UPDATE memberships SET ends = {:now} WHERE user = {:dina}", dbx.Params{"now": people.Before(s.Clock.Now()), "dina": s.dina.ID})
	s.Clock.Pass(364 * 24 * time.Hour)
	s.runs(t, "retention")
	if n := s.count(t, "replies"); n != 1 {
		t.Fatalf("%d replies a day early", n)
	}
	s.Clock.Pass(48 * time.Hour)
	s.runs(t, "retention")
	for _, table := range []string{"reflections", "shares", "replies", "recordings"} {
		if n := s.count(t, table); n != 0 {
			t.Errorf("%s: %d are left", table, n)
		}
	}
}

func TestMyDataSaysWhoOpenedWhatAndAtWhichMomentAndLeadsToIt(t *testing.T) {
	s := newSharing(t)
	s.share(t, only(s.tom))
	if _, _, err := s.reads(t, s.tom); err != nil {
		t.Fatal(err)
	}
	at := s.Clock.Now()
	row := s.hers.Get("/me/data").Page(t).Find("li:contains('Something that you shared was opened')").First()
	if !strings.Contains(row.Text(), "Tom") || !strings.HasPrefix(row.Find("time").AttrOr("datetime", ""), at.UTC().Format("2006-01-02T15:04")) {
		t.Errorf("the page says %q", row.Text())
	}
	if where := row.Find("a").AttrOr("href", ""); where != s.thread(s.tom) {
		t.Errorf("it leads to %q", where)
	}
	if r := s.hers.Post("/reflections/"+s.id+"/delete", url.Values{}); r.Status != 303 {
		t.Fatalf("delete: status %d", r.Status)
	}
	row = s.hers.Get("/me/data").Page(t).Find("li:contains('Something that you shared was opened')").First()
	if row.Length() != 1 || row.Find("a").Length() != 0 {
		t.Errorf("after it was deleted: %q", row.Text())
	}
}
