package reflections_test

import (
	"context"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"alongside/hooks/hooktest"
	"alongside/hooks/people"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
)

// erases erases somebody who asked for it.
func (c *circle) erases(t *testing.T, p hooktest.Person) {
	t.Helper()
	if r := c.SignIn(t, p).Post("/me/data/erase", url.Values{}); r.Status != 303 {
		t.Fatalf("ask: status %d", r.Status)
	}
	manager := c.SignIn(t, c.anna)
	if strings.Contains(manager.Get("/manage/erasures/"+p.ID).Page(t).Find("main").Text(), "oncern") {
		t.Error("a manager reads before the erasure that there is a concern")
	}
	if r := manager.Post("/manage/erasures/"+p.ID, url.Values{"username": {p.Username}}); r.Status != 303 {
		t.Fatalf("erase: status %d\n%s", r.Status, r.Body)
	}
}

// closes takes a concern to its end.
func (c *circle) closes(t *testing.T, at string) {
	t.Helper()
	lea := c.SignIn(t, c.lea)
	decide := doing("decided", leadsWhy)
	decide.Set("what", "none")
	for _, form := range []url.Values{doing("acknowledged", leadsWhy), decide, doing("closed", "settled")} {
		if r := lea.Post(at+"/acts", form); r.Status != 303 {
			t.Fatalf("%s: status %d", form.Get("do"), r.Status)
		}
	}
}

func (c *circle) runs(t *testing.T, name string) {
	t.Helper()
	for _, job := range c.App.Cron().Jobs() {
		if job.Id() == name {
			job.Run()
		}
	}
}

func TestAConcernStaysReadableAfterWhoeverItIsAboutIsErased(t *testing.T) {
	c := newCircle(t)
	at := c.raisedByTom(t)
	c.erases(t, c.maple)
	if page := shows(t, c.SignIn(t, c.lea), at); !strings.Contains(page, theirWords) || !strings.Contains(page, whatISaw) {
		t.Errorf("the lead reads\n%s", page)
	}
}

func TestADraftOfAConcernGoesWithItsWriterAndItsKey(t *testing.T) {
	c := newCircle(t)
	tom := c.SignIn(t, c.tom)
	c.drafted(t, tom, c.saying(t, tom, c.maple))
	c.erases(t, c.tom)
	if n := c.one(t, "SELECT (SELECT COUNT(*) FROM concerns) + (SELECT COUNT(*) FROM keys WHERE owner LIKE 'concern:%')", nil); n != "0" {
		t.Errorf("%s rows are left", n)
	}
}

func TestAClosedConcernGoesYearsLaterWithItsKeyAndAnOpenOneStays(t *testing.T) {
	c := newCircle(t)
	open, closed := c.raisedByTom(t), c.raisedByTom(t)
	c.closes(t, closed)
	c.Clock.Pass(6 * 364 * 24 * time.Hour)
	c.runs(t, "retention")
	if n := c.one(t, "SELECT COUNT(*) FROM concerns", nil); n != "2" {
		t.Fatalf("%s are there before its time", n)
	}
	c.Clock.Pass(10 * 24 * time.Hour)
	c.runs(t, "retention")
	if left := c.one(t, "SELECT id FROM concerns", nil); !strings.HasSuffix(open, left) || c.one(t, "SELECT COUNT(*) FROM concerns", nil) != "1" {
		t.Errorf("%q is left, and not the open one", left)
	}
	of := dbx.Params{"id": closed[strings.LastIndex(closed, "/")+1:]}
	if n := c.one(t, "SELECT (SELECT COUNT(*) FROM concern_acts WHERE concern = {:id}) + (SELECT COUNT(*) FROM keys WHERE owner = 'concern:' || {:id})", of); n != "0" {
		t.Errorf("%s rows of it are left", n)
	}
}

func TestWhoIsErasedAndCoveredForSomebodyCoversNoMore(t *testing.T) {
	c := newCircle(t)
	sara := c.named(t, "Sara", web.Facilitator)
	c.execute(t, "INSERT INTO absences (id, worker, programme, cover, starts, ends, created, updated) VALUES ('absence00000001', {:tom}, {:programme}, {:sara}, '2020-01-01 00:00:00.000Z', '2100-01-01 00:00:00.000Z', '', '')",
		dbx.Params{"tom": c.tom.ID, "programme": c.programme, "sara": sara.ID})
	c.erases(t, sara)
	if cover := c.one(t, "SELECT cover FROM absences", nil); cover != "" {
		t.Errorf("%q covers", cover)
	}
	c.erases(t, c.tom)
	if n := c.one(t, "SELECT COUNT(*) FROM absences", nil); n != "0" {
		t.Errorf("%s times away are left", n)
	}
}

// Whoever wrote it is not here any more and cannot reach it; nor can anybody else.
func TestADraftOfSomebodyWhoLeftGoesInTheEnd(t *testing.T) {
	c := newCircle(t)
	tom := c.SignIn(t, c.tom)
	c.drafted(t, tom, c.saying(t, tom, c.maple))
	c.execute(t, "UPDATE memberships SET ends = {:now} WHERE user = {:id}", dbx.Params{"now": people.Before(c.Clock.Now()), "id": c.tom.ID})
	c.Clock.Pass(364 * 24 * time.Hour)
	c.runs(t, "retention")
	if n := c.one(t, "SELECT COUNT(*) FROM concerns", nil); n != "1" {
		t.Fatalf("%s drafts are left a day early", n)
	}
	c.Clock.Pass(48 * time.Hour)
	c.runs(t, "retention")
	if n := c.one(t, "SELECT (SELECT COUNT(*) FROM concerns) + (SELECT COUNT(*) FROM keys WHERE owner LIKE 'concern:%')", nil); n != "0" {
		t.Errorf("%s rows are left", n)
	}
}

