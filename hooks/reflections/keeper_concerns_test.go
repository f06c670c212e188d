package reflections_test

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"alongside/hooks/hooktest"
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