// It holds what she said, and is no record of anything yet.
func TestADraftOfAConcernGoesWithWhoeverItIsAbout(t *testing.T) {
	c := newCircle(t)
	tom := c.SignIn(t, c.tom)
	c.drafted(t, tom, c.saying(t, tom, c.maple))
	c.erases(t, c.maple)
	if n := c.one(t, "SELECT (SELECT COUNT(*) FROM concerns) + (SELECT COUNT(*) FROM keys WHERE owner LIKE 'concern:%')", nil); n != "0" {
		t.Errorf("%s rows are left", n)
	}
}

func TestAHoldOnWhoeverRaisedAConcernKeepsItToo(t *testing.T) {
	c := newCircle(t)
	c.closes(t, c.raisedByTom(t))
	c.execute(t, "INSERT INTO holds (id, person, programme, why, by, starts, until, ended, created) VALUES ('hold00000000000', {:tom}, '', 'legal', '', '2020-01-01 00:00:00.000Z', '2100-01-01 00:00:00.000Z', '', '2020-01-01 00:00:00.000Z')",
		dbx.Params{"tom": c.tom.ID})
	c.Clock.Pass(7 * 365 * 24 * time.Hour)
	c.runs(t, "retention")
	if n := c.one(t, "SELECT COUNT(*) FROM concerns", nil); n != "1" {
		t.Error("it went although he is on hold")
	}
	c.execute(t, "UPDATE holds SET ended = '2021-01-01 00:00:00.000Z'", nil)
	c.runs(t, "retention")
	if n := c.one(t, "SELECT COUNT(*) FROM concerns", nil); n != "0" {
		t.Error("it is kept although the hold has ended")
	}
}

// What he said for an answer and never sent is his voice: it goes with him.
func TestWhatStaffSaidAndNeverSentGoesWithThem(t *testing.T) {
	c := newCircle(t)
	_, share := c.shared(t)
	mustSay(t, c.SignIn(t, c.tom), "/facilitate/shares/"+share+"/voice", wav("a-bell"))
	if n := c.one(t, "SELECT COUNT(*) FROM recordings WHERE maker = {:tom}", dbx.Params{"tom": c.tom.ID}); n != "1" {
		t.Fatalf("%s recordings", n)
	}
	c.erases(t, c.tom)
	if n := c.one(t, "SELECT COUNT(*) FROM recordings WHERE maker = {:tom}", dbx.Params{"tom": c.tom.ID}); n != "0" {
		t.Errorf("%s recordings of his are left", n)
	}
}

// tells counts what a download has of one kind, and gives its texts.
func (c *circle) tells(t *testing.T, viewer *web.Viewer, kind string) (n int, texts []string) {
	t.Helper()
	err := c.House.Reflections.Keeper().Tell(context.Background(), people.Telling{Viewer: viewer, Item: func(i people.Item) error {
		if i.Kind == kind {
			n++
			for _, f := range i.Fields {
				texts = append(texts, f.List...)
			}
		}
		return nil
	}})
	if err != nil {
		t.Error(err)
	}
	return n, texts
}

func TestTheDownloadHasEveryCall(t *testing.T) {
	c := newCircle(t)
	c.execute(t, `INSERT INTO calls (id, learner, kind, programme, module, step, worker, made, taken, taker, ended, created, updated)
		WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1005)
		SELECT 'call' || printf('%011d', i), {:maple}, 'stuck', {:programme}, '', '', '', '2026-01-01 00:00:00.000Z', '', '', '2026-01-01 00:00:00.000Z', '', '' FROM n`,
		dbx.Params{"maple": c.maple.ID, "programme": c.programme})
	if n, _ := c.tells(t, &web.Viewer{ID: c.maple.ID}, "calls"); n != 1005 {
		t.Errorf("%d of 1005", n)
	}
}

func TestTheDownloadHasConcernsThatSomebodyBeganAndStaffWhoMadeTheSessionDoNotSeeThem(t *testing.T) {
	c := newCircle(t)
	tom := c.SignIn(t, c.tom)
	c.drafted(t, tom, c.saying(t, tom, c.maple))
	if n, texts := c.tells(t, &web.Viewer{ID: c.tom.ID}, "concern-drafts"); n != 1 || !slices.Contains(texts, theirWords) {
		t.Errorf("%d, with %q", n, texts)
	}
	for _, viewer := range []*web.Viewer{{ID: c.tom.ID, Closed: true}, {ID: c.maple.ID}, {ID: c.lea.ID}} {
		if n, _ := c.tells(t, viewer, "concern-drafts"); n != 0 {
			t.Errorf("%+v reads that there is one", viewer)
		}
	}
}

func TestACallOfSomebodyWhoIsErasedIsOnNobodysPage(t *testing.T) {
	c := newCircle(t)
	askNow(t, c.SignIn(t, c.maple))
	if v := (&web.Viewer{ID: c.tom.ID}); c.House.Reflections.InMemory(v) != 1 {
		t.Fatal("it is not in memory")
	}
	c.erases(t, c.maple)
	if n := c.House.Reflections.InMemory(&web.Viewer{ID: c.tom.ID}); n != 0 {
		t.Errorf("%d are in memory", n)
	}
}

func TestALeadReadsThatWhatAConcernCameFromIsNotHereAnyMoreAndNotThatItWasTakenBack(t *testing.T) {
	c := newCircle(t)
	_, share := c.shared(t)
	at := c.fromShare(t, share)
	c.execute(t, "DELETE FROM shares", nil)
	if page := shows(t, c.SignIn(t, c.lea), at); strings.Contains(page, "took back") || !strings.Contains(page, "not here any more") {
		t.Errorf("the lead reads\n%s", page)
	}
}
